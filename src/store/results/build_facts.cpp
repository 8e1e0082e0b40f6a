#include <array>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <hdf5.h>
#include <unistd.h>

#include "firesweep/digest/sha256.hpp"
#include "firesweep/store/provenance.hpp"

#include "build_record.hpp"

namespace firesweep {
namespace {

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return fmt::format("{}.{}.{}", major, minor, release);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> build_facts() {
  return {
      {"version", build_record::version},
      {"git_commit", build_record::git_commit},
      {"git_dirty", build_record::git_dirty},
      {"build_type", build_record::build_type},
      {"compiler", build_record::compiler},
      {"compiler_flags", build_record::compiler_flags},
      {"mpi_standard", build_record::mpi_standard},
      {"hdf5_version", hdf5_version()},
      {"yaml_cpp_version", build_record::yaml_cpp_version},
      {"fmt_version",
       fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"boost_version", build_record::boost_version},
      {"openssl_version", openssl_version()},
  };
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace firesweep
