#pragma once

#include <optional>
#include <string>

#include "firesweep/store/results_file.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Opens an HDF5 file that is not damaged as far as its seal can tell. Throws BadResultsFile, or hdf5::Error
/// if only HDF5 finds fault with it.
hdf5::Handle open_intact(const std::string& path);

/// Opens a firesweep results file of a format that is understood. Throws BadResultsFile, saying why it is
/// none.
hdf5::Handle open_results(const std::string& path);

/// The same for a file that the user named. Throws InputError if there is none.
hdf5::Handle open_existing_results(const std::string& path);

/// The value of the attribute of that name. Throws hdf5::Error if there is none.
template <class T>
T required(const std::optional<T>& attribute, const std::string& name) {
  if (!attribute) throw hdf5::Error("find the root attribute '" + name + "'");
  return *attribute;
}

/// Calls `read`, and has what HDF5 could not do name the file, as BadResultsFile.
template <class Read>
auto reading(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const hdf5::Error& error) {
    throw BadResultsFile(path + ": the file is damaged or cannot be read (could not " + error.what() + ")");
  }
}

}  // namespace firesweep
