#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/ensemble/differences.hpp"
#include "firesweep/statistics/map_difference.hpp"
#include "firesweep/store/stored_results.hpp"

#include "view/json.hpp"
#include "view/text_format.hpp"

namespace firesweep {

/// What to compare.
struct CompareChoices {
  std::vector<std::string> scenarios;  ///< of the first file, as chosen_scenarios() takes them
  std::optional<std::string> between;  ///< "AXIS=FIRST,SECOND"; absent: each scenario with its like
  std::vector<double> thresholds;      ///< burn fractions; none: those of the first file
};

/// Two scenarios over the seeds that both have.
struct ComparedPair {
  std::vector<std::string> labels;  ///< along ComparedView::axes
  std::size_t first = 0;            ///< scenario of the first file
  std::size_t second = 0;           ///< and of the second
  double first_mean = 0.0;          ///< burn fraction over those seeds
  double second_mean = 0.0;
  std::size_t seeds = 0;      ///< that both were given
  PairDifference difference;  ///< the second less the first
};

/// Scenarios of one file or two, those that both have, compared.
struct ComparedView {
  const StoredResults* first = nullptr;   ///< never null
  const StoredResults* second = nullptr;  ///< likewise; may be the same
  std::string first_name;                 ///< the file, or the value of an axis
  std::string second_name;
  OutputChoices choices;          ///< thresholds and confidence of the differences
  std::vector<std::string> axes;  ///< of the labels
  std::vector<ComparedPair> pairs;
  std::vector<std::string> notes;  ///< sentences on what is not alike
  std::uint64_t seeds = 0;         ///< that both have
  std::uint64_t only_first_seeds = 0;
  std::uint64_t only_second_seeds = 0;
  std::uint64_t only_first_scenarios = 0;  ///< of those chosen
  std::uint64_t only_second_scenarios = 0;
};

/// Throws InputError if the files have no scenario or seed in common, or other random numbers.
ComparedView compare(const StoredResults& first, const StoredResults& second, const CompareChoices& choices);

/// The map of a pair, and where it was written.
struct ComparedMap {
  MapDifference map;
  bool is_paired = false;  ///< marked by pairs of fires of one seed
  std::vector<std::string> files = {};
};

void print_compared(const ComparedView& view, const std::optional<ComparedMap>& map,
                    const TextFormat& format);

/// A tidy table, a row per estimate of each pair.
std::string compared_table(const ComparedView& view);

Json json_of(const ComparedView& view, const std::optional<ComparedMap>& map);

}  // namespace firesweep
