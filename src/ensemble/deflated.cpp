#include "deflated.hpp"

#include <memory>
#include <new>

#include <libdeflate.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {

Bytes deflated(std::span<const std::byte> bytes) {
  constexpr int fastest = 1;
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(fastest), &libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  Bytes smaller(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()));
  smaller.resize(libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), smaller.data(),
                                             smaller.size()));
  return smaller;
}

Bytes inflated(std::span<const std::byte> bytes, std::size_t size) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();
  Bytes whole(size);
  const libdeflate_result result = libdeflate_deflate_decompress(
      decompressor.get(), bytes.data(), bytes.size(), whole.data(), whole.size(), nullptr);
  expects(result == LIBDEFLATE_SUCCESS, "what is inflated was deflated");
  return whole;
}

}  // namespace firesweep
