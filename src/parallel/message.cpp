#include "message.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <utility>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

template <class T>
void append(Bytes& bytes, const T& value) {
  const std::size_t before = bytes.size();
  bytes.resize(before + sizeof value);
  std::memcpy(bytes.data() + before, &value, sizeof value);
}

template <class T>
T taken_from(std::span<const std::byte>& bytes) {
  T value{};
  expects(sizeof value <= bytes.size(), "a message holds what it announces");
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return value;
}

}  // namespace

Bytes bytes_of(std::string_view text) {
  Bytes bytes(text.size());
  std::transform(text.begin(), text.end(), bytes.begin(),
                 [](char letter) { return static_cast<std::byte>(letter); });
  return bytes;
}

std::string text_of(const Bytes& bytes) {
  std::string text(bytes.size(), ' ');
  std::transform(bytes.begin(), bytes.end(), text.begin(),
                 [](std::byte byte) { return static_cast<char>(byte); });
  return text;
}

Bytes bytes_of(int rank) {
  Bytes bytes;
  append(bytes, rank);
  return bytes;
}

int rank_in(const Bytes& bytes) {
  std::span<const std::byte> left = bytes;
  return taken_from<int>(left);
}

Bytes pack(const std::vector<Report>& reports) {
  Bytes bytes;
  for (const Report& report : reports) {
    append(bytes, report.rank);
    append(bytes, report.body.size());
    bytes.insert(bytes.end(), report.body.begin(), report.body.end());
  }
  return bytes;
}

std::vector<Report> unpack_reports(const Bytes& bytes) {
  std::vector<Report> reports;
  for (std::span<const std::byte> left = bytes; !left.empty();) {
    Report report{.rank = taken_from<int>(left)};
    const auto size = taken_from<std::size_t>(left);
    expects(size <= left.size(), "a message holds what it announces");
    report.body.assign(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(size));
    left = left.subspan(size);
    reports.push_back(std::move(report));
  }
  return reports;
}

void expect_sendable(const Bytes& result) {
  if (result.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw std::length_error(
        "a result of over 2 GiB cannot be sent to rank 0; use one rank with more threads, fewer "
        "outputs per cell or a smaller landscape");
}

}  // namespace firesweep
