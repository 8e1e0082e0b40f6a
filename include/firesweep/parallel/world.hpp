#pragma once

#include <cstddef>
#include <stdexcept>
#include <vector>

namespace firesweep {

/// Thrown on a rank that has lost rank 0. Nothing that calls MPI can be trusted after it.
class RootLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The processes that work together, by MPI. One process without mpirun is a world of one.
/// Make one, first thing in main, and only on the main thread; it finalises MPI when it goes. When its
/// launcher dies, a process is sent SIGTERM (on Linux).
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

  /// Whether whoever launched this process has died. Rank 0 may have as well, and MPI need not notice.
  bool is_orphaned() const;

  /// Gives every rank rank 0's bytes. Collective. Throws RootLost if the launcher dies meanwhile.
  void broadcast(std::vector<std::byte>& bytes);

  /// Returns rank 0's `verdict` on every rank. Collective; whoever waits sleeps, as rank 0 may be writing for
  /// long. Throws RootLost if the launcher dies meanwhile.
  int share_verdict(int verdict);

  /// Ends all ranks at once with this exit code: for what one rank cannot tell the others in time, or when
  /// another is lost. Whatever hangs, this process ends within seconds, and so does mpirun, though it may
  /// have to be killed.
  [[noreturn]] void abort(int exit_code);

 private:
  int rank_ = 0;
  int size_ = 1;
  bool has_mpi_ = false;
  int launcher_ = 0;  // process id
};

}  // namespace firesweep
