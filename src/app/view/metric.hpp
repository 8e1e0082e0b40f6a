#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "firesweep/ensemble/summary.hpp"
#include "firesweep/store/stored_results.hpp"

namespace firesweep {

/// How a number of fires that were cut off stands to what it had become.
enum class Bound : std::uint8_t { none, at_least, at_most };

/// A number that every run has, and how it is shown.
struct Metric {
  std::string column;    ///< in the results file
  std::string what;      ///< e.g. "share of the landscape that burns"
  std::string unit;      ///< of the numbers shown
  double factor = 1.0;   ///< numbers shown / numbers stored
  bool is_share = true;  ///< stored in [0, 1]
  Bound if_cut_off = Bound::none;
};

/// What users may ask for by name.
std::vector<std::string> metric_names(const StoredResults& results);

/// Throws InputError, with what was probably meant, if the file does not have it.
Metric metric_of(const StoredResults& results, const std::string& name);

/// Summarises the values of a metric that is no share, NaN unless ok. What is only known of shares is NaN:
/// bounds if all other runs had gone either way, as there is no largest fire, and modes.
Summary summarise_metric(std::span<const double> values, const OutputChoices& choices);

}  // namespace firesweep
