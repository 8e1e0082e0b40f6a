#include <array>
#include <cstdint>
#include <string>

#include "results/results_content.hpp"
#include "results/run_arrays.hpp"

namespace firesweep {

void write_runs(const ResultsContent& content) {
  for_each_run_array(content.experiment(), [&](const auto& array, const auto& set) {
    content.write_run_values(array,
                             [runs = content.results().records(), set](std::size_t first, auto column) {
                               set(runs.rows(first, column.size()), column);
                             });
  });
  constexpr std::array<std::uint8_t, 3> values = {0, 1, 2};
  const std::string name(arrays::status.name);
  content.root().attribute_of(name, "flag_values", std::span<const std::uint8_t>(values));
  content.root().attribute_of(name, "flag_meanings", std::string("missing ok failed"));
}

void write_run_counts(const ResultsContent& content) {
  const Plan& plan = content.plan();
  content.write_each(arrays::runs_planned, [&](std::size_t s) { return plan.planned(s); });
  content.write_each(arrays::runs_ok, [&](std::size_t s) { return content.summary(s).runs_ok; });
  content.write_each(arrays::runs_started, [&](std::size_t s) { return content.summary(s).runs_started; });
  content.write_each(arrays::runs_cut_off, [&](std::size_t s) { return content.summary(s).runs_cut_off; });
  content.write_each(arrays::runs_beyond_weather, [&](std::size_t s) {
    const auto end = plan.scenario(s).course.end;
    if (!end) return std::size_t{0};
    return content.results().records(s).of<&RunRecord::steps>().count_if(
        [&](auto steps) { return steps > *end; });  // of runs that are not ok there are none
  });
  content.write_each(arrays::runs_failed, [&](std::size_t s) { return content.results().runs_failed(s); });
}

}  // namespace firesweep
