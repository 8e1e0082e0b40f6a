#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/experiment/plan.hpp"

#include "hdf5/hdf5.hpp"
#include "results/run_table.hpp"
#include "results/stored_column.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {

/// Restores what an open results file knows of each scenario, and checks that it makes sense as a whole.
/// Whatever is wrong throws hdf5::Error.
class StoredScenarios {
 public:
  /// All must outlive it: the file, its dimensions, its runs, and the plan of the experiment in it.
  StoredScenarios(const hdf5::Handle& file, const StoredMatrix& matrix, RunTable& runs, const Plan& plan);

  std::vector<RunRecord> records(std::size_t scenario);
  ScenarioResults scenario(std::size_t scenario);

 private:
  struct Curves {
    StoredColumn burning;
    StoredColumn burning_squares;
    StoredColumn burnt_squares;
    std::optional<StoredColumn> burnt;  ///< where it does not follow from `burning`
  };

  void read_failure_messages();
  std::vector<Failure> failures(std::size_t scenario, const std::vector<RunRecord>& records) const;
  std::vector<AssetLoss> losses(std::size_t scenario, const std::vector<RunRecord>& records);
  RunCurves run_curves(std::size_t scenario, const std::vector<RunRecord>& records);
  CurveTally curves(std::size_t scenario, const std::vector<RunRecord>& records);
  void read_maps(std::size_t scenario, ScenarioResults& known) const;
  std::uint64_t runs_ok(std::size_t scenario) const { return runs_.counts()[scenario].ok; }

  const hdf5::Handle& file_;
  const StoredMatrix& matrix_;
  RunTable& runs_;
  const Plan& plan_;
  std::optional<Curves> curves_;
  std::optional<StoredColumn> run_curves_;
  std::optional<StoredColumn> run_burnt_;
  std::vector<std::size_t> first_failure_;  // by scenario: where its failures begin in the two below
  std::vector<std::uint64_t> failed_seeds_;
  std::vector<std::string> messages_;
};

}  // namespace firesweep
