#include "hdf5/chunk_codec.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include <libdeflate.h>

#include "firesweep/check/contract.hpp"

namespace firesweep::hdf5 {
namespace {

// By their place among the filters.
constexpr std::uint32_t without_shuffle = 1U << 0U;
constexpr std::uint32_t without_deflate = 1U << 1U;
constexpr std::uint32_t without_fletcher32 = 1U << 2U;

/// The bytes of all elements that come first in them, then the second ones, ...
template <std::size_t size>
void shuffle(std::span<const std::byte> elements, std::byte* shuffled) {
  const std::size_t count = elements.size() / size;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < size; ++j) shuffled[j * count + i] = elements[i * size + j];
}

template <std::size_t size>
void unshuffle(const std::byte* shuffled, std::span<std::byte> elements) {
  const std::size_t count = elements.size() / size;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < size; ++j) elements[i * size + j] = shuffled[j * count + i];
}

/// Calls work with the number of bytes of an element, as a constant.
template <class Work>
void with_size(std::size_t element_size, const Work& work) {
  switch (element_size) {
    case 1:
      return work(std::integral_constant<std::size_t, 1>());
    case 4:
      return work(std::integral_constant<std::size_t, 4>());
    case 8:
      return work(std::integral_constant<std::size_t, 8>());
    default:
      break_contract("a number has 1, 4 or 8 bytes", __FILE__, __LINE__);
  }
}

/// Fletcher's checksum as HDF5 computes it: of numbers of two bytes, the high one first, modulo 65535.
/// Source: HDF5 file format specification, appendix on filters; sums of 360 such numbers fit into 32 bits.
std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  const auto fold = [](std::uint32_t sum) { return (sum & 0xFFFFU) + (sum >> 16U); };
  constexpr std::size_t block = 2 * std::size_t{360};
  std::uint32_t sum = 0;
  std::uint32_t sum_of_sums = 0;
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(block, bytes.size()));
    for (std::size_t i = 0; i < part.size(); i += 2) {
      const std::uint32_t low = i + 1 < part.size() ? std::to_integer<std::uint32_t>(part[i + 1]) : 0;
      sum += (std::to_integer<std::uint32_t>(part[i]) << 8U) + low;
      sum_of_sums += sum;
    }
    sum = fold(sum);
    sum_of_sums = fold(sum_of_sums);
    bytes = bytes.subspan(part.size());
  }
  return (fold(sum_of_sums) << 16U) + fold(sum);
}

}  // namespace

void ChunkEncoder::Free::operator()(libdeflate_compressor* compressor) const {
  libdeflate_free_compressor(compressor);
}

ChunkEncoder::ChunkEncoder() : compressor_(libdeflate_alloc_compressor(static_cast<int>(fastest_deflate))) {
  if (!compressor_) throw std::bad_alloc();
}

StoredChunk ChunkEncoder::encode(std::span<const std::byte> chunk, std::size_t element_size) {
  shuffled_.resize(chunk.size());
  deflated_.resize(chunk.size());
  with_size(element_size, [&](auto size) { shuffle<size>(chunk, shuffled_.data()); });
  StoredChunk stored;
  std::span<const std::byte> bytes = deflate(element_size);
  if (bytes.empty() || bytes.size() >= shuffled_.size()) {  // it would take more space
    stored.skipped_filters = without_deflate;
    bytes = shuffled_;
  }
  const std::uint32_t checksum = fletcher32(bytes);
  stored.bytes.reserve(bytes.size() + sizeof checksum);
  stored.bytes.assign(bytes.begin(), bytes.end());
  const auto tail = std::as_bytes(std::span(&checksum, 1));
  stored.bytes.insert(stored.bytes.end(), tail.begin(), tail.end());
  return stored;
}

std::span<const std::byte> ChunkEncoder::deflate(std::size_t element_size) {
  if (PlaneDeflater::suits(shuffled_, element_size)) return planes_.compress(shuffled_, element_size);
  return std::span<const std::byte>(deflated_).first(libdeflate_zlib_compress(
      compressor_.get(), shuffled_.data(), shuffled_.size(), deflated_.data(), deflated_.size()));
}

void ChunkDecoder::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

ChunkDecoder::ChunkDecoder() : decompressor_(libdeflate_alloc_decompressor()) {
  if (!decompressor_) throw std::bad_alloc();
}

void ChunkDecoder::decode(const StoredChunk& stored, std::size_t element_size, std::span<std::byte> chunk) {
  const auto is_used = [&](std::uint32_t without) { return (stored.skipped_filters & without) == 0; };
  std::span<const std::byte> bytes(stored.bytes);
  if (is_used(without_fletcher32)) {
    std::uint32_t checksum = 0;
    if (bytes.size() < sizeof checksum) throw Error("read a chunk: it is cut");
    std::memcpy(&checksum, bytes.last(sizeof checksum).data(), sizeof checksum);
    bytes = bytes.first(bytes.size() - sizeof checksum);
    if (fletcher32(bytes) != checksum) throw Error("read a chunk: its checksum does not match");
  }
  if (is_used(without_deflate)) {
    shuffled_.resize(chunk.size());
    if (libdeflate_zlib_decompress(decompressor_.get(), bytes.data(), bytes.size(), shuffled_.data(),
                                   shuffled_.size(), nullptr) != LIBDEFLATE_SUCCESS)
      throw Error("read a chunk: it cannot be decompressed to what it should hold");
    bytes = shuffled_;
  }
  if (bytes.size() != chunk.size()) throw Error("read a chunk: it is of another size");
  if (is_used(without_shuffle))
    with_size(element_size, [&](auto size) { unshuffle<size>(bytes.data(), chunk); });
  else
    std::ranges::copy(bytes, chunk.begin());
}

}  // namespace firesweep::hdf5
