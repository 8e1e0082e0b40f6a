#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "hdf5/hdf5.hpp"
#include "results/stored_column.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {

/// What a results file tells of each run, a column per quantity, and how many runs there are. Whatever is wrong
/// throws hdf5::Error.
class RunTable {
 public:
  /// `matrix`, that of the file, must outlive it. The counts by scenario are read at once, the rest when asked
  /// for.
  RunTable(const hdf5::Handle& file, const StoredMatrix& matrix);

  /// By scenario.
  const std::vector<RunCounts>& counts() const { return counts_; }

  /// Those that the file has, in the order of all.
  const std::vector<const RunQuantity*>& quantities() const { return quantities_; }
  bool has(const RunQuantity& quantity) const;
  /// The one of that name, or null.
  const RunQuantity* find(std::string_view name) const;

  /// What became of the runs, shape (seeds).
  std::vector<RunStatus> statuses(std::size_t scenario);

  /// A quantity that the file has of these runs, shape (seeds): NaN unless the run is ok and not older.
  std::vector<double> values(const RunQuantity& quantity, std::size_t scenario,
                             const std::vector<RunStatus>& statuses);

 private:
  template <class T>
  std::vector<double> read(StoredColumn& column, std::size_t scenario) const;
  double most(const RunQuantity& quantity) const;
  void count_starts(const hdf5::Handle& file);

  void add(const hdf5::Handle& file, const RunQuantity& quantity);

  const StoredMatrix& matrix_;
  StoredColumn status_;
  std::vector<const RunQuantity*> quantities_;
  std::vector<StoredColumn> columns_;  // one each
  std::vector<RunCounts> counts_;
};

}  // namespace firesweep
