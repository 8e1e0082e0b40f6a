#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "content/content_hash.hpp"
#include "content/verified_encoder.hpp"
#include "hdf5/hdf5.hpp"

namespace firesweep {

/// What could be compressed and hashed of a dataset before it is written.
struct EarlyDataset {
  hdf5::Shape shape;
  std::map<std::uint64_t, std::shared_ptr<const EncodedChunk>>
      chunks;        ///< by their numbers; some may be absent
  DatasetHash hash;  ///< of the first `hashed` chunks
  std::uint64_t hashed = 0;
};

/// By the datasets' full names.
struct EarlyDatasets {
  std::map<std::string, EarlyDataset> by_name;
};

}  // namespace firesweep
