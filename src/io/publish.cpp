#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/io/experiment_file.hpp"
#include "firesweep/io/results_file.hpp"

#include "content_hash.hpp"
#include "results_marker.hpp"
#include "results_reader.hpp"
#include "results_writer.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// An open file descriptor.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags, 0666)) {
    if (descriptor_ < 0) fail();
  }
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  /// Returns when everything is on the disk itself.
  void flush() const {
    // Some file systems cannot flush a folder and say so with EINVAL; there is nothing more to be done on
    // them.
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail();
  }

 private:
  [[noreturn]] static void fail() { throw std::system_error(errno, std::generic_category()); }

  int descriptor_;
};

/// Where `path` leads through symbolic links, the last of which may point at nothing.
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

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The name of a file beside `path` that nobody else uses; it goes with this object unless it has been
/// renamed.
class Temporary {
 public:
  explicit Temporary(const fs::path& path)
      : path_(folder_of(path) / fmt::format(".{}.tmp-{}", path.filename().string(), ::getpid())) {
    remove();  // what a killed process of the same number left
  }
  ~Temporary() { remove(); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  const fs::path& path() const { return path_; }

 private:
  void remove() const { ::unlink(path_.c_str()); }

  fs::path path_;
};

void verify(const fs::path& path, const std::string& expected) {
  const hdf5::Handle file = open_results(path.string());
  const auto stored = hdf5::read_text_attribute(file.id(), content_hash_attribute);
  if (stored != expected || content_sha256(file) != expected) {
    throw hdf5::Error("read back what was written: the content hash differs");
  }
}

/// The first key in which two experiments differ so that their runs have nothing to do with each other.
std::string_view differing_key(const Experiment& a, const Experiment& b) {
  const Scenario& one = a.base;
  const Scenario& other = b.base;
  if (a.name != b.name) return "name";
  if (one.extent != other.extent || one.vegetation_density != other.vegetation_density) return "landscape";
  if (one.weather != other.weather) return "weather";
  if (one.spread != other.spread) return "model";
  if (one.on_bare_ground != other.on_bare_ground) return "on_bare_ground";
  if (one.max_steps != other.max_steps) return "max_steps";
  return {};
}

/// Refuses to replace a file that is not ours.
void check_existing(const std::string& path) {
  try {
    open_results(path);
  } catch (const BadResultsFile& problem) {
    throw InputError(
        fmt::format("{}; it is not overwritten: remove it or choose another output", problem.what()));
  }
}

}  // namespace

void check_output(const std::string& path) {
  const std::string shown = path.empty() ? "(empty path)" : path;
  std::error_code problem;
  const fs::path target = destination(path);
  if (fs::is_directory(target, problem)) {
    throw InputError(fmt::format("{}: is a directory; the output must be a file, e.g. {}", shown,
                                 (fs::path(path) / "results.h5").lexically_normal().string()));
  }
  if (!target.has_filename()) throw InputError(shown + ": is not the name of a file");
  const fs::path folder = folder_of(target);
  if (!fs::is_directory(folder, problem)) {
    throw InputError(
        fmt::format("{}: the folder {} does not exist; create it first", shown, folder.string()));
  }
  if (fs::exists(target, problem)) check_existing(path);
  const Temporary temporary(target);
  try {
    const Descriptor probe(temporary.path(), O_WRONLY | O_CREAT | O_EXCL);
  } catch (const std::system_error& error) {
    throw InputError(fmt::format("{}: cannot write into the folder {} ({})", shown, folder.string(),
                                 error.code().message()));
  }
}

void check_same_experiment(const std::string& path, const Experiment& experiment) {
  std::error_code problem;
  if (!fs::exists(path, problem)) return;
  const hdf5::Handle file = open_results(path);
  const hdf5::Handle provenance = hdf5::open_group(file.id(), "provenance");
  const auto yaml = hdf5::read_text_attribute(provenance.id(), "yaml_as_resolved");
  std::string_view key;
  try {
    key = differing_key(parse_experiment({path, yaml.value_or(""), {}}), experiment);
  } catch (const InputError&) {
    key = "yaml_as_resolved";  // written by a version with other ideas of what an experiment is
  }
  if (key.empty()) return;
  throw BadResultsFile(
      fmt::format("{}: holds the results of another experiment ({} differs); it is not overwritten: choose "
                  "another output or remove it",
                  path, key));
}

void publish_results(const std::string& path, const Results& results, const std::vector<Summary>& summaries,
                     const Provenance& provenance, const Performance& performance) {
  try {
    const fs::path target = destination(path);
    const Temporary temporary(target);
    const std::string hash =
        write_results(temporary.path().string(), results, summaries, provenance, performance);
    verify(temporary.path(), hash);
    Descriptor(temporary.path(), O_RDONLY).flush();
    fs::rename(temporary.path(), target);
    Descriptor(folder_of(target), O_RDONLY | O_DIRECTORY).flush();
  } catch (const hdf5::Error& error) {
    throw std::runtime_error(fmt::format("{}: cannot be written (could not {})", path, error.what()));
  } catch (const std::system_error& error) {
    throw std::runtime_error(fmt::format("{}: cannot be written ({})", path, error.code().message()));
  } catch (const BadResultsFile& problem) {
    throw std::runtime_error(fmt::format("{}: cannot be written ({})", path, problem.what()));
  }
}

}  // namespace firesweep
