#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "firesweep/engine/record.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// A run of a results file that was made again.
struct ReplayedFire {
  const Plan& plan;  ///< of the results file
  std::size_t scenario = 0;
  std::size_t seed = 0;  ///< index into the plan's seeds
  RunRecord record;
  std::string comparison;      ///< how the record compares with that in the results file
  std::string results_path;    ///< as given
  std::string content_sha256;  ///< of the results file
  std::string command_line;
};

/// A file that keeps the states of one fire, which come one by one from the initial to the last.
class FireRecorder {
 public:
  virtual ~FireRecorder() = default;

  /// Whether the state after so many steps is to be added.
  virtual bool wants(std::uint32_t step) const = 0;

  /// Adds the CellState of every cell, shape (height, width). Throws CannotWrite.
  virtual void add(std::uint32_t step, std::span<const CellState> states) = 0;

  /// To be called when all that was wanted has been added: flushes the file to disk and gives it its name,
  /// at which there was nothing new until then. Throws CannotWrite.
  virtual void publish() = 0;
};

}  // namespace firesweep
