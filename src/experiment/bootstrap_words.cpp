#include "firesweep/experiment/bootstrap_words.hpp"

#include "firesweep/check/contract.hpp"

namespace firesweep {

std::function<void(std::uint64_t, std::span<std::uint64_t>)> bootstrap_words(const Experiment& experiment) {
  expects(!experiment.seeds.empty(), "an experiment has a seed");
  return bootstrap_words(experiment.seeds.front());
}

std::function<void(std::uint64_t, std::span<std::uint64_t>)> bootstrap_words(Seed first_seed) {
  return [first_seed](std::uint64_t first, std::span<std::uint64_t> words) {
    for (std::size_t i = 0; i < words.size(); ++i)
      words[i] = number(first_seed, Purpose::bootstrap, first + i);
  };
}

}  // namespace firesweep
