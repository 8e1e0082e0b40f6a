#include "dense_kernel.hpp"

#include <algorithm>
#include <utility>

#include "firesweep/engine/ignite.hpp"
#include "firesweep/engine/rule_of.hpp"

namespace firesweep {
namespace {

constexpr std::uint32_t never_reached = 0xFFFFFFFF;

}  // namespace

DenseKernel::DenseKernel(Extent extent, TallyChoice choice, int threads)
    : extent_(extent),
      choice_(choice),
      team_(threads),
      stride_(extent.width + std::size_t{2}),
      now_(stride_ * (extent.height + std::size_t{2}), CellState::empty),
      next_(now_),
      left_(extent.cells(), 0),
      arrival_(extent.cells(), never_reached),
      burn_count_(choice.burn_count ? extent.cells() : 0, 0),
      arrival_sum_(choice.arrival ? extent.cells() : 0, 0) {}

// Calls row(y) for every row and adds up what it returns; integers, so the sum is the same for any bands.
template <typename Row>
DenseKernel::BandCount DenseKernel::over_rows(const Row& row) {
  const auto bands = static_cast<std::uint32_t>(team_.size());
  std::vector<BandCount> counts(bands);
  team_.run([&](int member) {
    const auto band = static_cast<std::uint32_t>(member);
    const std::uint64_t height = extent_.height;
    BandCount sum;
    for (auto y = static_cast<std::uint32_t>(height * band / bands); y < height * (band + 1) / bands; ++y) {
      const BandCount count = row(y);
      sum.burning += count.burning;
      sum.burnt_out += count.burnt_out;
      sum.vegetated += count.vegetated;
    }
    counts[band] = sum;
  });
  BandCount total;
  for (const BandCount& count : counts) {
    total.burning += count.burning;
    total.burnt_out += count.burnt_out;
    total.vegetated += count.vegetated;
  }
  return total;
}

DenseKernel::BandCount DenseKernel::grow_row(std::uint32_t y, const Vegetation& vegetation) {
  BandCount count;
  for (std::uint32_t x = 0; x < extent_.width; ++x) {
    const bool is_vegetated = vegetation.at({x, y});
    now_[place({x, y})] = is_vegetated ? CellState::vegetation : CellState::empty;
    count.vegetated += is_vegetated ? 1 : 0;
  }
  return count;
}

// The set of those that burn, in the order of `neighbours`.
unsigned DenseKernel::burning_neighbours(std::size_t at) const {
  const auto burns = [this](std::size_t cell) { return now_[cell] == CellState::burning ? 1U : 0U; };
  const std::size_t above = at - stride_;
  const std::size_t below = at + stride_;
  return burns(above - 1) | burns(above) << 1 | burns(above + 1) << 2 | burns(at - 1) << 3 |
         burns(at + 1) << 4 | burns(below - 1) << 5 | burns(below) << 6 | burns(below + 1) << 7;
}

Threshold DenseKernel::threshold_of(Cell cell, unsigned burning) const {
  if (landscape_ == nullptr) return static_cast<Threshold>(rule_->threshold(0, 0, burning));
  return static_cast<Threshold>(
      rule_->threshold(landscape_->class_of(cell), landscape_->bin_of(cell), burning));
}

void DenseKernel::set_weather(const Scenario& scenario, const Weather& weather) {
  rule_ = rule_of(scenario, weather);
  embers_ = embers_of(scenario, weather);
}

// Notes that a cell burns from `step` on.
void DenseKernel::light(Cell cell, std::uint32_t step) {
  const std::uint32_t burn_steps =
      landscape_ == nullptr ? 1 : landscape_->classes()[landscape_->class_of(cell)].burn_steps;
  arrival_[extent_.index(cell)] = step;
  left_[extent_.index(cell)] = static_cast<std::uint8_t>(burn_steps);
}

DenseKernel::BandCount DenseKernel::step_row(std::uint32_t y, std::uint32_t step, Seed seed) {
  BandCount count;
  for (std::uint32_t x = 0; x < extent_.width; ++x) {
    const std::size_t at = place({x, y});
    CellState state = now_[at];
    if (state == CellState::burning) {
      if (--left_[extent_.index({x, y})] == 0) {
        state = CellState::burnt;
        ++count.burnt_out;
      } else {
        ++count.burning;
      }
    } else if (state == CellState::vegetation) {
      const unsigned burning = burning_neighbours(at);
      if (burning != 0 && trial(seed, Purpose::spread, step, x, y, threshold_of({x, y}, burning))) {
        state = CellState::burning;
        light({x, y}, step + 1);
        ++count.burning;
      }
    }
    next_[at] = state;
  }
  return count;
}

// Embers of the cells that burn now light what would not burn next without them.
void DenseKernel::throw_embers(std::uint32_t step, Seed seed, RunRecord& record) {
  for (std::uint32_t y = 0; y < extent_.height; ++y) {
    for (std::uint32_t x = 0; x < extent_.width; ++x) {
      if (now_[place({x, y})] == CellState::burning &&
          trial(seed, Purpose::ember, step, x, y, embers_->rate()))
        land_ember(embers_->landing(seed, step, {x, y}), step, record);
    }
  }
}

void DenseKernel::land_ember(const Embers::Landing& landing, std::uint32_t step, RunRecord& record) {
  ++record.embers;
  if (!landing.cell) ++record.embers_lost;
  if (!landing.cell || !landing.lights || next_[place(*landing.cell)] != CellState::vegetation) return;
  next_[place(*landing.cell)] = CellState::burning;
  light(*landing.cell, step + 1);
  ++burning_;
}

void DenseKernel::grow_and_ignite(const Scenario& scenario, Seed seed, RunRecord& record) {
  std::fill(arrival_.begin(), arrival_.end(), never_reached);
  curve_ = {};
  const Vegetation vegetation(seed, scenario);
  const BandCount grown = over_rows([&](std::uint32_t y) { return grow_row(y, vegetation); });
  const Ignition ignition = ignite(scenario, seed);
  for (const Cell cell : ignition.burning) {
    now_[place(cell)] = CellState::burning;
    light(cell, 0);
  }
  burning_ = ignition.burning.size();
  burnt_ = 0;
  note_start(ignition, record);
  if (choice_.cell_counts) record.vegetated_cells = grown.vegetated + ignition.forced.size();
}

RunRecord DenseKernel::run(const Scenario& scenario, Seed seed, FireWatcher* watcher) {
  RunRecord record;
  landscape_ = scenario.landscape;
  const std::vector<WeatherPeriod> weather = weather_periods(scenario);
  auto next_period = weather.begin();
  grow_and_ignite(scenario, seed, record);
  record.peak_burning_cells = static_cast<std::uint32_t>(burning_);
  if (choice_.curves) curve_.add_step(0, burning_, 0, 0);
  watch(watcher, 0);

  for (std::uint32_t step = 0; burning_ > 0 && step < scenario.max_steps; ++step) {
    if (next_period != weather.end() && next_period->first_step == step)
      set_weather(scenario, (next_period++)->weather);
    const BandCount count = over_rows([&](std::uint32_t y) { return step_row(y, step, seed); });
    const std::uint64_t burnt_before = std::exchange(burnt_, burnt_ + count.burnt_out);
    burning_ = count.burning;
    if (embers_) throw_embers(step, seed, record);
    std::swap(now_, next_);
    record.steps = step + 1;
    if (burning_ > record.peak_burning_cells) {
      record.peak_burning_cells = static_cast<std::uint32_t>(burning_);
      record.peak_step = record.steps;
    }
    if (choice_.curves) curve_.add_step(record.steps, burning_, burnt_before, burnt_);
    watch(watcher, record.steps);
  }
  record.burnt_cells = burnt_;
  record.burning_cells = static_cast<std::uint32_t>(burning_);
  record.status = RunStatus::ok;
  count_losses();
  add_to_tally();
  return record;
}

void DenseKernel::watch(FireWatcher* watcher, std::uint32_t step) {
  if (watcher != nullptr && watcher->at_step(step, *this) == FireWatcher::Verdict::abandon)
    throw FireAbandoned();
}

std::vector<CellState> DenseKernel::states() const {
  std::vector<CellState> states;
  states.reserve(extent_.cells());
  for (std::uint32_t y = 0; y < extent_.height; ++y) {
    const auto row = now_.begin() + static_cast<std::ptrdiff_t>(place({0, y}));
    states.insert(states.end(), row, row + extent_.width);
  }
  return states;
}

void DenseKernel::count_losses() {
  if (choice_.assets == nullptr) return;
  losses_.clear();
  for (const auto& set : choice_.assets->sets()) {
    AssetLoss& loss = losses_.emplace_back();
    for (const auto& [cell, amount] : set->places) {
      if (arrival_[cell] == never_reached) continue;
      loss.lost += amount;
      loss.arrival_step = std::min(loss.arrival_step, arrival_[cell]);
    }
  }
  sets_reached_.clear();
  for (std::uint32_t set = 0; set < losses_.size(); ++set)
    if (losses_[set].is_hit()) sets_reached_.push_back(set);
  if (sets_reached_.empty()) losses_.clear();
}

void DenseKernel::add_to_tally() {
  if (choice_.curves) curves_.add(curve_);
  if (!choice_.burn_count && !choice_.arrival) return;
  for (std::size_t i = 0; i < arrival_.size(); ++i) {
    if (arrival_[i] == never_reached) continue;
    if (choice_.burn_count) ++burn_count_[i];
    if (choice_.arrival) arrival_sum_[i] += arrival_[i];
  }
}

std::vector<BurntTile> DenseKernel::burnt_tiles() const {
  std::vector<BurntTile> tiles;
  for (std::uint32_t y = 0; y * tile_side < extent_.height; ++y) {
    for (std::uint32_t x = 0; x * tile_side < extent_.width; ++x) {
      BurntTile tile{x, y, {}};
      for (std::uint32_t bit = 0; bit < tile_cells; ++bit) {
        const Cell cell{tile_side * x + bit % tile_side, tile_side * y + bit / tile_side};
        if (cell.x >= extent_.width || cell.y >= extent_.height) continue;
        if (arrival_[extent_.index(cell)] != never_reached)
          tile.cells[bit / 64] |= std::uint64_t{1} << bit % 64;
      }
      if (tile.cells != BurntTile{}.cells) tiles.push_back(tile);
    }
  }
  return tiles;
}

Tally DenseKernel::take_tally() {
  Tally tally;
  tally.curves = std::exchange(curves_, {});
  if (!choice_.burn_count) return tally;
  for (std::uint32_t top = 0; top < extent_.height; top += tile_side) {
    for (std::uint32_t left = 0; left < extent_.width; left += tile_side) take_tile({left, top}, tally);
  }
  return tally;
}

void DenseKernel::take_tile(Cell corner, Tally& tally) {
  TileTally tile{.tile_x = corner.x / tile_side, .tile_y = corner.y / tile_side};
  TileArrivals arrivals{};
  bool is_reached = false;
  for (std::uint32_t y = corner.y; y < std::min(corner.y + tile_side, extent_.height); ++y) {
    for (std::uint32_t x = corner.x; x < std::min(corner.x + tile_side, extent_.width); ++x) {
      const std::size_t at = extent_.index({x, y});
      const std::size_t in_tile = std::size_t{tile_side} * (y - corner.y) + (x - corner.x);
      is_reached |= burn_count_[at] != 0;
      tile.burn_count[in_tile] = std::exchange(burn_count_[at], std::uint16_t{0});
      if (choice_.arrival) arrivals[in_tile] = std::exchange(arrival_sum_[at], 0);
    }
  }
  if (!is_reached) return;
  tally.tiles.push_back(tile);
  if (choice_.arrival) tally.arrival_sums.push_back(arrivals);
}

}  // namespace firesweep
