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

ChunkWriter::ChunkWriter(unsigned threads) : encoders_(std::max(threads, 1U)), workers_(threads) {}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk) {
  make_room(chunk.size);
  Pending pending{target, std::move(offset), {}, {}, chunk.size};
  const auto hashing = [hash = target->hash, number = target->chunks++, chunk](std::size_t) {
    if (hash) hash->add(number, chunk.bytes, chunk.length);
  };
  if (is_last(chunk, target->element_size)) {  // as in constant columns
    pending.stored = last_.stored;
    pending.hashed = workers_.start(hashing);
  } else {
    const std::size_t element_size = target->element_size;
    pending.stored = workers_.start([this, hashing, chunk, element_size](std::size_t thread) {
      hashing(thread);
      return encode(chunk, element_size, thread);
    });
    last_ = {std::move(chunk), element_size, pending.stored};
  }
  push(std::move(pending));
}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk,
                      Make make) {
  make_room(chunk.size);
  Pending pending{target, std::move(offset), {}, {}, chunk.size};
  pending.stored =
      workers_.start([this, make = std::move(make), hash = target->hash, number = target->chunks++, chunk,
                      element_size = target->element_size](std::size_t thread) mutable {
        const auto bytes = spare_.take(chunk.size);
        make(std::span(bytes.get(), chunk.length));
        std::memset(bytes.get() + chunk.length, 0, chunk.size - chunk.length);
        chunk.bytes = bytes;
        if (hash) hash->add(number, bytes, chunk.length);
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

hdf5::StoredChunk ChunkWriter::encode(const Chunk& chunk, std::size_t element_size, std::size_t thread) {
  std::optional<hdf5::ChunkEncoder>& encoder = encoders_[thread];
  if (!encoder) encoder.emplace();
  return encoder->encode(std::span(chunk.bytes.get(), chunk.size), element_size);
}

bool ChunkWriter::is_last(const Chunk& chunk, std::size_t element_size) const {
  return last_.element_size == element_size && last_.chunk.size == chunk.size &&
         std::memcmp(last_.chunk.bytes.get(), chunk.bytes.get(), chunk.size) == 0;
}

void ChunkWriter::close(const std::shared_ptr<ChunkedDataset>& target) {
  pending_.push_back({target, {}, {}, {}, 0});
}

void ChunkWriter::finish() {
  while (!pending_.empty()) write_first();
  last_ = {};
}

void ChunkWriter::write_first() {
  const Pending first = std::move(pending_.front());
  pending_.pop_front();
  pending_bytes_ -= first.bytes;
  ChunkedDataset& target = *first.target;
  if (first.hashed.valid()) workers_.result_of(first.hashed);
  if (first.stored.valid()) {
    hdf5::write_chunk(target.dataset, first.offset, workers_.result_of(first.stored));
    return;
  }
  target.dataset.close(fmt::format("write '{}'", target.full_name));
  if (target.hash) target.content_hash->add(target.full_name, target.hash->hex());
}

}  // namespace firesweep
