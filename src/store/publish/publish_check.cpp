#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/destination.hpp"
#include "firesweep/store/results_file.hpp"

#include "results/results_reader.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// Refuses to replace a file that is not ours.
void check_existing(const std::string& path) {
  try {
    open_results(path);
  } catch (const BadResultsFile& problem) {
    throw BadResultsFile(
        fmt::format("{}; it is left as it is: choose another output with -o, or move it aside with --fresh",
                    problem.what()));
  }
}

}  // namespace

void check_output(const std::string& path) {
  const fs::path target = expected_destination(path);
  std::error_code problem;
  if (fs::exists(target, problem)) check_existing(path);
  const Temporary temporary(target);
  try {
    const Descriptor probe(temporary.path(), O_WRONLY | O_CREAT | O_EXCL);
  } catch (const std::system_error& error) {
    throw CannotWrite(fmt::format("{}: cannot write into the folder {} ({})", path,
                                  folder_of(target).string(), error.code().message()));
  }
}

std::string move_aside(const std::string& path) {
  const fs::path target = expected_destination(path);
  std::error_code problem;
  if (!fs::exists(target, problem)) return {};
  fs::path aside;
  for (int i = 1; aside.empty() || fs::exists(fs::symlink_status(aside, problem)); ++i) {
    aside = target.parent_path() /
            fmt::format("{}.old-{}{}", target.stem().string(), i, target.extension().string());
  }
  fs::rename(target, aside, problem);
  if (problem) {
    throw CannotWrite(
        fmt::format("{}: cannot be moved aside to {} ({})", path, aside.string(), problem.message()));
  }
  return aside.string();
}

}  // namespace firesweep
