#pragma once

#include <optional>

namespace firesweep {

/// How many of so many ranks, of so many threads each, stand between rank 0 and the others: as many as were asked for and
/// can be; or else none of few ranks, and of many as many as each of them then leads threads.
int choose_collectors(std::optional<int> asked, int ranks, int threads);

}  // namespace firesweep
