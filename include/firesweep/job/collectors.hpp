#pragma once

#include <optional>

namespace firesweep {

/// How many of so many ranks, of so many threads each, stand between rank 0 and the others: as many as were asked for and
/// can be; or else none of few ranks, and of many as many as each of them then leads threads.
int choose_collectors(std::optional<int> asked, int ranks, int threads);

/// Whether collectors should deflate what they send to rank 0: where so many records a second come from all ranks that
/// their bytes would bind it, each rank has the threads to inflate or to deflate its share of them.
bool should_deflate(double records_per_second, int collectors, int threads);

}  // namespace firesweep
