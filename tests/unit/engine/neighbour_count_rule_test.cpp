#include "neighbour_count_rule.hpp"

#include <set>

#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"
#include "operations_of.hpp"
#include "tile_kernel.hpp"

using namespace firesweep;

namespace {

// A rule that the program does not have: fire spreads surely to the south, by p(1) elsewhere, however many
// neighbours burn. It shows that the rule can be exchanged, and what another rule has to say.
struct SouthwardRule {
  static constexpr int max_specials = 1;

  static ThresholdTable thresholds(const SpreadProbability& p) {
    const Threshold elsewhere = threshold(p[1]);
    return {.specials = 1, .threshold = {elsewhere, Threshold::always}};
  }

  template <int specials, class Near, class Set>
  static void classify(const Near& near, Set* special) {
    if constexpr (specials == 1) special[0] = near.north();
  }
};

using Cells = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // y, x

// The same rule, cell by cell on full vegetation.
class Southward final : public FireWatcher {
 public:
  Southward(const Scenario& scenario, Seed seed, Cells burning)
      : scenario_(scenario), seed_(seed), burning_(std::move(burning)) {
    p_ = threshold(spread_probability(scenario.weather, scenario.spread)[1]);
  }

  Verdict at_step(std::uint32_t step, const FireView& fire) override {
    if (step > 0) advance(step - 1);
    std::vector<CellState> expected(scenario_.extent.cells(), CellState::vegetation);
    for (const auto& [y, x] : burnt_) expected[scenario_.extent.index({x, y})] = CellState::burnt;
    for (const auto& [y, x] : burning_) expected[scenario_.extent.index({x, y})] = CellState::burning;
    if (fire.states() != expected) ++wrong_steps;
    return Verdict::go_on;
  }

  int wrong_steps = 0;

 private:
  void advance(std::uint32_t step) {
    Cells next;
    for (std::uint32_t y = 0; y < scenario_.extent.height; ++y) {
      for (std::uint32_t x = 0; x < scenario_.extent.width; ++x) {
        if (burning_.contains({y, x}) || burnt_.contains({y, x}) || !has_burning_neighbour(x, y)) continue;
        const bool from_north = y > 0 && burning_.contains({y - 1, x});
        if (from_north || trial(seed_, Purpose::spread, step, x, y, p_)) next.insert({y, x});
      }
    }
    burnt_.insert(burning_.begin(), burning_.end());
    burning_ = next;
  }

  bool has_burning_neighbour(std::uint32_t x, std::uint32_t y) const {
    for (std::uint32_t near_y = y - 1; near_y != y + 2; ++near_y)
      for (std::uint32_t near_x = x - 1; near_x != x + 2; ++near_x)
        if (burning_.contains({near_y, near_x})) return true;
    return false;
  }

  Scenario scenario_;
  Seed seed_;
  Cells burning_;
  Cells burnt_;
  Threshold p_;
};

ThresholdTable classes_of(const SpreadParameters& spread) {
  return NeighbourCountRule::thresholds(spread_probability(weather_of(DangerLevel::high), spread));
}

}  // namespace

TEST_CASE("the rule that decides a candidate's threshold can be exchanged") {
  Scenario scenario;
  scenario.extent = {50, 40};
  scenario.vegetation_density = 1;
  scenario.weather = weather_of(DangerLevel::severe);
  scenario.ignition = IgnitionPoints{{20, 3}, {33, 15}};
  TileKernel kernel(scenario.extent, {}, 1, operations_of<SouthwardRule>());
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Southward expected(scenario, Seed{seed}, {{3, 20}, {15, 33}});
    kernel.run(scenario, Seed{seed}, &expected);
    CHECK(expected.wrong_steps == 0);
  }
}

TEST_CASE("counts above the one where p(n) saturates share a class") {
  CHECK(classes_of({}).specials == 3);  // p(4) is at the cap
  CHECK(classes_of({.max_probability = 0.1}).specials == 0);
  CHECK(classes_of({.max_probability = 1, .combination = Combination::independent}).specials == 7);
}

TEST_CASE("every count from 1 to 8 has the threshold of its probability") {
  const SpreadParameters spread{.max_probability = 0.5};
  const SpreadProbability p = spread_probability(weather_of(DangerLevel::high), spread);
  const ThresholdTable table = classes_of(spread);
  for (int n = 1; n <= 8; ++n)
    CHECK(table.threshold[n <= table.specials ? n : 0] == threshold(p[static_cast<std::size_t>(n)]));
}
