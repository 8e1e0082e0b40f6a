#include "content/content_hash.hpp"

#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {

DatasetHash::DatasetHash(const std::string& name, hdf5::Element element, const hdf5::Shape& shape) {
  hash_.add(fmt::format("{} {} {}\n", name, hdf5::name(element), fmt::join(shape, ",")));
}

void DatasetHash::add(std::span<const std::string> texts) {
  for (const std::string& text : texts) {
    const std::uint64_t length = text.size();
    hash_.add(std::as_bytes(std::span(&length, 1)));
    hash_.add(std::string_view(text));
  }
}

void ContentHash::add(const std::string& name, std::string dataset_hash) {
  const bool is_new = parts_.emplace(name, std::move(dataset_hash)).second;
  expects(is_new, "a dataset is hashed once");
}

void ContentHash::add_attribute(const std::string& name, const std::string& value) {
  DatasetHash hash("@" + name, hdf5::Element::text, {});
  hash.add(std::span(&value, 1));
  add("@" + name, hash.hex());
}

void ContentHash::add_attribute(const std::string& name, std::int64_t value) {
  DatasetHash hash("@" + name, hdf5::Element::i8, {});
  hash.add(std::as_bytes(std::span(&value, 1)));
  add("@" + name, hash.hex());
}

void ContentHash::add_attribute(const std::string& name, double value) {
  DatasetHash hash("@" + name, hdf5::Element::f8, {});
  hash.add(std::as_bytes(std::span(&value, 1)));
  add("@" + name, hash.hex());
}

std::string ContentHash::hex() const {
  Sha256 hash;
  for (const auto& [name, part_hash] : parts_) hash.add(fmt::format("{}  {}\n", part_hash, name));
  return hash.hex();
}

}  // namespace firesweep
