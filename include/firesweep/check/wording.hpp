#pragma once

#include <string>
#include <string_view>

namespace firesweep {

/// A count with thin groups, e.g. "21 000".
std::string grouped(unsigned long long count);

/// So many of `one`, an English noun whose plural ends in -s: "1 run", "21 000 runs", "0 runs".
std::string counted(unsigned long long count, std::string_view one);

/// A size for people, e.g. "12.3 MiB".
std::string bytes_text(unsigned long long bytes);

/// A duration for people, e.g. "0.4 s", "3 min 20 s", "2 h 5 min".
std::string duration(double seconds);

}  // namespace firesweep
