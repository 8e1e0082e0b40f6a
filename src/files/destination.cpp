#include "firesweep/files/destination.hpp"

#include <algorithm>
#include <climits>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "firesweep/check/input_error.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view temporary_suffix = "tmp-";  // and the number of the process

/// The longest name of a file of which the temporary beside it, ".NAME.tmp-4194304", has a name that a file
/// system takes.
constexpr std::size_t longest_name = NAME_MAX - 16;

}  // namespace

fs::path destination(fs::path path) {
  constexpr int most_links = 40;  // as the system's own limit
  std::error_code ignored;        // what cannot be looked at cannot be written, and the writing says why
  for (int i = 0; i < most_links && fs::is_symlink(path, ignored); ++i) {
    path = path.parent_path() / fs::read_symlink(path, ignored);  // an absolute one replaces the parent
  }
  if (fs::is_symlink(path, ignored))
    throw InputError(path.string() + ": is a symbolic link that leads in a circle");
  return path;
}

fs::path expected_destination(const std::string& path) {
  const std::string shown = path.empty() ? "(empty path)" : path;
  std::error_code problem;
  const fs::path target = destination(path);
  if (fs::is_directory(target, problem)) {
    throw InputError(fmt::format("{}: is a directory; the output must be a file, e.g. {}", shown,
                                 (fs::path(path) / "results.h5").lexically_normal().string()));
  }
  if (!target.has_filename()) throw InputError(shown + ": is not the name of a file");
  if (const std::size_t length = target.filename().native().size(); length > longest_name) {
    throw InputError(
        fmt::format("{}: the name of the file is too long ({} bytes, at most {}); choose another", shown,
                    length, longest_name));
  }
  const fs::path folder = folder_of(target);
  if (!fs::is_directory(folder, problem)) {
    const bool is_absent = !problem || problem == std::errc::no_such_file_or_directory;
    throw InputError(
        is_absent ? fmt::format("{}: the folder {} does not exist; create it first", shown, folder.string())
                  : fmt::format("{}: the folder {} cannot be used ({})", shown, folder.string(),
                                problem.message()));
  }
  return target;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

fs::path companion(const fs::path& results, std::string_view suffix) {
  return folder_of(results) / fmt::format(".{}.{}", results.filename().string(), suffix);
}

Temporary::Temporary(const fs::path& results)
    : path_(companion(results, fmt::format("{}{}", temporary_suffix, ::getpid()))) {
  remove();  // what a killed process of the same number left
}

Temporary::~Temporary() {
  remove();
}

void Temporary::remove() const {
  ::unlink(path_.c_str());
}

void remove_temporaries(const fs::path& results) {
  const std::string prefix = companion(results, temporary_suffix).filename().string();
  const auto is_temporary = [&](const std::string& name) {
    return name.size() > prefix.size() && name.starts_with(prefix) &&
           std::all_of(name.begin() + static_cast<std::ptrdiff_t>(prefix.size()), name.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  std::error_code problem;  // what cannot be listed or removed takes up room and does no harm
  for (fs::directory_iterator entry(folder_of(results), problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (is_temporary(entry->path().filename().string())) ::unlink(entry->path().c_str());
  }
}

}  // namespace firesweep
