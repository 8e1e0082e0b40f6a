// The program for very many command lines: answers each line of standard input, its words parted by tabs, as firesweep
// itself would, and then prints "code cpu-seconds peak-KiB". What is said on standard error is in the file `said`, of
// this command only. An empty line is answered with 1 if memory has leaked since the last, else 0.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "command_line.hpp"

namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (long kib = 0; word == "VmHWM:" && status >> kib) return kib;
  return 0;
}

int leaked() {
#if defined(__SANITIZE_ADDRESS__)
  return __lsan_do_recoverable_leak_check();
#else
  return 0;
#endif
}

firesweep::ExitCode answer_line(const std::string& line) {
  std::vector<std::string> words = {"firesweep"};
  std::istringstream parts(line);
  for (std::string word; std::getline(parts, word, '\t');) words.push_back(word);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return firesweep::answer(static_cast<int>(words.size()), arguments.data());
}

/// Sends what is written to a descriptor somewhere else.
void send(int descriptor, const char* path) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  dup2(file, descriptor);
  close(file);
}

}  // namespace

int main() {
  std::FILE* const answers = fdopen(dup(STDOUT_FILENO), "w");
  send(STDOUT_FILENO, "/dev/null");
  send(STDERR_FILENO, "said");
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) {
      fmt::print(answers, "{}\n", leaked());
    } else {
      if (ftruncate(STDERR_FILENO, 0) != 0) return 1;
      forget_peak();
      const double before = cpu_seconds();
      const firesweep::ExitCode code = answer_line(line);
      fmt::print(answers, "{} {:.3f} {}\n", static_cast<int>(code), cpu_seconds() - before, peak_kib());
    }
    std::fflush(answers);
  }
  return 0;
}
