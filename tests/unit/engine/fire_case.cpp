#include "fire_case.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace firesweep::testing {
namespace {

class Dice {
 public:
  explicit Dice(std::mt19937_64& random) : random_(random) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  double between(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  // Mostly in between, but the ends are where mistakes are.
  double share() { return one_in(6) ? 0.0 : one_in(5) ? 1.0 : between(0, 1); }

 private:
  std::mt19937_64& random_;
};

Extent random_extent(Dice& dice) {
  static constexpr Extent corners[] = {{1, 1},   {15, 1},  {1, 15},  {16, 16}, {17, 33}, {32, 32},
                                       {33, 17}, {48, 16}, {16, 48}, {47, 49}, {2, 600}, {1100, 2}};
  if (dice.one_in(4)) return corners[dice.below(std::size(corners))];
  const auto side = [&] { return static_cast<std::uint32_t>(1 + dice.below(dice.one_in(3) ? 72 : 40)); };
  return {side(), side()};
}

SpreadParameters random_spread(Dice& dice) {
  SpreadParameters spread;
  if (dice.one_in(2)) spread.base_rate = dice.one_in(6) ? 0.0 : dice.between(0, 2);
  if (dice.one_in(4)) spread.neighbour_weight = dice.between(0, 1);
  if (dice.one_in(3)) spread.max_probability = dice.share();
  if (dice.one_in(3)) spread.max_probability_high_wind = dice.share();
  spread.high_wind = dice.between(20, 80);
  spread.combination = dice.one_in(2) ? Combination::linear : Combination::independent;
  return spread;
}

IgnitionSet random_ignition(Dice& dice, Extent extent) {
  if (dice.one_in(3)) {
    const std::uint64_t most = std::min<std::uint64_t>(extent.cells(), 10);
    return RandomIgnition{static_cast<std::uint32_t>(1 + dice.below(most))};
  }
  IgnitionPoints points;
  for (std::uint64_t left = dice.one_in(8) ? 40 : 1 + dice.below(4); left > 0; --left)
    points.push_back(extent.cell(dice.below(extent.cells())));
  return points;
}

/// Up to three sets of assets, of which some hold most of a landscape and some a cell.
std::shared_ptr<const AssetMap> random_assets(Dice& dice, Extent extent) {
  if (dice.one_in(2)) return nullptr;
  std::vector<std::shared_ptr<const AssetSet>> sets;
  for (std::uint64_t left = 1 + dice.below(3); left > 0; --left) {
    std::vector<CellValue> values;
    const bool is_whole = dice.one_in(2);
    for (std::uint64_t cells = dice.one_in(2) ? 1 + dice.below(3) : extent.cells() / 2; cells > 0; --cells)
      values.push_back({dice.below(extent.cells()),
                        is_whole ? static_cast<double>(1 + dice.below(9)) : dice.between(0, 5)});
    sets.push_back(std::make_shared<const AssetSet>(make_asset_set(std::move(values))));
  }
  return std::make_shared<const AssetMap>(extent, std::move(sets));
}

struct Frame {
  std::uint64_t burning;
  std::uint64_t burnt;
  std::vector<CellState> states;

  friend bool operator==(const Frame&, const Frame&) = default;
};

class Recorder final : public FireWatcher {
 public:
  explicit Recorder(std::uint32_t last_step = 0xFFFFFFFF) : last_step_(last_step) {}

  Verdict at_step(std::uint32_t step, const FireView& fire) override {
    if (step != frames.size()) throw std::logic_error("steps are watched in order");
    frames.push_back({fire.burning_cells(), fire.burnt_cells(), fire.states()});
    return step < last_step_ ? Verdict::go_on : Verdict::abandon;
  }

  std::vector<Frame> frames;

