#include "content/chunk_writer.hpp"

#include <algorithm>
#include <cstring>
#include <future>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace firesweep {
namespace {

/// Bytes of chunks, before they are compressed, that are waited for before others come.
constexpr std::size_t most_pending = std::size_t{32} << 20;

}  // namespace

ChunkWriter::ChunkWriter(unsigned threads, const EarlyDatasets* early)
    : early_(early), encoders_(std::max(threads, 1U)), workers_(threads) {}

const EarlyDataset* ChunkWriter::early(const std::string& full_name, const hdf5::Shape& shape) const {
  if (early_ == nullptr) return nullptr;
  const auto found = early_->by_name.find(full_name);
  return found != early_->by_name.end() && found->second.shape == shape ? &found->second : nullptr;
}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk) {
  add(target, std::move(offset), std::move(chunk), nullptr);
}

void ChunkWriter::add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk,
                      Make make) {
  const std::uint64_t number = target->chunks++;
  const std::size_t element_size = target->element_size;
  make_room(chunk.size);
  if (target->early != nullptr)
    if (const auto found = target->early->chunks.find(number); found != target->early->chunks.end())
      return add_early(target, std::move(offset), number, chunk, found->second);
  Pending pending{target, std::move(offset), {}, chunk.size};
  pending.encoded = workers_.start([this, make = std::move(make), hash = target->hash, number,
                                    chunk = std::move(chunk), element_size](std::size_t thread) mutable {
    if (make) {
      const auto bytes = spare_.take(chunk.size);
      make(std::span(bytes.get(), chunk.length));
      std::memset(bytes.get() + chunk.length, 0, chunk.size - chunk.length);
      chunk.bytes = bytes;
    }
    if (hash) hash->add(number, chunk.bytes, chunk.length);
    return encoder(thread).encode(chunk.bytes, chunk.size, element_size, spare_);
  });
  push(std::move(pending));
}

void ChunkWriter::add_early(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset,
                            std::uint64_t number, const Chunk& chunk,
                            const std::shared_ptr<const EncodedChunk>& encoded) {
  // Counts as if it were in memory: when something is written must not depend on what is early.
  Pending pending{target, std::move(offset), {}, chunk.size};
  if (!target->hash || number < target->early->hashed) {
    std::promise<std::shared_ptr<const EncodedChunk>> ready;
    ready.set_value(encoded);
    pending.encoded = ready.get_future().share();
  } else {
    pending.encoded =
        workers_.start([this, hash = target->hash, number, encoded, size = chunk.size, length = chunk.length,
                        element_size = target->element_size](std::size_t thread) {
          hash->add(number, encoder(thread).decode(*encoded, size, element_size, spare_), length);
          return encoded;
        });
  }
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

VerifiedEncoder& ChunkWriter::encoder(std::size_t thread) {
  std::optional<VerifiedEncoder>& encoder = encoders_[thread];
  if (!encoder) encoder.emplace();
  return *encoder;
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
    const EncodedChunk& encoded = *workers_.result_of(first.encoded);
    hdf5::write_chunk(target.dataset, first.offset, encoded.stored);
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
