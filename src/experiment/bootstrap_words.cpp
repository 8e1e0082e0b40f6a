#include "firesweep/experiment/bootstrap_words.hpp"

#include "firesweep/check/contract.hpp"

namespace firesweep {

std::function<std::uint64_t(std::uint64_t)> bootstrap_words(const Experiment& experiment) {
  expects(!experiment.seeds.empty(), "an experiment has a seed");
  return [seed = experiment.seeds.front()](std::uint64_t i) { return number(seed, Purpose::bootstrap, i); };
}

}  // namespace firesweep
