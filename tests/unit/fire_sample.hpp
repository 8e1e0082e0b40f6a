#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "firesweep/ensemble/fire_recorder.hpp"

#include "sample_experiment.hpp"

namespace firesweep::sample {

/// A fire of three steps that runs along the first row of 20 x 17 cells.
struct Fire {
  Plan plan{experiment()};
  ReplayedFire replayed{.plan = plan,
                        .scenario = 1,
                        .seed = 2,
                        .record = {.burnt_cells = 3, .steps = 3, .status = RunStatus::ok},
                        .comparison = "identical",
                        .results_path = "sample.h5",
                        .content_sha256 = "c0ffee",
                        .command_line = "firesweep replay sample.h5"};

  std::vector<CellState> states(std::uint32_t step) const {
    std::vector<CellState> cells(plan.experiment().base.extent.cells(), CellState::vegetation);
    std::fill_n(cells.begin(), step, CellState::burnt);
    if (step < replayed.record.steps) cells[step] = CellState::burning;
    cells.back() = CellState::empty;
    return cells;
  }

  void burn(FireRecorder& recorder) const {
    for (std::uint32_t step = 0; step <= replayed.record.steps; ++step)
      if (recorder.wants(step)) recorder.add(step, states(step));
  }
};

}  // namespace firesweep::sample
