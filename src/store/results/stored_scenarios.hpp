#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "hdf5/hdf5.hpp"
#include "results/stored_column.hpp"

namespace firesweep {

/// Reads what an open results file knows of each scenario, and checks that it makes sense as a whole.
/// Whatever is wrong throws hdf5::Error.
class StoredScenarios {
 public:
  /// `file` and `plan`, that of the experiment in the file, must outlive it.
  StoredScenarios(const hdf5::Handle& file, const Plan& plan);

  const std::vector<RunCounts>& counts() const { return counts_; }
  std::vector<RunRecord> records(std::size_t scenario);
  ScenarioResults scenario(std::size_t scenario);

 private:
  struct Curves {
    std::size_t length;
    StoredColumn burning;
    StoredColumn burning_squares;
    StoredColumn burnt_squares;
  };

  std::vector<std::uint64_t> read_per_scenario(const std::string& name) const;
  void read_counts();
  hdf5::Shape shape(const hdf5::Shape& more) const;
  void read_failure_messages();
  std::vector<Failure> failures(std::size_t scenario, const std::vector<RunRecord>& records) const;
  RunCurves run_curves(std::size_t scenario, const std::vector<RunRecord>& records);
  CurveTally curves(std::size_t scenario, const std::vector<RunRecord>& records);
  void read_maps(std::size_t scenario, std::uint64_t runs_ok, ScenarioResults& known) const;

  const hdf5::Handle& file_;
  const Plan& plan_;
  StoredColumn status_;
  std::vector<std::pair<const RunQuantity*, StoredColumn>> columns_;  // those that records are restored from
  std::optional<Curves> curves_;
  hsize_t steps_ = 0;  // of every run's curve in the file
  std::optional<StoredColumn> run_curves_;
  std::string_view absent_;  // what should be among the columns and is not; whoever only counts does without
  std::vector<RunCounts> counts_;           // by scenario
  std::vector<std::size_t> first_failure_;  // by scenario: where its failures begin in the two below
  std::vector<std::uint64_t> failed_seeds_;
  std::vector<std::string> messages_;
};

}  // namespace firesweep
