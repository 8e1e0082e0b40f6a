#pragma once

#include <cstdint>

namespace firesweep {

enum class RunStatus : std::uint8_t { missing = 0, ok = 1, failed = 2 };

/// Grows with every number that RunRecord gets: a record that was kept before then lacks it.
inline constexpr std::uint8_t run_record_revision = 3;

/// What one fire came to. All but `status` are zero unless `status` is ok.
struct RunRecord {
  std::uint64_t burnt_cells = 0;  ///< cells that have burnt out
  std::uint64_t vegetated_cells =
      0;                     ///< vegetation at step 0, burning included; 0 unless cell counts are asked for
  std::uint64_t embers = 0;  ///< that burning cells have thrown
  std::uint64_t embers_lost = 0;         ///< those that came down beyond the grid, or where there is no land
  std::uint32_t burning_cells = 0;       ///< cells still burning when max_steps ended the run, else 0
  std::uint32_t steps = 0;               ///< steps taken until nothing burnt, or max_steps
  std::uint32_t peak_burning_cells = 0;  ///< largest number of cells burning at once
  std::uint32_t peak_step = 0;           ///< first step with that number
  std::uint32_t ignitions = 0;           ///< ignition points that started a fire
  std::uint32_t ignitions_failed = 0;    ///< ignition points that did not
  std::uint16_t ignition_x =
      0;  ///< column of the first point that was drawn, whether it started a fire or not;
  std::uint16_t ignition_y = 0;  ///< its row; both 0 unless is_drawn
  bool is_drawn = false;         ///< the ignition set is random
  RunStatus status = RunStatus::missing;
  std::uint8_t revision = run_record_revision;  ///< numbers of later ones are not known

  friend bool operator==(const RunRecord&, const RunRecord&) = default;
};

/// What a fire took of one set of assets.
struct AssetLoss {
  static constexpr std::uint32_t never = 0xFFFFFFFF;

  std::uint64_t lost = 0;              ///< what was in cells that caught fire [resolution of the set]
  std::uint32_t arrival_step = never;  ///< first step at which any of it burnt

  bool is_hit() const { return arrival_step != never; }
  friend bool operator==(const AssetLoss&, const AssetLoss&) = default;
};

/// Whether a fire started: at least one of the ignition points did, however many there are. False unless the
/// run is ok.
inline bool has_started(const RunRecord& record) {
  return record.ignitions > 0;
}

}  // namespace firesweep
