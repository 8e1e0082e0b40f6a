#pragma once

#include <filesystem>
#include <string>

#include "firesweep/files/descriptor.hpp"

namespace firesweep {

/// HDF5 may crash or hang on a file whose metadata is damaged. So a published file ends in a seal, behind the
/// last byte that HDF5 knows of: a line with the SHA-256 of everything before it, which is checked before
/// HDF5 sees the file. HDF5 ignores it, and cuts it off when it opens the file for writing.

/// Appends the seal to a file that HDF5 has closed, and returns when all of it is on the disk. Throws
/// std::system_error.
void put_seal(const std::filesystem::path& path);

/// What is wrong with the file, in words that follow "is damaged", or nothing if its seal is intact or it has
/// none. A file that was cut or grew, or whose seal is damaged, is not mistaken for one without a seal.
/// Throws std::system_error if it cannot be read.
std::string seal_problem(const Descriptor& file);

/// Whether it ends in a seal, intact or not. Throws std::system_error.
bool has_seal(const Descriptor& file);

}  // namespace firesweep
