#include "content/verified_encoder.hpp"

#include <cstring>
#include <span>
#include <utility>

#include "content/written_datasets.hpp"

namespace firesweep {

std::shared_ptr<const EncodedChunk> VerifiedEncoder::encode(const SharedBytes& chunk, std::size_t size,
                                                            std::size_t element_size, SpareBytes& spare) {
  if (last_element_size_ == element_size && last_size_ == size &&
      std::memcmp(last_.get(), chunk.get(), size) == 0)
    return last_encoded_;
  EncodedChunk encoded{encoder_.encode(std::span(chunk.get(), size), element_size), {}};
  if (std::memcmp(decode(encoded, size, element_size, spare).get(), chunk.get(), size) != 0)
    throw hdf5::Error("compress a chunk: it decompresses to something else");
  encoded.hash = hash_of(encoded.stored);
  last_ = chunk;
  last_size_ = size;
  last_element_size_ = element_size;
  last_encoded_ = std::make_shared<const EncodedChunk>(std::move(encoded));
  return last_encoded_;
}

SharedBytes VerifiedEncoder::decode(const EncodedChunk& encoded, std::size_t size, std::size_t element_size,
                                    SpareBytes& spare) {
  auto decoded = spare.take(size);
  decoder_.decode(encoded.stored, element_size, std::span(decoded.get(), size));
  return decoded;
}

}  // namespace firesweep
