#include "tile_steps.hpp"

#include <array>

#include "firesweep/check/contract.hpp"

namespace firesweep {

extern const TileSteps portable_steps;
#if defined(FIRESWEEP_X86_STEPS)
extern const TileSteps avx2_steps;
extern const TileSteps avx512_steps;
#endif

std::string_view name(InstructionSet set) {
  switch (set) {
    case InstructionSet::portable: return "portable";
    case InstructionSet::avx2: return "avx2";
    case InstructionSet::avx512: return "avx512";
  }
  return {};
}

std::span<const InstructionSet> supported_instruction_sets() {
  static constexpr std::array all = {InstructionSet::portable, InstructionSet::avx2, InstructionSet::avx512};
  std::size_t supported = 1;
#if defined(FIRESWEEP_X86_STEPS)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) {
    ++supported;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vbmi2"))
      ++supported;
  }
#endif
  return std::span(all).first(supported);
}

TileSteps tile_steps(InstructionSet set) {
  const auto supported = supported_instruction_sets();
  expects(static_cast<std::size_t>(set) < supported.size(), "the machine has the instruction set");
#if defined(FIRESWEEP_X86_STEPS)
  if (set == InstructionSet::avx512) return avx512_steps;
  if (set == InstructionSet::avx2) return avx2_steps;
#endif
  return portable_steps;
}

}  // namespace firesweep
