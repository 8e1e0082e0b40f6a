#include "outliving.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "firesweep/job/stop_signals.hpp"
#include "firesweep/store/results_file.hpp"

namespace firesweep {
namespace {

[[noreturn]] void work_in_child(const std::function<void()>& work, int complaints) {
  StopSignals::ignore();
  std::string complaint;
  try {
    work();
  } catch (const std::exception& error) {
    complaint = error.what();
  }
  [[maybe_unused]] const ssize_t written = ::write(complaints, complaint.data(), complaint.size());
  ::_exit(complaint.empty() ? 0 : 1);
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t length = ::read(descriptor, buffer.data(), buffer.size());
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(length));
  }
}

}  // namespace

void do_outliving(const std::function<void()>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return work();
  const pid_t child = ::fork();
  if (child == 0) work_in_child(work, ends[1]);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return work();
  }
  const std::string complaint = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!complaint.empty()) throw CannotWrite(complaint);
  if (status != 0) throw CannotWrite("the process that writes the results was ended");
}

}  // namespace firesweep
