#include "tile_kernel.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/engine/ignite.hpp"

namespace firesweep {
namespace {

// The landscapes whose vegetation is remembered: the seeds that scenarios share come round again soon.
constexpr std::size_t landscapes_kept = 4096;

ThresholdTable table_of_one(double probability) {
  ThresholdTable table{};
  table.threshold[0] = threshold(probability);
  return table;
}

}  // namespace

TileKernel::TileKernel(Extent extent, TallyChoice choice, int threads, const TileOperations& operations,
                       std::uint64_t tiles_per_thread)
    : extent_(extent),
      choice_(choice),
      tiles_per_thread_(tiles_per_thread),
      operations_(operations),
      field_(extent),
      tallies_(field_.planes(), choice, operations),
      assets_(choice.assets),
      team_(threads),
      counted_(choice.cell_counts ? landscapes_kept : 0) {
  make_shares();
}

void TileKernel::make_shares() {
  shares_.resize(static_cast<std::size_t>(team_.size()));
  for (Share& share : shares_) {
    share.above.assign(field_.planes().words, 0);
    share.below.assign(field_.planes().words, 0);
  }
}

void TileKernel::set_threads(int threads) {
  team_.resize(threads);
  make_shares();
}

void TileKernel::set_conditions(const Scenario& scenario) {
  if (conditions_ && conditions_->are_of(scenario)) return;
  const bool is_other_ground = !conditions_ || conditions_->landscape != scenario.landscape;
  conditions_.reset();
  if (is_other_ground) std::fill(counted_.begin(), counted_.end(), CountedVegetation{});
  weather_.emplace(operations_, scenario);
  operations_.prepare(table_of_one(scenario.vegetation_density), density_);
  set_ground(scenario);
  set_residence(scenario.landscape.get());
  set_embers(scenario);
  conditions_ = {scenario.weather,    scenario.course,   scenario.spread,    scenario.vegetation_density,
                 scenario.fuel_scale, scenario.spotting, scenario.cell_size, scenario.landscape};
}

void TileKernel::set_ground(const Scenario& scenario) {
  ground_.reset();
  densities_.clear();
  if (scenario.landscape == nullptr) return;
  const Landscape& landscape = *scenario.landscape;
  expects(landscape.extent() == extent_, "a landscape has the extent of its scenario");
  bool has_densities = false;
  for (const FuelClass& fuel : landscape.burnable_classes()) {
    has_densities |= fuel.density.has_value();
    const double density = fuel.density.value_or(scenario.vegetation_density);
    densities_.push_back(static_cast<std::uint64_t>(threshold(density)));
  }
  ground_ = {.fuel = landscape.tile_fuel().data(),
             .slope = landscape.tile_slope().data(),
             .burnable = landscape.tile_burnable().data(),
             .densities = has_densities ? densities_.data() : nullptr};
}

void TileKernel::set_residence(const Landscape* landscape) {
  residence_.reset();
  if (landscape == nullptr || landscape->longest_burn_steps() == 1) return;
  residence_ = {
      .digits = landscape->burn_step_digits(), .left = {}, .burn_steps = landscape->tile_burn_steps().data()};
  field_.make_left(residence_->digits);
  for (int digit = 0; digit < residence_->digits; ++digit)
    residence_->left[digit] = field_.left(static_cast<std::size_t>(digit));
}

void TileKernel::set_embers(const Scenario& scenario) {
  ember_throw_.reset();
  if (scenario.spotting.rate == 0) return;
  operations_.prepare(table_of_one(scenario.spotting.rate), ember_rate_);
  ember_throw_ = {&ember_rate_, &Flights::fly};
}

void TileKernel::set_seed(Seed seed) {
  seed_ = seed;
  auto low = static_cast<std::uint32_t>(static_cast<std::uint64_t>(seed));
  auto high = static_cast<std::uint32_t>(static_cast<std::uint64_t>(seed) >> 32);
  for (int round = 0; round < rng_rounds; ++round) {
    keys_.low[round] = std::exchange(low, low + philox_key_steps[0]);
    keys_.high[round] = std::exchange(high, high + philox_key_steps[1]);
  }
}

void TileKernel::touch(std::uint32_t x, std::uint32_t y) {
  if (field_.is_touched(x, y)) return;
  operations_.touch(field_.planes(), growth(), x, y);
  field_.set_touched(x, y);
}

void TileKernel::light(Cell cell) {
  touch(cell.x / tile_side, cell.y / tile_side);
  field_.light(cell);
  if (!residence_) return;
  const Landscape& landscape = *conditions_->landscape;
  field_.set_left(cell, landscape.classes()[landscape.class_of(cell)].burn_steps - 1);
}

void TileKernel::look_for_assets(Cell cell) {
  are_assets_reached_ = assets_.look_at(cell) || are_assets_reached_;
}

RunRecord TileKernel::begin_fire(const Scenario& scenario, Seed seed) {
  curve_.clear();
  assets_.begin();
  for (Share& share : shares_) share.flights = {};
  active_tiles_ = 0;
  RunRecord record;
  const Ignition ignition = ignite(scenario, seed);
  are_assets_reached_ = false;
  for (const Cell cell : ignition.burning) {
    light(cell);
    look_for_assets(cell);
  }
  burning_ = ignition.burning.size();
  burnt_ = 0;
  forced_ = ignition.forced.size();
  embers_thrown_ = embers_lost_ = 0;
  note_start(ignition, record);
  record.peak_burning_cells = record.ignitions;
  if (choice_.cell_counts)
    record.vegetated_cells = count_vegetation(seed, scenario.vegetation_density) + forced_;
  return record;
}

RunRecord TileKernel::begin(const Scenario& scenario, Seed seed) {
  expects(scenario.extent == extent_, "a kernel burns landscapes of its own extent");
  field_.clear();
  set_conditions(scenario);
  set_seed(seed);
  return begin_fire(scenario, seed);
}

RunRecord TileKernel::run(const Scenario& scenario, Seed seed, FireWatcher* watcher) {
  RunRecord record = begin(scenario, seed);
  for (bool is_over = false; !is_over;) {
    is_over = burning_ == 0 || record.steps == scenario.max_steps;
    if (are_assets_reached_) assets_.note(field_, record.steps);
    are_assets_reached_ = false;
    if (choice_.curves) curve_.push_back({burning_, burnt_});
    watch(watcher, record.steps);
    if (is_over) continue;
    advance(scenario, record.steps);
    ++record.steps;
    if (burning_ > record.peak_burning_cells) {
      record.peak_burning_cells = static_cast<std::uint32_t>(burning_);
      record.peak_step = record.steps;
    }
  }
  record.burnt_cells = burnt_;
  record.embers = embers_thrown_;
  record.embers_lost = embers_lost_;
  record.burning_cells = static_cast<std::uint32_t>(burning_);
  record.status = RunStatus::ok;
  assets_.end(field_);
  add_to_tally(record.steps);
  return record;
}

CellState TileKernel::ignite_vegetation(Cell cell) {
  touch(cell.x / tile_side, cell.y / tile_side);
  const CellState state = field_.state(cell);
  if (state != CellState::vegetation) return state;
  light(cell);
  ++burning_;
  return state;
}

void TileKernel::change_weather(const Scenario& scenario, std::uint32_t step) {
  TileWeather weather(operations_, scenario);
  weather.go_on_at(scenario, step);
  weather_ = std::move(weather);
  conditions_->weather = scenario.weather;
  conditions_->course = scenario.course;
}

void TileKernel::advance(const Scenario& scenario, std::uint32_t step) {
  weather_->go_to(scenario, step);
  // Filled as far as it is read. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  std::array<std::uint16_t*, std::numeric_limits<std::uint32_t>::digits> arrival;
  int arrival_digits = 0;
  if (choice_.arrival) {
    const std::uint32_t arriving = step + 1;
    field_.count_arrivals_to(arriving);
    for (std::uint32_t left = arriving; left != 0; left &= left - 1)
      arrival[static_cast<std::size_t>(arrival_digits++)] =
          field_.arrival(static_cast<std::size_t>(__builtin_ctz(left)));
  }
  for (Share& share : shares_) {
    share.flights.embers = weather_->spread().embers();
    share.flights.seed = seed_;
    share.flights.step = step;
  }
  const BandCount count =
      advance_bands({growth(), &weather_->spread().thresholds(), &weather_->spread().by_set(),
                     residence_ ? &*residence_ : nullptr, ember_throw_ ? &*ember_throw_ : nullptr, step,
                     arrival.data(), arrival_digits, assets_.watched(), assets_.watched_rows()});
  field_.end_step(count.first, count.end);
  burnt_ += burning_ - count.burn_on;
  burning_ = count.burning;
  active_tiles_ = count.tiles;
  are_assets_reached_ = are_assets_reached_ || count.is_watched;
  if (ember_throw_) land_embers(step + 1);
}

void TileKernel::Flights::fly(void* flights, std::uint32_t x, std::uint32_t y, const std::uint64_t* cells) {
  Flights& own = *static_cast<Flights*>(flights);
  for (std::uint32_t q = 0; q < 4; ++q) {
    for (std::uint64_t left = cells[q]; left != 0; left &= left - 1) {
      const std::uint32_t cell = 64 * q + static_cast<std::uint32_t>(__builtin_ctzll(left));
      const Cell from{tile_side * x + cell % tile_side, tile_side * y + cell / tile_side};
      const Embers::Landing landing = own.embers->landing(own.seed, own.step, from);
      ++own.thrown;
      if (!landing.cell)
        ++own.lost;
      else if (landing.lights)
        own.lighting.push_back(*landing.cell);
    }
  }
}

// Whoever threw an ember, and in whatever order they come down, the same cells catch fire.
void TileKernel::land_embers(std::uint32_t arriving) {
  for (Share& share : shares_) {
    embers_thrown_ += std::exchange(share.flights.thrown, 0);
    embers_lost_ += std::exchange(share.flights.lost, 0);
    for (const Cell cell : share.flights.lighting) {
      touch(cell.x / tile_side, cell.y / tile_side);
      if (!field_.has_fuel(cell)) continue;
      light(cell);
      look_for_assets(cell);
      if (choice_.arrival) field_.set_arrival(cell, arriving);
      ++burning_;
    }
    share.flights.lighting.clear();
  }
}

BandCount TileKernel::advance_bands(const FireStep& step) {
  const TilePlanes& planes = field_.planes();
  const Advance advance_band = weather_->spread().advance();
  if (shares_.size() == 1 || active_tiles_ < tiles_per_thread_ * shares_.size()) {
    Share& all = shares_.front();
    return advance_band(planes, step,
                        {0, planes.rows, field_.first_active(), field_.end_active(), all.above.data(),
                         all.below.data(), &all.flights});
  }
  split_rows();
  team_.run([&](int member) {
    Share& share = shares_[static_cast<std::size_t>(member)];
    share.count = advance_band(planes, step, share.band);
  });
  join_bands();
  BandCount total{0, 0, 0, planes.rows, 0};
  for (const Share& share : shares_) {
    total.burning += share.count.burning;
    total.burn_on += share.count.burn_on;
    total.tiles += share.count.tiles;
    total.first = std::min(total.first, share.count.first);
    total.end = std::max(total.end, share.count.end);
    total.is_watched = total.is_watched || share.count.is_watched;
  }
  return total;
}

// Gives each thread a band of rows with about as many active tiles as the others, going by the last step.
void TileKernel::split_rows() {
  const TilePlanes& planes = field_.planes();
  std::uint32_t row = field_.first_active();
  std::uint64_t tiles = 0;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    Share& share = shares_[i];
    std::fill(share.above.begin(), share.above.end(), 0U);
    std::fill(share.below.begin(), share.below.end(), 0U);
    const std::uint32_t first = row;
    const std::uint64_t goal = active_tiles_ * (i + 1) / shares_.size();
    const bool is_last = i + 1 == shares_.size();
    while (row < field_.end_active() && (is_last || tiles < goal)) tiles += planes.work[row++];
    share.band = {i == 0 ? 0 : first, is_last ? planes.rows : row, first,         row,
                  share.above.data(), share.below.data(),          &share.flights};
  }
}

