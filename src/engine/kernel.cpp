#include "firesweep/engine/kernel.hpp"

#include <array>

#include "dense_kernel.hpp"
#include "tile_kernel.hpp"

namespace firesweep {
namespace {

KernelKind kind_of(InstructionSet set) {
  switch (set) {
    case InstructionSet::avx2:
      return KernelKind::tile_avx2;
    case InstructionSet::avx512:
      return KernelKind::tile_avx512;
    default:
      return KernelKind::tile_portable;
  }
}

}  // namespace

std::string_view name(KernelKind kind) {
  constexpr std::array<std::string_view, 6> names = {"auto",          "dense",     "tile",
                                                     "tile-portable", "tile-avx2", "tile-avx512"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<KernelKind> available_kernels() {
  std::vector<KernelKind> kinds = {KernelKind::automatic, KernelKind::dense, KernelKind::tile};
  for (const InstructionSet set : supported_instruction_sets()) kinds.push_back(kind_of(set));
  return kinds;
}

std::unique_ptr<Kernel> make_kernel(KernelKind kind, Extent extent, TallyChoice choice, int threads) {
  if (kind == KernelKind::dense) return std::make_unique<DenseKernel>(extent, choice, threads);
  for (const InstructionSet set : supported_instruction_sets())
    if (kind_of(set) == kind) return make_tile_kernel(extent, choice, threads, set);
  return make_tile_kernel(extent, choice, threads);
}

}  // namespace firesweep
