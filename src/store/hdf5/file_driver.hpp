#pragma once

#include "hdf5/hdf5.hpp"

namespace firesweep::hdf5 {

/// Properties for opening or creating a file through this program's own driver.
///
/// HDF5 1.10 cannot close a file if the system refuses that or the last writes: it keeps a dangling
/// reference, which crashes the process when it exits. With this driver neither fails: it notes the errno of
/// the first refused write in `refusal` (0 before), which must outlive the file, and drops what comes after
/// it. A file that is only read needs no `refusal`. The driver creates files only where there is none, and
/// locks nothing: by default HDF5 does, and cannot read where the file system cannot lock.
Handle access_through_driver(int* refusal);

}  // namespace firesweep::hdf5