// Adds the tiles that a band made active in its neighbours.
void TileKernel::join_bands() {
  const TilePlanes& planes = field_.planes();
  const auto add = [&](const std::vector<std::uint32_t>& tiles, std::uint32_t y) {
    std::uint32_t any = 0;
    for (std::size_t w = 0; w < tiles.size(); ++w) {
      planes.next[y * tiles.size() + w] |= tiles[w];
      any |= tiles[w];
    }
    if (any != 0) planes.next_rows[y] = 1;
  };
  for (const Share& share : shares_) {
    if (share.band.first > 0) add(share.above, share.band.first - 1);
    if (share.band.end < planes.rows) add(share.below, share.band.end);
  }
}

std::uint64_t TileKernel::count_vegetation(Seed seed, double density) {
  const auto key = static_cast<std::uint64_t>(seed);
  CountedVegetation& known = counted_[(key * 0x9E3779B97F4A7C15 >> 32) % landscapes_kept];
  if (known.seed != key || known.density != density) {
    known = {key, density, 0};
    known.vegetated = count_grown();
  }
  return known.vegetated;
}

std::uint64_t TileKernel::count_grown() const {
  std::uint64_t cells = 0;
  TileWord grown;
  for (std::uint32_t y = 0; y < field_.planes().rows; ++y)
    for (std::uint32_t x = 0; x < field_.planes().columns; ++x)
      cells += operations_.grow(field_.planes(), growth(), x, y, grown.data());
  return cells;
}

