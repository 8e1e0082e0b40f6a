#include "hdf5/plane_deflater.hpp"

#include <cstddef>
#include <span>
#include <vector>

#include <libdeflate.h>

#include "../catch.hpp"

namespace firesweep::hdf5 {
namespace {

constexpr std::size_t length = 10'000;

using Planes = std::vector<std::vector<std::byte>>;

/// The byte, again and again.
std::vector<std::byte> constant(int byte) {
  return std::vector<std::byte>(length, static_cast<std::byte>(byte));
}

/// A few different bytes in no order.
std::vector<std::byte> disordered() {
  std::vector<std::byte> plane;
  for (std::size_t i = 0, state = 1; i < length; ++i) {
    state = (state * 1103515245 + 12345) % 2147483648;
    plane.push_back(static_cast<std::byte>(state >> 28U));
  }
  return plane;
}

std::vector<std::byte> counting_up() {
  std::vector<std::byte> plane;
  for (std::size_t i = 0; i < length; ++i) plane.push_back(static_cast<std::byte>(3 * i));
  return plane;
}

std::vector<std::byte> joined(const Planes& planes) {
  std::vector<std::byte> bytes;
  for (const std::vector<std::byte>& plane : planes) bytes.insert(bytes.end(), plane.begin(), plane.end());
  return bytes;
}

std::vector<std::byte> decompressed(std::span<const std::byte> stream, std::size_t size) {
  std::vector<std::byte> bytes(size);
  libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
  const auto result =
      libdeflate_zlib_decompress(decompressor, stream.data(), stream.size(), bytes.data(), size,
                                 nullptr);  // exactly so many bytes, and the checksum matches
  libdeflate_free_decompressor(decompressor);
  CHECK(result == LIBDEFLATE_SUCCESS);
  return bytes;
}

TEST_CASE("planes are deflated one by one to a zlib stream of all of them") {
  const Planes planes = GENERATE(Planes{constant(7)}, Planes{disordered(), constant(0)},
                                 Planes{disordered(), constant(0), constant(0), constant(255)},
                                 Planes{constant(1), disordered(), disordered(), counting_up()}, Planes(2));
  const std::vector<std::byte> bytes = joined(planes);
  PlaneDeflater deflater;
  for (int times = 0; times < 2; ++times)  // the second time constant ones are known
    CHECK(decompressed(deflater.compress(bytes, planes.size()), bytes.size()) == bytes);
}

TEST_CASE("a constant plane takes next to nothing") {
  PlaneDeflater deflater;
  const std::size_t alone = deflater.compress(disordered(), 1).size();
  CHECK(alone < length);
  CHECK(deflater.compress(joined({disordered(), constant(0), constant(0)}), 3).size() < alone + length / 50);
}

TEST_CASE("planes go one by one where half of them are constant and none counts up") {
  CHECK(PlaneDeflater::suits(joined({disordered(), constant(0)}), 2));
  CHECK(PlaneDeflater::suits(constant(0), 1));
  CHECK_FALSE(PlaneDeflater::suits(disordered(), 1));
  CHECK_FALSE(PlaneDeflater::suits(joined({disordered(), disordered(), constant(0), disordered()}), 4));
  CHECK_FALSE(PlaneDeflater::suits(joined({counting_up(), constant(0), constant(0), constant(0)}), 4));
}

}  // namespace
}  // namespace firesweep::hdf5
