#include "content/ordered_hash.hpp"

#include <span>

namespace firesweep {

void OrderedHash::add(std::uint64_t number, SharedBytes bytes, std::size_t length) {
  std::unique_lock lock(mutex_);
  waiting_.emplace(number, Piece{std::move(bytes), length});
  if (is_hashing_) return;
  is_hashing_ = true;
  while (!waiting_.empty() && waiting_.begin()->first == next_) {
    const Piece piece = std::move(waiting_.extract(waiting_.begin()).mapped());
    lock.unlock();
    hash_.add(std::span(piece.bytes.get(), piece.length));
    lock.lock();
    ++next_;
  }
  is_hashing_ = false;
}

}  // namespace firesweep
