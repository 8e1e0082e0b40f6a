#include "hdf5/plane_deflater.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <new>

#include <libdeflate.h>
#include <zlib.h>

#include "firesweep/check/contract.hpp"

namespace firesweep::hdf5 {
namespace {

/// Whether every byte is the same as the one so many before.
bool repeats_every(std::size_t period, std::span<const std::byte> plane) {
  return plane.size() <= period ||
         std::memcmp(plane.data(), plane.data() + period, plane.size() - period) == 0;
}

bool is_constant(std::span<const std::byte> plane) {
  return repeats_every(1, plane);
}

}  // namespace

void PlaneDeflater::End::operator()(z_stream_s* stream) const {
  ::deflateEnd(stream);
  delete stream;
}

PlaneDeflater::PlaneDeflater() {
  auto stream = std::make_unique<z_stream>();
  constexpr int without_header = -15;  // and the largest window
  constexpr int most_memory = 9;
  if (::deflateInit2(stream.get(), Z_BEST_SPEED, Z_DEFLATED, without_header, most_memory, Z_RLE) != Z_OK)
    throw std::bad_alloc();
  stream_.reset(stream.release());
}

bool PlaneDeflater::suits(std::span<const std::byte> bytes, std::size_t planes) {
  const std::size_t length = bytes.size() / planes;
  std::size_t constant = 0;
  for (std::size_t i = 0; i < planes; ++i) {
    const auto plane = bytes.subspan(i * length, length);
    if (is_constant(plane))
      ++constant;
    else if (repeats_every(256, plane))  // as the lowest bytes of numbers that count up do
      return false;
  }
  return 2 * constant >= planes;
}

std::span<const std::byte> PlaneDeflater::compress(std::span<const std::byte> bytes, std::size_t planes) {
  expects(bytes.size() % planes == 0, "planes are of equal lengths");
  constexpr std::array header = {std::byte{0x78},
                                 std::byte{0x01}};  // deflate, 32 KiB, fastest; no dictionary
  constexpr std::array last_block = {std::byte{0x03}, std::byte{0x00}};  // that is the last, and empty
  out_.assign(header.begin(), header.end());
  const std::size_t length = bytes.size() / planes;
  for (std::size_t i = 0; i < planes; ++i) {
    const auto plane = bytes.subspan(i * length, length);
    if (!is_constant(plane)) {
      deflate_to(out_, plane);
    } else if (!plane.empty()) {
      std::vector<std::byte>& known = constant_[{plane.front(), length}];
      if (known.empty()) deflate_to(known, plane);
      out_.insert(out_.end(), known.begin(), known.end());
    }
  }
  out_.insert(out_.end(), last_block.begin(), last_block.end());
  const std::uint32_t checksum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out_.push_back(static_cast<std::byte>(checksum >> shift));
  return out_;
}

void PlaneDeflater::deflate_to(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  const std::size_t before = out.size();
  constexpr std::size_t flush = 16;  // what its end may take
  out.resize(before + ::deflateBound(stream_.get(), bytes.size()) + flush);
  z_stream& stream = *stream_;
  // zlib reads, but its pointer says otherwise.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
  stream.avail_out = static_cast<uInt>(out.size() - before);
  const int code = ::deflate(&stream, Z_FULL_FLUSH);  // which forgets what came before
  expects(code == Z_OK && stream.avail_in == 0 && stream.avail_out > 0, "all of a plane is deflated");
  out.resize(out.size() - stream.avail_out);
}

}  // namespace firesweep::hdf5
