#pragma once

#include <string>

#include "content/written_datasets.hpp"
#include "hdf5/hdf5.hpp"

namespace firesweep {

/// The two hashes of what is in a file.
struct StoredHashes {
  std::string content;
  std::string estimates;

  friend bool operator==(const StoredHashes&, const StoredHashes&) = default;
};

/// Makes them from the datasets that the file says they cover. Throws hdf5::Error if those cannot be read.
/// `threads`, this one and others that end with the call, decompress and hash.
StoredHashes hashes_of(const hdf5::Handle& file, unsigned threads);

/// The same of a file in which what was written should be. Chunks that lie there as they were written are not
/// decompressed again. Throws hdf5::Error also if one does not.
StoredHashes hashes_of(const hdf5::Handle& file, unsigned threads, const WrittenDatasets& written);

/// The same with some of the cores that this process may use.
StoredHashes hashes_of(const hdf5::Handle& file);

/// Those that the file claims. One that is missing is empty.
StoredHashes claimed_hashes(const hdf5::Handle& file);

}  // namespace firesweep