 private:
  std::uint32_t last_step_;
};

// Returns whether the fire lived long enough to be abandoned.
bool abandon_early(Kernel& kernel, const FireCase& it) {
  Recorder watcher(static_cast<std::uint32_t>(it.seeds.front() % 4));
  try {
    kernel.run(it.scenario, Seed{it.seeds.front() + 1}, &watcher);
  } catch (const FireAbandoned&) {
    return true;
  }
  return false;
}

}  // namespace

FireCase random_case(std::mt19937_64& random) {
  Dice dice(random);
  FireCase it;
  it.scenario.extent = random_extent(dice);
  it.scenario.vegetation_density = dice.one_in(2) ? 0.85 : dice.share();
  it.scenario.weather = {.wind_speed = dice.between(0, 100),
                         .humidity = dice.between(0, 70),
                         .temperature = dice.between(10, 50)};
  it.scenario.spread = random_spread(dice);
  it.scenario.ignition = random_ignition(dice, it.scenario.extent);
  it.scenario.on_bare_ground = static_cast<OnBareGround>(dice.below(3));
  it.scenario.max_steps = static_cast<std::uint32_t>(dice.one_in(4) ? dice.below(4) : dice.below(300));
  it.seeds = {random(), dice.one_in(4) ? 0 : random()};
  it.choice = {.burn_count = dice.one_in(2),
               .arrival = false,
               .curves = dice.one_in(2),
               .cell_counts = dice.one_in(2)};
  it.choice.arrival = it.choice.burn_count && dice.one_in(2);
  it.choice.assets = random_assets(dice, it.scenario.extent);
  return it;
}

std::string describe(const FireCase& it) {
  std::ostringstream text;
  text.precision(17);
  const Scenario& s = it.scenario;
  text << "extent " << s.extent.width << " x " << s.extent.height << ", density " << s.vegetation_density
       << ", wind " << s.weather.wind_speed << ", humidity " << s.weather.humidity << ", temperature "
       << s.weather.temperature << ", base_rate " << s.spread.base_rate << ", neighbour_weight "
       << s.spread.neighbour_weight << ", max_probability " << s.spread.max_probability
       << ", max_probability_high_wind " << s.spread.max_probability_high_wind << ", high_wind "
       << s.spread.high_wind << ", combination "
       << (s.spread.combination == Combination::linear ? "linear" : "independent") << ", on_bare_ground "
       << name(s.on_bare_ground) << ", max_steps " << s.max_steps << ", ignition";
  if (const auto* points = std::get_if<IgnitionPoints>(&s.ignition)) {
    for (const Cell point : *points) text << " (" << point.x << ", " << point.y << ")";
  } else {
    text << " random " << std::get<RandomIgnition>(s.ignition).count;
  }
  text << ", tally";
  if (it.choice.burn_count) text << " burn_count";
  if (it.choice.arrival) text << " arrival";
  if (it.choice.curves) text << " curves";
  if (it.choice.cell_counts) text << " cell_counts";
  if (it.choice.assets) text << " " << it.choice.assets->sets().size() << " sets of assets";
  text << ", seeds";
  for (const std::uint64_t seed : it.seeds) text << " " << seed;
  return text.str();
}

std::optional<std::string> difference(Kernel& expected, Kernel& actual, const FireCase& it) {
  for (std::size_t i = 0; i < it.seeds.size(); ++i) {
    const std::string where = "seed " + std::to_string(it.seeds[i]);
    if (abandon_early(expected, it) != abandon_early(actual, it))
      return where + ": one fire could not be abandoned";
    Recorder expected_frames;
    Recorder actual_frames;
    const RunRecord expected_record = expected.run(it.scenario, Seed{it.seeds[i]}, &expected_frames);
    const RunRecord actual_record = actual.run(it.scenario, Seed{it.seeds[i]}, &actual_frames);
    for (std::size_t step = 0; step < expected_frames.frames.size() && step < actual_frames.frames.size();
         ++step)
      if (expected_frames.frames[step] != actual_frames.frames[step])
        return where + ": the states differ at step " + std::to_string(step);
    if (expected_frames.frames.size() != actual_frames.frames.size()) return where + ": the steps differ";
    if (expected_record != actual_record) return where + ": the records differ";
    if (!std::ranges::equal(expected.losses(), actual.losses())) return where + ": the losses differ";
    if (!std::ranges::equal(expected.sets_reached(), actual.sets_reached()))
      return where + ": other sets are reached";
    if (actual.run(it.scenario, Seed{it.seeds[i]}) != expected.run(it.scenario, Seed{it.seeds[i]}))
      return where + ": the records differ when nobody watches";
  }
  if (expected.take_tally() != actual.take_tally()) return "the tallies differ";
  return std::nullopt;
}

std::vector<FireCase> smaller(const FireCase& it) {
  std::vector<FireCase> cases;
  const auto add = [&](auto change) {
    FireCase small = it;
    change(small);
    if (auto* points = std::get_if<IgnitionPoints>(&small.scenario.ignition))
      std::erase_if(*points, [&](Cell cell) { return !small.scenario.extent.contains(cell); });
    else if (std::get<RandomIgnition>(small.scenario.ignition).count > small.scenario.extent.cells())
      return;
    if (describe(small) != describe(it)) cases.push_back(std::move(small));
  };
  add([](FireCase& c) { c.seeds.resize(1); });
  add([](FireCase& c) { c.seeds.erase(c.seeds.begin(), c.seeds.end() - 1); });
  add([](FireCase& c) { c.choice = {}; });
  add([](FireCase& c) { c.choice.assets = nullptr; });
  if (it.choice.assets) return cases;  // which lie on this grid
  add([](FireCase& c) { c.scenario.extent.width = (c.scenario.extent.width + 1) / 2; });
  add([](FireCase& c) { c.scenario.extent.height = (c.scenario.extent.height + 1) / 2; });
  add([](FireCase& c) {
    --c.scenario.extent.width, c.scenario.extent.width += c.scenario.extent.width == 0;
  });
  add([](FireCase& c) {
    --c.scenario.extent.height, c.scenario.extent.height += c.scenario.extent.height == 0;
  });
  add([](FireCase& c) { c.scenario.max_steps /= 2; });
  add([](FireCase& c) {
    if (auto* points = std::get_if<IgnitionPoints>(&c.scenario.ignition))
      points->resize((points->size() + 1) / 2);
  });
  return cases;
}

}  // namespace firesweep::testing
