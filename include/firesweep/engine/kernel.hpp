#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/engine/tally.hpp"
#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// A fire as it stands between two steps.
class FireView {
 public:
  virtual ~FireView() = default;
  virtual std::uint64_t burning_cells() const = 0;
  virtual std::uint64_t burnt_cells() const = 0;
  /// Returns the CellState of every cell, shape (height, width).
  virtual std::vector<CellState> states() const = 0;
};

/// Watches a fire burn, and may put it out.
class FireWatcher {
 public:
  enum class Verdict : std::uint8_t { go_on, abandon };

  virtual ~FireWatcher() = default;
  /// Called with the initial state as step 0, then after every step.
  virtual Verdict at_step(std::uint32_t step, const FireView& fire) = 0;
};

/// Thrown by Kernel::run when its watcher abandons the fire.
class FireAbandoned : public std::runtime_error {
 public:
  FireAbandoned() : std::runtime_error("the fire was abandoned") {}
};

/// The cells of one tile that caught fire.
struct BurntTile {
  std::uint32_t tile_x = 0;
  std::uint32_t tile_y = 0;
  TileWord cells{};
};

/// Burns fires, one at a time, in a workspace that is reused from fire to fire.
///
/// Every kernel gives the same record, states and tally for the same (scenario, seed), whatever its threads
/// or instruction set. One kernel belongs to one thread at a time.
class Kernel {
 public:
  virtual ~Kernel() = default;

  /// Burns one fire to its end and adds it to the tally. Returns its record, with status ok.
  /// Throws FireAbandoned if `watcher`, which may be null, abandons it; the tally is then as before, as after
  /// any throw.
  virtual RunRecord run(const Scenario& scenario, Seed seed, FireWatcher* watcher = nullptr) = 0;

  /// What the last fire took of each set of assets, in the order of the map; empty if it took nothing.
  virtual std::span<const AssetLoss> losses() const = 0;

  /// The sets among them of which it reached anything, ascending.
  virtual std::span<const std::uint32_t> sets_reached() const = 0;

  /// Where the last fire burnt: the tiles of which it reached a cell, by row of tiles, then column.
  virtual std::vector<BurntTile> burnt_tiles() const = 0;

  /// Spreads fires over so many threads, at least 1, from the next step on. A watcher may call it between two
  /// steps.
  virtual void set_threads(int threads) = 0;

  /// Returns the sums over all fires since the last call, and starts anew.
  virtual Tally take_tally() = 0;
};

/// Kernels give the same bytes; they differ in speed, and one may be asked for to prove it.
enum class KernelKind : std::uint8_t {
  automatic,  ///< the fastest
  dense,      ///< the naive reference: every cell at every step
  tile,  ///< cost follows the fire: bit tiles, only where it burns, by the machine's best instruction set
  tile_portable,  ///< the same with the instructions that every processor of its kind has
  tile_avx2,
  tile_avx512,
};

/// "auto", "dense", "tile", "tile-portable", "tile-avx2" or "tile-avx512".
std::string_view name(KernelKind kind);

/// The kernels that this machine can run.
std::vector<KernelKind> available_kernels();

/// Returns a kernel, which must be available, for landscapes of `extent` that adds up what `choice` asks for
/// and spreads each fire over `threads` >= 1 threads.
std::unique_ptr<Kernel> make_kernel(KernelKind kind, Extent extent, TallyChoice choice, int threads = 1);

}  // namespace firesweep
