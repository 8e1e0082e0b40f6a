#include <algorithm>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/precision.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

void write(const ResultsContent& content, const EstimateRow<Summary>& row, const Variable& variable,
           const std::vector<Summary>& summaries) {
  content.write(array_of(row), variable, [&](std::size_t s, std::span<double> out) {
    const std::vector<double> numbers = row.numbers(summaries[s]);
    expects(numbers.size() == out.size(), "there is an estimate for every coordinate");
    std::ranges::transform(numbers, out.begin(), canonical);
  });
}

}  // namespace

void write_estimates(const ResultsContent& content) {
  for (const EstimateRow<Summary>& row : summary_rows()) {
    const Variable variable = array_of(row);
    write(content, row, variable, content.estimates().scenarios);
    if (row.given_start == GivenStart::differs)
      write(content, row, given_start_of(variable), content.estimates().given_start);
  }
  if (!content.has(content.root(), arrays::targets_met)) return;
  content.write_each(arrays::targets_met, [&](std::size_t s) {
    return targets_met(content.results(), s, content.plan().planned(s));
  });
  const StoppingRule& rule = content.plan().experiment().until.value();
  const std::string name(arrays::targets_met.name);
  content.root().attribute_of(name, "targets", static_cast<std::int64_t>(rule.targets.size()));
  content.root().attribute_of(name, "comment", targets_text(rule));
}

}  // namespace firesweep
