#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace firesweep {

/// Memory for chunks that is used again: to ask the system for it anew takes a good part of the time of filling it.
/// Any thread may take some and give it back.
class SpareBytes {
 public:
  /// Bytes of any content, which come back here when nobody holds them any more.
  std::shared_ptr<std::byte[]> take(std::size_t bytes) {
    std::unique_ptr<std::byte[]> block;
    {
      const std::lock_guard lock(shelf_->mutex);
      if (bytes > shelf_->bytes) {
        shelf_->blocks.clear();
        shelf_->bytes = bytes;
      }
      bytes = shelf_->bytes;
      if (!shelf_->blocks.empty()) {
        block = std::move(shelf_->blocks.back());
        shelf_->blocks.pop_back();
      }
    }
    if (!block) block = std::make_unique_for_overwrite<std::byte[]>(bytes);
    return {block.release(), [shelf = shelf_, bytes](std::byte* given_back) {
              std::unique_ptr<std::byte[]> returned(given_back);
              const std::lock_guard lock(shelf->mutex);
              if (bytes == shelf->bytes) shelf->blocks.push_back(std::move(returned));
            }};
  }

 private:
  struct Shelf {
    std::mutex mutex;
    std::size_t bytes = 0;  // of each block
    std::vector<std::unique_ptr<std::byte[]>> blocks;
  };

  std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

}  // namespace firesweep
