#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/run_columns.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {

/// The land that a fire is counted on.
struct Land {
  std::uint64_t cells = 0;     ///< that can burn: what burn fractions are of
  double cell_hectares = nan;  ///< NaN where nobody has said how large a cell is

  Land(std::uint64_t burnable_cells, double hectares = nan)
      : cells(burnable_cells), cell_hectares(hectares) {}
};

/// That of an experiment.
Land land_of(const Experiment& experiment);

/// A number that is kept of every run: one dataset of a results file, shape (scenarios.., seeds).
struct RunQuantity {
  enum class Storage : std::uint8_t {
    share,    ///< floating-point, 0..1, NaN where it is not known
    count_4,  ///< integer of 4 bytes, -1 where it is not known
    count_8,  ///< the same of 8 bytes
    amount,   ///< floating-point, in its unit, NaN where it is not known
  };

  std::string_view name;
  std::string_view unit;     ///< "1" for none
  std::string_view counted;  ///< what a count is of: "cells", "steps", "points", ...; empty for shares
  std::string_view meaning;
  Storage storage;
  bool (*is_kept)(const OutputChoices&);
  std::uint8_t since;  ///< revision of RunRecord: files from before lack it, and runs in them stay without

  /// The number of a run with status ok on that land. Counts are below 2^53, so exact. Null for what no record says.
  double (*value)(const RunRecord& record, const Land& land);

  /// Puts a stored number back into the record; null if it follows from others.
  void (*restore)(RunRecord& record, std::uint64_t number, const Land& land);

  About about = About::anything;  ///< what there has to be in an experiment
  bool is_of_some = false;        ///< of runs that are ok and know it, some have none: value() is NaN
  /// The place among run_members of the one that it follows from, if there is one; a count is just that one.
  std::optional<std::size_t> member = std::nullopt;

  /// Whether every file has it, and every run that is ok; else older ones are without.
  bool is_from_the_first() const { return since == 1; }

  /// Whether it may be missing of a run that is ok.
  bool may_be_unknown() const { return is_of_some || !is_from_the_first(); }

  /// The number of a run, NaN unless it is ok and not older than the quantity, or where it has none.
  double known(const RunRecord& record, const Land& land) const;
};

/// All of them, in the order of the file.
std::span<const RunQuantity> run_quantities();

/// The array that holds it.
ArrayRow array_of(const RunQuantity& quantity);

/// The one of that name, or null.
const RunQuantity* run_quantity(std::string_view name);

/// Whether two records of runs on the same land say the same, as far as both know.
bool agree(const RunRecord& one, const RunRecord& other, const Land& land);

}  // namespace firesweep
