#pragma once

#include <string>
#include <vector>

namespace firesweep {

/// An estimate that two results files disagree about.
struct EstimateDifference {
  std::string name;      ///< of the dataset, e.g. "paired/difference_ci"
  double largest = 0.0;  ///< largest difference of two of its numbers a and b, in units of max(1, |a|, |b|);
                         ///< infinite if one of them is NaN, or its shape differs or only one file has it
};

/// Estimates of two results files whose numbers differ at all, ascending by name. Last bits (some 1e-15) differ
/// between systems, whose mathematical libraries round differently. Throws BadResultsFile, or InputError if
/// there is no such file.
std::vector<EstimateDifference> differing_estimates(const std::string& one, const std::string& other);

}  // namespace firesweep
