#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/io/provenance.hpp"

namespace firesweep::sample {

/// Two danger levels, two ignition sets and three winds, the first wind excluded at the first level, on 20 x
/// 17 cells with every output asked for; eight seeds.
Experiment experiment();

/// Made-up fires of every scenario that is not excluded, in blocks of three seeds. One run has failed, one is
/// missing.
std::vector<BlockResult> blocks(const Plan& plan);

Provenance provenance();
Performance performance();

/// A folder of its own for a test, which goes with this object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

  /// Names of everything in it, hidden files included, ascending.
  std::vector<std::string> names() const;

 private:
  std::string path_;
};

std::string bytes_of(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

/// Publishes the sample ensemble; blocks in order.
void publish(const std::string& path, const Performance& performance = sample::performance());

}  // namespace firesweep::sample
