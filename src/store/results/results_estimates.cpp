#include <algorithm>
#include <string>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/estimate_dimensions.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

void write(const ResultsContent& content, const EstimateRow<Summary>& row, const Variable& variable,
           const std::vector<Summary>& summaries) {
  content.write<double>(content.root(), variable, dimensions_of(row),
                        [&](std::size_t s, std::span<double> out) {
                          const std::vector<double> numbers = row.numbers(summaries[s]);
                          expects(numbers.size() == out.size(), "there is an estimate for every coordinate");
                          std::ranges::transform(numbers, out.begin(), canonical);
                        });
}

}  // namespace

void write_estimates(const ResultsContent& content) {
  for (const EstimateRow<Summary>& row : summary_rows()) {
    if (!has_dimensions_of(content.root(), row)) continue;
    write(content, row, variable_of(row), content.estimates().scenarios);
    if (row.given_start == EstimateRow<Summary>::GivenStart::differs)
      write(content, row, given_start_of(variable_of(row)), content.estimates().given_start);
  }
}

}  // namespace firesweep
