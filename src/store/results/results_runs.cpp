#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/statistics/nan.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

void write_status(const ResultsContent& content) {
  constexpr std::array<std::uint8_t, 3> values = {0, 1, 2};
  content.write_run_values(arrays::status, [records = content.results().records()](
                                               std::size_t first, std::span<std::uint8_t> column) {
    records.of<&RunRecord::status>().visit([&](auto statuses) {
      std::ranges::transform(statuses.subspan(first, column.size()), column.begin(),
                             [](auto value) { return static_cast<std::uint8_t>(value); });
    });
  });
  const std::string name(arrays::status.name);
  content.root().attribute_of(name, "flag_values", std::span<const std::uint8_t>(values));
  content.root().attribute_of(name, "flag_meanings", std::string("missing ok failed"));
}

/// Writes what is kept of every run as numbers of type T, `unknown` unless it is ok.
template <class T>
void write_quantity(const ResultsContent& content, const RunQuantity& quantity, T unknown) {
  const auto stored = [&quantity, land = land_of(content.experiment()), unknown](const RunRecord& record) {
    const double value = quantity.known(record, land);
    if (std::isnan(value)) return unknown;
    if constexpr (std::is_integral_v<T>)
      expects(value <= static_cast<double>(std::numeric_limits<T>::max()), "a count fits its dataset");
    return static_cast<T>(value);
  };
  content.write_run_values(Array<T>(array_of(quantity)), [runs = content.results().records(), &quantity,
                                                          stored](std::size_t first, std::span<T> column) {
    std::array<RunRecord, runs_at_once> records;
    while (!column.empty()) {
      const auto some = std::span(records).first(std::min(records.size(), column.size()));
      runs.read(first, some, quantity.member);
      std::ranges::transform(some, column.begin(), stored);
      first += some.size();
      column = column.subspan(some.size());
    }
  });
}

void write_quantity(const ResultsContent& content, const RunQuantity& quantity) {
  switch (quantity.storage) {
    case RunQuantity::Storage::share:
    case RunQuantity::Storage::amount:
      return write_quantity(content, quantity, nan);
    case RunQuantity::Storage::count_4:
      return write_quantity(content, quantity, std::int32_t{-1});
    case RunQuantity::Storage::count_8:
      return write_quantity(content, quantity, std::int64_t{-1});
  }
}

}  // namespace

void write_runs(const ResultsContent& content) {
  write_status(content);
  for (const RunQuantity& quantity : run_quantities()) write_quantity(content, quantity);
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
