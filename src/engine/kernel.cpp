#include "firesweep/engine/kernel.hpp"

#include "dense_kernel.hpp"
#include "tile_kernel.hpp"

namespace firesweep {

std::unique_ptr<Kernel> make_kernel(KernelKind kind, Extent extent, TallyChoice choice, int threads) {
  if (kind == KernelKind::dense) return std::make_unique<DenseKernel>(extent, choice, threads);
  return make_tile_kernel(extent, choice, threads);
}

}  // namespace firesweep
