#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace firesweep {

/// Thrown on a rank that has lost rank 0. Nothing that calls MPI can be trusted after it.
class RootLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The processes that work together, by MPI. One process without mpirun is a world of one.
/// Make one, first thing in main, and only on the main thread; it finalises MPI when it goes.
///
/// When its launcher dies, a process is sent SIGUSR1 (on Linux). Open MPI's mpirun kills its processes as
/// soon as it is told to end; so under it a rank works in a child of the process that was launched, which
/// only stands in for it.
class World {
 public:
  struct Communicator;  ///< MPI's, for the sources of this module

  /// Throws InputError if a launcher started several processes but they do not see each other.
  World(int& argc, char**& argv);

  /// A process by itself, whoever launched it: MPI is left alone.
  World();

  /// The processes of a communicator of whoever has begun MPI, with MPI_THREAD_FUNNELED or more, and ends it: `communicator`
  /// is the address of an MPI_Comm of the MPI that this was built with. Collective. Throws InputError if MPI does not run.
  explicit World(const void* communicator);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  int rank() const { return rank_; }
  int size() const { return size_; }
  const Communicator* communicator() const { return communicator_.get(); }
  bool is_root() const { return rank_ == 0; }

  /// Whether whoever launched this process has died. Rank 0 may have as well, and MPI need not notice.
  bool is_orphaned() const;

  /// Whether MPI may be called. Open MPI 6 ends a process in the first call after its mpirun has died.
  bool can_communicate() const;

  /// Whether a launcher that is told to end may have this process end within a second, whatever it does then.
  bool may_be_killed() const;

  /// Gives every rank rank 0's text, of any bytes. Collective. Throws RootLost if the launcher dies
  /// meanwhile.
  void broadcast(std::string& text);

  /// The lowest rank that says it differs, on every rank. Collective. Throws as broadcast does.
  std::optional<int> first_to_differ(bool differs);

  /// Returns rank 0's `verdict` on every rank. Collective; whoever waits sleeps, as rank 0 may be writing for
  /// long. Throws RootLost if the launcher dies meanwhile.
  int share_verdict(int verdict);

  /// Ends all ranks at once with this exit code: for what one rank cannot tell the others in time, or when
  /// another is lost. Whatever hangs, this process ends within seconds, and so does mpirun, though it may
  /// have to be killed.
  [[noreturn]] void abort(int exit_code);

 private:
  void join(const void* communicator);

  int rank_ = 0;
  int size_ = 1;
  std::unique_ptr<Communicator> communicator_;  // null without MPI
  bool has_begun_mpi_ = false;
  bool mpi_ends_with_launcher_ = false;
  int launcher_ = 0;  // process id
  int parent_ = 0;    // the same, or the process that stands in for this one
};

}  // namespace firesweep
