#pragma once

#include <CLI/CLI.hpp>

namespace firesweep {

/// Accepts seconds from `least` on; unlike CLI::Range not NaN.
CLI::Validator seconds_from(double least);

/// Accepts numbers, and of a percentage says which share it probably means.
CLI::Validator number_or_share();

/// Refuses what CLI11 makes of -o=FILE, which is a file named "=FILE".
CLI::Validator output_name();

}  // namespace firesweep
