#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/destination.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/content_hash.hpp"
#include "content/seal.hpp"
#include "hdf5/writing_hdf5.hpp"
#include "results/results_reader.hpp"
#include "results/results_writer.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

void verify(const fs::path& path, const StoredHashes& expected) {
  const hdf5::Handle file = open_results(path.string());
  if (claimed_hashes(file) != expected || hashes_of(file) != expected) {
    throw hdf5::Error("read back what was written: the content hash differs");
  }
}

}  // namespace

void publish_results(const std::string& path, const Results& results, const Estimates& estimates,
                     const Provenance& provenance, const Performance& performance) {
  writing_hdf5(path, [&] {
    try {
      const fs::path target = destination(path);
      const Temporary temporary(target);
      const StoredHashes hashes =
          write_results(temporary.path().string(), results, estimates, provenance, performance);
      put_seal(temporary.path());
      verify(temporary.path(), hashes);
      fs::rename(temporary.path(), target);
      Descriptor(folder_of(target), O_RDONLY | O_DIRECTORY).flush();
    } catch (const BadResultsFile& problem) {
      throw CannotWrite(fmt::format("{}: cannot be written ({})", path, problem.what()));
    } catch (const InputError& problem) {
      throw CannotWrite(fmt::format("{}: cannot be written ({})", path, problem.what()));
    }
  });
}

}  // namespace firesweep
