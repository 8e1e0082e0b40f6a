#include "results/results_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/descriptor.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"
#include "content/seal.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// Keeps off a file that a program has opened for writing with HDF5, which locks it then.
void expect_not_being_edited(const std::string& path, const Descriptor& file) {
  // Where the file system cannot lock, nobody has.
  if (::flock(file.id(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw BadResultsFile(path + ": another program has it open for writing");
}

/// Whether HDF5's signature is at one of the places where it may be: 0, 512, 1024, 2048, ...
bool is_hdf5(const Descriptor& file) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  for (std::uint64_t at = 0; at + signature.size() <= file.size();
       at = std::max<std::uint64_t>(512, 2 * at)) {
    std::string found(signature.size(), '\0');
    file.read(at, std::as_writable_bytes(std::span(found)));
    if (found == signature) return true;
  }
  return false;
}

BadResultsFile cannot_be_read(const std::string& path, const std::system_error& error) {
  return BadResultsFile(fmt::format("{}: cannot be read ({})", path, error.code().message()));
}

}  // namespace

hdf5::Handle open_intact(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) throw BadResultsFile(path + ": is not a regular file");
  try {
    const Descriptor file(path, O_RDONLY);
    if (file.size() == 0) throw BadResultsFile(path + ": is empty, not a firesweep results file");
    expect_not_being_edited(path, file);
    const std::string problem = seal_problem(file);
    if (!problem.empty()) throw BadResultsFile(fmt::format("{}: is damaged ({})", path, problem));
    if (!is_hdf5(file)) throw BadResultsFile(path + ": is not an HDF5 file, so not a firesweep results file");
  } catch (const std::system_error& error) {
    throw cannot_be_read(path, error);
  }
  return hdf5::open_file(path);
}

bool is_sealed(const std::string& path) {
  try {
    return has_seal(Descriptor(path, O_RDONLY));
  } catch (const std::system_error& error) {
    throw cannot_be_read(path, error);
  }
}

hdf5::Handle open_results(const std::string& path) {
  return reading(path, [&] {
    hdf5::Handle file = open_intact(path);
    if (hdf5::read_text_attribute(file.id(), marker_attribute) != marker) {
      throw BadResultsFile(path + ": is an HDF5 file, but not a results file that firesweep wrote");
    }
    const std::int64_t version =
        required(hdf5::read_integer_attribute(file.id(), format_version_attribute), format_version_attribute);
    if (version > results_format_version) {
      throw BadResultsFile(
          fmt::format("{}: has format version {}, newer than the {} that this firesweep reads; "
                      "use a newer firesweep",
                      path, version, results_format_version));
    }
    return file;
  });
}

hdf5::Handle open_existing_results(const std::string& path) {
  if (path.empty()) throw InputError("the name of the results file is empty");
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::none)
    throw InputError(fmt::format("{}: cannot be opened ({})", path, problem.message()));
  if (status.type() == fs::file_type::not_found) throw InputError(path + ": there is no such file");
  if (fs::is_directory(status)) throw InputError(path + ": is a directory, not a results file");
  return open_results(path);
}

}  // namespace firesweep
