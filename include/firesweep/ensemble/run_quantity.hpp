#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

/// A number that is kept of every run: one dataset of a results file, shape (scenarios.., seeds).
struct RunQuantity {
  enum class Storage : std::uint8_t {
    share,    ///< floating-point, 0..1, NaN where it is not known
    count_4,  ///< integer of 4 bytes, -1 where it is not known
    count_8,  ///< the same of 8 bytes
  };

  std::string_view name;
  std::string_view unit;     ///< "1" for none
  std::string_view counted;  ///< what a count is of: "cells", "steps", "points"; empty for shares
  std::string_view meaning;
  Storage storage;
  bool (*is_kept)(const OutputChoices&);
  std::uint8_t since;  ///< revision of RunRecord: files from before lack it, and runs in them stay without

  /// The number of a run with status ok on a landscape of so many cells. Counts are below 2^53, so exact.
  double (*value)(const RunRecord& record, std::uint64_t cells);

  /// Puts a stored number back into the record; null if it follows from others.
  void (*restore)(RunRecord& record, std::uint64_t number, std::uint64_t cells);

  /// Whether every file has it, and every run that is ok; else older ones are without.
  bool is_from_the_first() const { return since == 1; }

  /// The number of a run, NaN unless it is ok and not older than the quantity.
  double known(const RunRecord& record, std::uint64_t cells) const;
};

/// All of them, in the order of the file.
std::span<const RunQuantity> run_quantities();

/// The array that holds it.
ArrayRow array_of(const RunQuantity& quantity);

/// The one of that name, or null.
const RunQuantity* run_quantity(std::string_view name);

/// Whether two records of runs on a landscape of so many cells say the same, as far as both know.
bool agree(const RunRecord& one, const RunRecord& other, std::uint64_t cells);

}  // namespace firesweep
