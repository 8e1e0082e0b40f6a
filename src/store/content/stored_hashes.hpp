#pragma once

#include <string>

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

/// The same with some of the cores that this process may use.
StoredHashes hashes_of(const hdf5::Handle& file);

/// Those that the file claims. One that is missing is empty.
StoredHashes claimed_hashes(const hdf5::Handle& file);

}  // namespace firesweep
