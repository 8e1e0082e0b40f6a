#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "firesweep/ensemble/performance.hpp"

namespace firesweep {

/// One stretch of work on a results file.
struct Session {
  std::string host;
  std::uint32_t ranks = 1;
  std::uint32_t threads = 1;  ///< per rank
  std::string kernel;         ///< as asked for, e.g. "auto"
  std::string start;          ///< ISO 8601, UTC
  std::string end;
  std::string ending;         ///< why it ended, e.g. "complete", or "running"
  std::uint64_t runs = 0;     ///< made in this session
  double seconds_left = 0.0;  ///< expected time to the end of the ensemble, at `end` [s]
  std::string shard;          ///< "2/8", or empty for the whole ensemble
};

/// Where a results file comes from.
struct Provenance {
  std::string command_line;
  std::string experiment_path;
  std::string yaml_as_written;
  std::vector<std::string> overrides;
  std::string yaml_as_resolved;
  std::vector<std::pair<std::string, std::string>>
      raster_libraries;  ///< name and version of what read the rasters
  std::vector<Session> sessions;
};

/// How the work went.
struct Performance {
  double wall_seconds = 0.0;
  std::vector<RankPerformance> ranks;
};

/// What this binary is: (name, value) pairs such as version, git_commit, compiler, compiler_flags, library
/// versions.
std::vector<std::pair<std::string, std::string>> build_facts();

/// The time now as ISO 8601 in UTC, e.g. "2026-11-23T03:19:00Z".
std::string utc_now();

std::string host_name();

}  // namespace firesweep