void TileKernel::watch(FireWatcher* watcher, std::uint32_t step) const {
  if (watcher != nullptr && watcher->at_step(step, *this) == FireWatcher::Verdict::abandon)
    throw FireAbandoned();
}

void TileKernel::add_to_tally(std::uint32_t steps) {
  tallies_.make_room(field_, burnt_ + burning_);
  if (choice_.curves) curves_.make_room(std::size_t{steps} + 1);
  tallies_.add(field_);  // from here on nothing throws
  curves_.add_fire(curve_);
}

std::vector<BurntTile> TileKernel::burnt_tiles() const {
  std::vector<BurntTile> tiles;
  field_.for_each_touched([&](std::uint32_t x, std::uint32_t y) {
    if (const TileWord cells = field_.caught(x, y); cells != TileWord{}) tiles.push_back({x, y, cells});
  });
  return tiles;
}

Tally TileKernel::take_tally() {
  Tally tally;
  tallies_.take(tally);
  tally.curves = std::exchange(curves_, {});
  return tally;
}

std::unique_ptr<Kernel> make_tile_kernel(Extent extent, TallyChoice choice, int threads) {
  return make_tile_kernel(extent, choice, threads, supported_instruction_sets().back());
}

std::unique_ptr<Kernel> make_tile_kernel(Extent extent, TallyChoice choice, int threads, InstructionSet set) {
  return std::make_unique<TileKernel>(extent, choice, threads, tile_operations(set));
}

}  // namespace firesweep
