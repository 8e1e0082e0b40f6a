#include "tile_operations.hpp"

#include <array>

#include "firesweep/check/contract.hpp"

namespace firesweep {

extern const TileOperations portable_operations;
#if defined(FIRESWEEP_X86_OPERATIONS)
extern const TileOperations avx2_operations;
extern const TileOperations avx512_operations;
#endif

std::string_view name(InstructionSet set) {
  switch (set) {
    case InstructionSet::portable:
      return "portable";
    case InstructionSet::avx2:
      return "avx2";
    case InstructionSet::avx512:
      return "avx512";
  }
  return {};
}

std::span<const InstructionSet> supported_instruction_sets() {
  static constexpr std::array all = {InstructionSet::portable, InstructionSet::avx2, InstructionSet::avx512};
  std::size_t supported = 1;
#if defined(FIRESWEEP_X86_OPERATIONS)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) {
    ++supported;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("gfni"))
      ++supported;
  }
#endif
  return std::span(all).first(supported);
}

TileOperations tile_operations(InstructionSet set) {
  const auto supported = supported_instruction_sets();
  expects(static_cast<std::size_t>(set) < supported.size(), "the machine has the instruction set");
#if defined(FIRESWEEP_X86_OPERATIONS)
  if (set == InstructionSet::avx512) return avx512_operations;
  if (set == InstructionSet::avx2) return avx2_operations;
#endif
  return portable_operations;
}

}  // namespace firesweep
