#pragma once

#include <optional>
#include <string_view>

namespace firesweep {

/// Reads a length of time: seconds ("90", "1.5"), with a unit ("90s", "30m", "2h", "1d"), or as Slurm writes
/// it ("30:00", "2:00:00", "1-12:00:00"). Returns seconds, or nothing if it is none of these.
std::optional<double> parse_duration(std::string_view text);

}  // namespace firesweep
