#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

using Bytes = std::vector<std::byte>;

/// What ranks say to each other. A worker loop asks for a task on behalf of one of its threads (request), and is
/// answered with a task or no_more; it sends what came of a task (result, failure, out_of_memory) beside that. The rest
/// concerns whole ranks: `alive` says nothing else, and rank 0 answers it; `stop_request` asks for a halt, `halt`
/// orders it; `goodbye` is the last that matters to rank 0, `dismissal` the last a worker loop hears.
enum class Kind : std::uint8_t {
  request,
  result,
  failure,
  out_of_memory,
  stop_request,
  goodbye,
  alive,
  task,
  no_more,
  halt,
  dismissal
};
inline constexpr int kinds = static_cast<int>(Kind::dismissal) + 1;

/// A message to or from another rank.
struct Message {
  int rank = 0;  ///< the other one
  Kind kind = Kind::alive;
  int thread = 0;  ///< of the worker loop, for what concerns one
  Bytes body{};
};

Bytes bytes_of(std::string_view text);
std::string text_of(const Bytes& bytes);

}  // namespace firesweep
