#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

struct z_stream_s;

namespace firesweep::hdf5 {

/// Deflates bytes that come in planes, as shuffling leaves them: those of numbers that are small are the same from end
/// to end but for a few. Such a plane is deflated once; of the others only runs of a byte are shortened, as
/// whatever else repeats in them does so by chance. Each thread has its own.
class PlaneDeflater {
 public:
  PlaneDeflater();

  /// Whether that is the way for these planes, of equal lengths: half of them are constant, and none is of what counts
  /// up.
  static bool suits(std::span<const std::byte> bytes, std::size_t planes);

  /// Returns a zlib stream (RFC 1950) of all the planes, until the next call.
  std::span<const std::byte> compress(std::span<const std::byte> bytes, std::size_t planes);

 private:
  struct End {
    void operator()(z_stream_s* stream) const;
  };

  /// Appends what the bytes are deflated to, up to a byte from which another may go on.
  void deflate_to(std::vector<std::byte>& out, std::span<const std::byte> bytes);

  std::unique_ptr<z_stream_s, End> stream_;
  std::map<std::pair<std::byte, std::size_t>, std::vector<std::byte>> constant_;  // by byte and length
  std::vector<std::byte> out_;
};

}  // namespace firesweep::hdf5
