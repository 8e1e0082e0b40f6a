#include "hdf5/chunks.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace firesweep::hdf5 {
namespace {

constexpr std::size_t most_chunk_bytes = std::size_t{1} << 26;

bool has_our_filters(const Handle& creation, std::size_t element_size) {
  constexpr std::array<H5Z_filter_t, 3> ours = {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE,
                                                H5Z_FILTER_FLETCHER32};
  if (H5Pget_nfilters(creation.id()) != static_cast<int>(ours.size())) return false;
  for (unsigned i = 0; i < ours.size(); ++i) {
    unsigned flags = 0;
    std::array<unsigned, 8> parameters{};
    std::size_t count = parameters.size();
    unsigned configuration = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(creation.id(), i, &flags, &count, parameters.data(), 0, nullptr, &configuration);
    if (filter != ours[i]) return false;
    if (filter == H5Z_FILTER_SHUFFLE && (count != 1 || parameters[0] != element_size)) return false;
  }
  return true;
}

bool are_stretches(const Shape& chunk, const Shape& shape) {
  std::size_t i = 0;
  while (i < chunk.size() && chunk[i] == 1) ++i;
  if (i < chunk.size()) ++i;  // a part of this dimension, all of the following ones
  return std::equal(chunk.begin() + static_cast<std::ptrdiff_t>(i), chunk.end(),
                    shape.begin() + static_cast<std::ptrdiff_t>(i), shape.end());
}

}  // namespace

void write_chunk(const Handle& dataset, const Shape& offset, const StoredChunk& chunk) {
  if (H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, chunk.skipped_filters, offset.data(), chunk.bytes.size(),
                     chunk.bytes.data()) < 0)
    fail("write a chunk");
}

std::optional<Shape> plain_chunks(const Handle& dataset) {
  const Element element = element_of(dataset);
  if (element == Element::text) return std::nullopt;
  const Handle creation(H5Dget_create_plist(dataset.id()), H5Pclose, "ask for a dataset's layout");
  if (H5Pget_layout(creation.id()) != H5D_CHUNKED || !has_our_filters(creation, size_of(element)))
    return std::nullopt;
  const Shape shape = shape_of(dataset);
  Shape chunk(shape.size());
  if (H5Pget_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()) !=
      static_cast<int>(chunk.size()))
    return std::nullopt;
  if (product(chunk) > most_chunk_bytes / size_of(element) || !are_stretches(chunk, shape))
    return std::nullopt;
  return chunk;
}

StoredChunk read_chunk(const Handle& dataset, const Shape& offset, std::size_t chunk_bytes) {
  constexpr std::size_t wrapping = 64;  // bytes around what is stored as it is, and some for each piece of it
  hsize_t size = 0;
  if (H5Dget_chunk_storage_size(dataset.id(), offset.data(), &size) < 0) fail("look for a chunk");
  if (size == 0 || size > chunk_bytes + chunk_bytes / 1024 + wrapping)
    throw Error("read '" + name_of(dataset) + "': a chunk is missing, or larger than it can be");
  StoredChunk chunk{std::vector<std::byte>(size)};
  if (H5Dread_chunk(dataset.id(), H5P_DEFAULT, offset.data(), &chunk.skipped_filters, chunk.bytes.data()) < 0)
    fail("read a chunk");
  return chunk;
}

}  // namespace firesweep::hdf5
