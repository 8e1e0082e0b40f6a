#pragma once

#include <cstdint>
#include <functional>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

/// The random words that every bootstrap of an experiment draws from: word i is number i of (first seed,
/// Purpose::bootstrap). So intervals are the same whoever computes them and whenever; and scenarios, which
/// share their seeds, share their resamples too, whatever others there are.
std::function<std::uint64_t(std::uint64_t)> bootstrap_words(const Experiment& experiment);

}  // namespace firesweep
