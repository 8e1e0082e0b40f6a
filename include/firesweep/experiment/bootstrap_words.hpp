#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

/// Fills with the random words that every bootstrap of an experiment draws from: word i is number i of (first seed,
/// Purpose::bootstrap). So intervals are the same whoever computes them and whenever; and scenarios, which
/// share their seeds, share their resamples too, whatever others there are.
std::function<void(std::uint64_t first, std::span<std::uint64_t> words)> bootstrap_words(
    const Experiment& experiment);

/// The same of whoever knows no more of the experiment than its first seed.
std::function<void(std::uint64_t first, std::span<std::uint64_t> words)> bootstrap_words(Seed first_seed);

}  // namespace firesweep
