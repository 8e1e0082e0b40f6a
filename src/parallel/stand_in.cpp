#include "stand_in.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace firesweep {
namespace {

constexpr std::array handed_on = {SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT};

sigset_t awaited_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : handed_on) sigaddset(&signals, signal);
  sigaddset(&signals, SIGCHLD);
  return signals;
}

[[noreturn]] void end_as(int status) {
  if (WIFSIGNALED(status)) {
    const rlimit no_core{0, 0};  // the child has left one, if any
    setrlimit(RLIMIT_CORE, &no_core);
    const int signal = WTERMSIG(status);
    std::signal(signal, SIG_DFL);
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, nullptr);
    std::raise(signal);
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
}

[[noreturn]] void stand_in_for(pid_t child, pid_t launcher, const sigset_t& signals) {
  end_with_parent();
  for (;;) {
    if (getppid() != launcher) _exit(EXIT_FAILURE);  // which the child is told
    const int signal = sigwaitinfo(&signals, nullptr);
    if (signal > 0 && signal != SIGCHLD) kill(child, signal);
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) end_as(status);
  }
}

}  // namespace

void end_with_parent() {
#if defined(__linux__)
  prctl(PR_SET_PDEATHSIG, SIGUSR1);
#endif
}

pid_t work_behind_stand_in(pid_t launcher) {
  const sigset_t signals = awaited_signals();
  sigset_t before;
  sigprocmask(SIG_BLOCK, &signals, &before);
  const pid_t launched = getpid();
  const pid_t child = fork();
  if (child > 0) stand_in_for(child, launcher, signals);
  if (child == 0) {
    setsid();                       // launchers signal whole process groups
    std::signal(SIGPIPE, SIG_IGN);  // who reads what it says may be gone before it
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  return child == 0 ? launched : launcher;
}

}  // namespace firesweep
