#include "firesweep/experiment/names.hpp"

#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace firesweep {

std::string scenario_name(std::span<const std::string> labels) {
  return fmt::format("{}", fmt::join(labels, ", "));
}

std::string run_name(std::span<const std::string> labels, Seed seed) {
  const std::string scenario = scenario_name(labels);
  return fmt::format("{}{}seed {}", scenario, scenario.empty() ? "" : ", ", static_cast<std::uint64_t>(seed));
}

}  // namespace firesweep
