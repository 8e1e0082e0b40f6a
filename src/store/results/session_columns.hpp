#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "firesweep/store/provenance.hpp"

namespace firesweep {

inline constexpr std::string_view sessions_group = "sessions";
inline constexpr std::string_view session_dimension = "session";

/// One column of the table of sessions: a dataset, and what it is in a session.
struct SessionColumn {
  using Member = std::variant<std::string Session::*, std::uint32_t Session::*, std::uint64_t Session::*,
                              double Session::*>;

  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  Member member;
};

inline constexpr std::array<SessionColumn, 10> session_columns = {{
    {"host", "1", "host of rank 0", &Session::host},
    {"ranks", "1", "MPI ranks", &Session::ranks},
    {"threads", "1", "threads per rank", &Session::threads},
    {"kernel", "1", "kernel asked for", &Session::kernel},
    {"start", "1", "ISO 8601, UTC", &Session::start},
    {"end", "1", "ISO 8601, UTC", &Session::end},
    {"ending", "1", "why the session ended", &Session::ending},
    {"runs", "1", "runs made in the session", &Session::runs},
    {"seconds_left", "s", "expected time to the end of the ensemble, at end", &Session::seconds_left},
    {"shard", "1", "part of the ensemble worked on, e.g. 2/8; empty for the whole", &Session::shard},
}};

/// What a value of a session is in the file: integers are signed there.
template <class T>
using StoredAs =
    typename std::conditional_t<std::is_integral_v<T>, std::make_signed<T>, std::type_identity<T>>::type;

}  // namespace firesweep
