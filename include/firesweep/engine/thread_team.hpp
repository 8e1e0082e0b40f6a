#pragma once

#include <functional>
#include <memory>

namespace firesweep {

/// Some threads that work on one thing together. The caller is one of them; the others sleep between calls.
class ThreadTeam {
 public:
  /// `size` >= 1, the caller included.
  explicit ThreadTeam(int size);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  int size() const;
  /// Dismisses members or takes on new ones. Not to be called by a member at work.
  void resize(int size);

  /// Calls work(0) .. work(size() - 1), each on its own thread, and returns when all have ended.
  /// An exception of any of them is thrown again here.
  void run(const std::function<void(int)>& work);

 private:
  class Team;
  std::unique_ptr<Team> team_;
};

}  // namespace firesweep
