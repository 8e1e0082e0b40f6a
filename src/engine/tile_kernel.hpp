#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/engine/thread_team.hpp"

#include "tile_assets.hpp"
#include "tile_field.hpp"
#include "tile_operations.hpp"
#include "tile_tally.hpp"
#include "tile_weather.hpp"

namespace firesweep {

/// The kernel whose cost follows the fire: it looks only at tiles of 16 x 16 cells that burn or are next to
/// one that does. tile_layout.hpp says where the cells are, tile_step.hpp what a step does with them.
class TileKernel final : public Kernel, public FireView {
 public:
  /// Steps with fewer active tiles than `tiles_per_thread` for every thread are taken by one: they are done
  /// sooner than the other threads wake.
  TileKernel(Extent extent, TallyChoice choice, int threads, const TileOperations& operations,
             std::uint64_t tiles_per_thread = 64);

  RunRecord run(const Scenario& scenario, Seed seed, FireWatcher* watcher) override;
  std::span<const AssetLoss> losses() const override { return assets_.losses(); }
  std::span<const std::uint32_t> sets_reached() const override { return assets_.reached(); }
  std::vector<BurntTile> burnt_tiles() const override;
  void set_threads(int threads) override;
  Tally take_tally() override;

  // A fire that is taken step by step (SteppedFire); it is in no tally.

  /// Lights the fire as run() does.
  RunRecord begin(const Scenario& scenario, Seed seed);
  /// Takes the step after so many.
  void advance(const Scenario& scenario, std::uint32_t step);
  /// Sets a cell on fire if it is vegetation; returns what it was. It is on the grid.
  CellState ignite_vegetation(Cell cell);
  /// Has the weather of `scenario`, which is else that of begin(), hold from the step after so many on. Throws
  /// InputError as SpreadRule does; the weather is then as it was.
  void change_weather(const Scenario& scenario, std::uint32_t step);

  std::uint64_t burning_cells() const override { return burning_; }
  std::uint64_t burnt_cells() const override { return burnt_; }
  /// Vegetation at step 0, burning included. Takes a look at the whole landscape.
  std::uint64_t vegetated_cells() const { return count_grown() + forced_; }
  std::vector<CellState> states() const override;
  /// Writes the states of tile (x, y) to where they are in those of the landscape.
  void write_tile(std::uint32_t tile_x, std::uint32_t tile_y, std::span<CellState> states) const;
  const TileField& field() const { return field_; }
  Extent extent() const { return extent_; }

 private:
  void make_shares();
  void set_conditions(const Scenario& scenario);
  void set_ground(const Scenario& scenario);
  void set_residence(const Landscape* landscape);
  Growth growth() const { return {&keys_, &density_, ground_ ? &*ground_ : nullptr}; }
  void set_seed(Seed seed);
  RunRecord begin_fire(const Scenario& scenario, Seed seed);
  void touch(std::uint32_t x, std::uint32_t y);
  void light(Cell cell);
  void look_for_assets(Cell cell);
  void set_embers(const Scenario& scenario);
  void land_embers(std::uint32_t arriving);
  BandCount advance_bands(const FireStep& step);
  void split_rows();
  void join_bands();
  std::uint64_t count_vegetation(Seed seed, double density);
  std::uint64_t count_grown() const;
  void watch(FireWatcher* watcher, std::uint32_t step) const;
  void add_to_tally(std::uint32_t steps);

  // The embers thrown in a step by one thread's cells.
  struct Flights {
    const Embers* embers = nullptr;
    Seed seed{};
    std::uint32_t step = 0;
    std::uint64_t thrown = 0;
    std::uint64_t lost = 0;
    std::vector<Cell> lighting;  // where those come down that light what can burn

    static void fly(void* flights, std::uint32_t x, std::uint32_t y, const std::uint64_t* cells);
  };

  // The rows of one thread, what it found in them, and where it leaves what crosses their border.
  struct alignas(64) Share {
    TileBand band{};
    BandCount count{};
    std::vector<std::uint32_t> above;
    std::vector<std::uint32_t> below;
    Flights flights{};
  };

  // What the tables were made for, so that runs of one scenario make them once.
  struct Conditions {
    Weather weather;
    WeatherCourse course;
    SpreadParameters spread;
    double vegetation_density;
    double fuel_scale;
    Spotting spotting;
    CellSize cell_size;
    std::shared_ptr<const Landscape> landscape;

    bool are_of(const Scenario& scenario) const {
      return weather == scenario.weather && course == scenario.course && spread == scenario.spread &&
             vegetation_density == scenario.vegetation_density && fuel_scale == scenario.fuel_scale &&
             spotting == scenario.spotting && cell_size == scenario.cell_size &&
             landscape == scenario.landscape;
    }
  };

  // The vegetated cells of a seed's landscape that was counted before.
  struct CountedVegetation {
    std::uint64_t seed = 0;
    double density = -1;
    std::uint64_t vegetated = 0;
  };

  Extent extent_;
  TallyChoice choice_;
  std::uint64_t tiles_per_thread_;
  TileOperations operations_;
  TileField field_;
  TileTallies tallies_;
  TileAssets assets_;
  ThreadTeam team_;
  std::vector<Share> shares_;  // of the threads
  std::vector<CountedVegetation> counted_;

  std::optional<Conditions> conditions_;
  ThresholdPlanes density_{};
  std::optional<TileGround> ground_;
  std::optional<TileResidence> residence_;
  ThresholdPlanes ember_rate_{};
  std::optional<EmberThrow> ember_throw_;
  std::vector<std::uint64_t> densities_;  // of the classes that burn, if they differ
  std::optional<TileWeather> weather_;
  DrawKeys keys_{};
  Seed seed_{};

  std::uint64_t active_tiles_ = 0;  // that the last step found
  std::uint64_t burning_ = 0;
  std::uint64_t burnt_ = 0;
  bool are_assets_reached_ = false;  // by what was lit last
  std::uint64_t forced_ = 0;         // cells that were bare before they were lit
  std::uint64_t embers_thrown_ = 0;
  std::uint64_t embers_lost_ = 0;
  std::vector<CurvePoint> curve_;  // of every step, if asked for
  CurveTally curves_;
};

/// Returns a tile kernel that uses the fastest instruction set of this machine.
std::unique_ptr<Kernel> make_tile_kernel(Extent extent, TallyChoice choice, int threads);

/// Returns one that uses `set`, which must be supported.
std::unique_ptr<Kernel> make_tile_kernel(Extent extent, TallyChoice choice, int threads, InstructionSet set);

}  // namespace firesweep
