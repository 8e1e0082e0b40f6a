#include "content/chunk_writer.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace firesweep {
namespace {

/// Bytes of chunks, before they are compressed, that are waited for before others come.
constexpr std::size_t most_pending = std::size_t{32} << 20;

}  // namespace

ChunkWriter::ChunkWriter(unsigned threads) : codecs_(std::max(threads, 1U)), workers_(threads) {}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk) {
  add(target, std::move(offset), std::move(chunk), nullptr);
}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk,
                      Make make) {
  make_room(chunk.size);
  Pending pending{target, std::move(offset), {}, chunk.size};
  pending.encoded = workers_.start([this, make = std::move(make), hash = target->hash,
                                    number = target->chunks++, chunk = std::move(chunk),
                                    element_size = target->element_size](std::size_t thread) mutable {
    if (make) {
      const auto bytes = spare_.take(chunk.size);
      make(std::span(bytes.get(), chunk.length));
      std::memset(bytes.get() + chunk.length, 0, chunk.size - chunk.length);
      chunk.bytes = bytes;
    }
    if (hash) hash->add(number, chunk.bytes, chunk.length);
    return encode(chunk, element_size, thread);
  });
  push(std::move(pending));
}

void ChunkWriter::make_room(std::size_t bytes) {
  while (!pending_.empty() && pending_bytes_ + bytes > most_pending) write_first();
}

void ChunkWriter::push(Pending pending) {
  pending_bytes_ += pending.bytes;
  pending_.push_back(std::move(pending));
  workers_.keep_up();
}

std::shared_ptr<const ChunkWriter::Encoded> ChunkWriter::encode(const Chunk& chunk, std::size_t element_size,
                                                                std::size_t thread) {
  if (!codecs_[thread]) codecs_[thread].emplace();
  Codec& codec = *codecs_[thread];
  if (codec.element_size == element_size && codec.last.size == chunk.size &&
      std::memcmp(codec.last.bytes.get(), chunk.bytes.get(), chunk.size) == 0)
    return codec.encoded;
  const std::span bytes(chunk.bytes.get(), chunk.size);
  auto encoded = std::make_shared<Encoded>(Encoded{codec.encoder.encode(bytes, element_size), {}});
  const auto decoded = spare_.take(chunk.size);
  codec.decoder.decode(encoded->chunk, element_size, std::span(decoded.get(), chunk.size));
  if (std::memcmp(decoded.get(), bytes.data(), bytes.size()) != 0)
    throw hdf5::Error("compress a chunk: it decompresses to something else");
  encoded->hash = hash_of(encoded->chunk);
  codec.last = chunk;
  codec.element_size = element_size;
  codec.encoded = std::move(encoded);
  return codec.encoded;
}

void ChunkWriter::close(const std::shared_ptr<ChunkedDataset>& target) {
  pending_.push_back({target, {}, {}, 0});
}

void ChunkWriter::finish() {
  while (!pending_.empty()) write_first();
}

void ChunkWriter::write_first() {
  const Pending first = std::move(pending_.front());
  pending_.pop_front();
  pending_bytes_ -= first.bytes;
  ChunkedDataset& target = *first.target;
  if (first.encoded.valid()) {
    const Encoded& encoded = *workers_.result_of(first.encoded);
    hdf5::write_chunk(target.dataset, first.offset, encoded.chunk);
    if (target.hash) target.stored.push_back(encoded.hash);
    return;
  }
  target.dataset.close(fmt::format("write '{}'", target.full_name));
  if (!target.hash) return;
  const std::string hash = target.hash->hex();
  target.content_hash->add(target.full_name, hash);
  if (target.chunks == target.stored.size()) written_[target.full_name] = {hash, std::move(target.stored)};
}

}  // namespace firesweep
