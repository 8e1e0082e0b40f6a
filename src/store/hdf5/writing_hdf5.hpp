#pragma once

#include <string>

#include "firesweep/files/cannot_write.hpp"
#include "firesweep/files/output_file.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Calls `write`, and has what HDF5 or the system could not do name the file, as CannotWrite.
template <class Write>
auto writing_hdf5(const std::string& path, const Write& write) {
  return writing(path, [&] {
    try {
      return write();
    } catch (const hdf5::Error& error) {
      throw CannotWrite(path + ": cannot be written (could not " + error.what() + ")");
    }
  });
}

}  // namespace firesweep
