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
/// concerns whole ranks: `alive` says nothing else, and the rank above answers it; `stop_request` asks for a halt on
/// behalf of a rank, `halt` orders it; `lost` names a rank that a collector has lost; `goodbye` is the last that matters
/// to the rank above, `dismissal` the last that the one below hears.
enum class Kind : std::uint8_t {
  request,
  result,
  failure,
  out_of_memory,
  stop_request,
  lost,
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

/// What names a rank: in a message that concerns one which need not have sent it.
Bytes bytes_of(int rank);
int rank_in(const Bytes& bytes);

/// A rank's final report.
struct Report {
  int rank = 0;
  Bytes body{};
};
Bytes pack(const std::vector<Report>& reports);
std::vector<Report> unpack_reports(const Bytes& bytes);

/// Throws std::length_error, which says what to do, if a result is larger than messages may be.
void expect_sendable(const Bytes& result);

}  // namespace firesweep
