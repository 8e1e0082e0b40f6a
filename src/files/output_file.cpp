#include "firesweep/files/output_file.hpp"

#include <fcntl.h>

#include "firesweep/files/descriptor.hpp"

namespace firesweep {

OutputFile::OutputFile(const std::string& path) : target_(expected_destination(path)), temporary_(target_) {}

void OutputFile::publish() const {
  Descriptor(temporary(), O_RDONLY).flush();
  std::filesystem::rename(temporary(), target_);
  Descriptor(folder_of(target_), O_RDONLY | O_DIRECTORY).flush();
}

}  // namespace firesweep
