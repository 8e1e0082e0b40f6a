#pragma once

#include <cstddef>
#include <vector>

namespace firesweep {

/// The processes that work together, by MPI. One process without mpirun is a world of one.
/// Make one, first thing in main, and only on the main thread; it finalises MPI when it goes.
class World {
 public:
  /// Throws InputError if a launcher started several processes but they do not see each other.
  World(int& argc, char**& argv);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  int rank() const { return rank_; }
  int size() const { return size_; }
  bool is_root() const { return rank_ == 0; }

  /// Gives every rank rank 0's bytes. Collective.
  void broadcast(std::vector<std::byte>& bytes);

  /// Ends all ranks at once with this exit code: for what one rank cannot tell the others in time.
  [[noreturn]] void abort(int exit_code);

 private:
  int rank_ = 0;
  int size_ = 1;
  bool has_mpi_ = false;
};

}  // namespace firesweep
