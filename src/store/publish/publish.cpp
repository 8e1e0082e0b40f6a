#include <filesystem>
#include <future>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/destination.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/early_datasets.hpp"
#include "content/seal.hpp"
#include "content/stored_hashes.hpp"
#include "hdf5/writing_hdf5.hpp"
#include "results/results_writer.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

void verify(const fs::path& path, const WrittenResults& written, unsigned threads) {
  const hdf5::Handle file = hdf5::open_file(path.string());
  if (claimed_hashes(file) != written.hashes ||
      hashes_of(file, threads, written.datasets) != written.hashes) {
    throw hdf5::Error("read back what was written: the content hash differs");
  }
}

/// Both at once: HDF5 does not look at the place of the seal.
void seal_and_verify(const fs::path& path, const WrittenResults& written, unsigned threads) {
  std::future<void> sealed =
      std::async(std::launch::async | std::launch::deferred, [&path] { put_seal(path); });
  verify(path, written, threads);
  sealed.get();
}

}  // namespace

PublicationCost publish_results(const std::string& path, const Results& results, const Provenance& provenance,
                                const Performance& performance, unsigned threads, const RunChunks* chunks) {
  const Stopwatch stopwatch;
  PublicationCost cost;
  writing_hdf5(path, [&] {
    try {
      const fs::path target = destination(path);
      const Temporary temporary(target);
      const WrittenResults written =
          write_results(temporary.path().string(), results, provenance, performance, threads,
                        chunks ? chunks->early() : EarlyDatasets());
      seal_and_verify(temporary.path(), written, threads);
      cost = written.cost;
      fs::rename(temporary.path(), target);
      Descriptor(folder_of(target), O_RDONLY | O_DIRECTORY).flush();
    } catch (const InputError& problem) {
      throw CannotWrite(fmt::format("{}: cannot be written ({})", path, problem.what()));
    }
  });
  cost.write = stopwatch.seconds() - cost.waited;
  return cost;
}

}  // namespace firesweep
