#pragma once

#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/store/provenance.hpp"

#include "folder.hpp"
#include "sample_experiment.hpp"

namespace firesweep::sample {

/// Made-up fires of every scenario that is not excluded, in blocks of three seeds. One run has failed, one is
/// missing.
std::vector<BlockResult> blocks(const Plan& plan);

Provenance provenance();
Performance performance();

/// Publishes the sample ensemble; blocks in order.
void publish(const std::string& path, const Performance& performance = sample::performance());

}  // namespace firesweep::sample
