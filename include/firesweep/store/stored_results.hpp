#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/check/matrix_shape.hpp"
#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/store/stored_ensemble.hpp"

namespace firesweep {

/// One dimension of the matrix as read back from a file.
struct StoredAxis {
  std::string name;
  std::vector<std::string> labels;
};

/// A results file to be looked at. Unlike StoredEnsemble it need understand neither the experiment nor its
/// random numbers, so that a file can be read that no work could go on with; what it does understand must fit
/// the file. The file stays open; only what is asked for is in memory. Whatever reads throws BadResultsFile
/// if the file turns out to be damaged.
class StoredResults {
 public:
  /// Throws BadResultsFile, naming what is wrong, or InputError if there is no such file.
  explicit StoredResults(const std::string& path);
  ~StoredResults();
  StoredResults(const StoredResults&) = delete;
  StoredResults& operator=(const StoredResults&) = delete;

  const std::string& path() const;
  const std::string& name() const;  ///< of the experiment
  const std::string& content_sha256() const;
  std::int64_t rng_version() const;  ///< of the layout of its random draws
  Extent extent() const;
  const MaybePlacement& placement() const;      ///< of the landscape on the ground, if anybody has said it
  std::uint64_t burnable_cells() const;         ///< what burn fractions are of
  std::optional<double> cell_hectares() const;  ///< of a cell [ha], if anybody has said how large one is
  std::optional<double> step_minutes() const;   ///< that a step takes, if anybody has said it
  const std::vector<StoredAxis>& axes() const;  ///< seeds apart
  const MatrixShape& shape() const;             ///< of the scenarios
  const std::vector<std::uint64_t>& seeds() const;
  const OutputChoices& choices() const;  ///< as far as they say what is in the file

  /// By scenario; numbered in row-major order of the axes, excluded ones included.
  const std::vector<RunCounts>& counts() const;

  /// A scenario's coordinates as text, in the order of the axes.
  std::vector<std::string> labels(std::size_t scenario) const;

  /// What is known of every run, names of datasets: "burn_fraction", always, and "burnt_cells", "steps", ...
  /// as far as the file has them.
  const std::vector<std::string>& run_columns() const;

  /// What a column is; null if there is none of that name.
  const RunQuantity* run_quantity(const std::string& column) const;

  /// One of the columns, shape (seeds); NaN unless the run is ok. Shares are in [0, 1], counts of cells are
  /// no more than the landscape has. Quickest in the order of the scenarios.
  std::vector<double> run_values(const std::string& column, std::size_t scenario) const;

  /// What became of the runs, shape (seeds).
  std::vector<RunStatus> statuses(std::size_t scenario) const;

  /// Share of runs in which each cell caught fire, shape (height, width); only with choices().maps.
  std::vector<float> burn_probability(std::size_t scenario) const;

  /// The fires of two scenarios that differ in one axis compared cell by cell; nothing unless the experiment had
  /// outputs.paired_maps and compared that axis.
  std::optional<PairMaps> pair_maps(std::size_t first, std::size_t second) const;

  /// Whether the file has a map of each of its years, by number as seasons_of() has them.
  bool has_annual_maps() const;
  /// Chance that each cell catches fire in a year, shape (height, width); only if has_annual_maps().
  std::vector<float> annual_burn_probability(std::size_t year) const;

  /// The elevation of a scenario's ground [m], shape (height, width), NaN where it is not known; empty if the file has
  /// none.
  std::vector<float> elevation(std::size_t scenario) const;

  /// Where a scenario's wind drives its fires [degrees clockwise of true north, 0..360]; absent if it turns none, or if
  /// this firesweep does not understand the experiment.
  std::optional<double> wind_to(std::size_t scenario) const;

  /// The year that its fires add up to, by the axes of the file; absent if the experiment has none, or if this firesweep
  /// does not understand it.
  std::optional<Season> season() const;

  /// What is at stake, without what lies where; none if the experiment has none, or if this firesweep does not understand
  /// it.
  std::vector<Assets> assets() const;

  /// When scenarios have seeds enough; absent if seeds do not grow, or if this firesweep does not understand it.
  std::optional<StoppingRule> until() const;

  /// The samples of its design, the last axis; absent if there is none, or if this firesweep does not understand it.
  std::optional<SampleAxis> samples() const;

  /// What the effects of the design are on, as design_quantities(); empty without one.
  std::vector<std::string> design_quantities() const;

  /// The estimates in the file. What an older firesweep has not written is NaN or absent. What no dataset
  /// holds is NaN as well: standard deviations and errors but those of the burn fraction, level means.
  Estimates estimates() const;

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace firesweep
