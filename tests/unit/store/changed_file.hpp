#pragma once

#include <functional>
#include <string>

#include <hdf5.h>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "results_sample.hpp"

namespace firesweep::sample {

/// What somebody does to an open results file.
using Change = std::function<void(hid_t)>;

inline Change remove(const std::string& name) {
  return [=](hid_t file) { H5Ldelete(file, name.c_str(), H5P_DEFAULT); };
}

/// A sample file, changed by somebody.
inline std::string changed(const Folder& folder, const Change& change) {
  const std::string path = folder / "sample.h5";
  publish(path);
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  change(file);
  H5Fclose(file);
  return path;
}

/// All that an ensemble is asked for when it is gone on with.
inline void restore_all(const std::string& path) {
  const StoredEnsemble stored(path, StoredEnsemble::Check::file);
  Results results(stored.plan());
  stored.restore(results);
}

}  // namespace firesweep::sample
