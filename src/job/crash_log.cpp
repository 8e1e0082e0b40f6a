#include "crash_log.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <compare>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace firesweep {
namespace {

constexpr int crashes_to_quarantine = 2;

struct CrashSignal {
  int number;
  const char* name;
};
constexpr std::array<CrashSignal, 5> crash_signals = {
    {{SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"}, {SIGILL, "SIGILL"}, {SIGABRT, "SIGABRT"}}};

/// What one thread is at. Text and seed are read by the signal handler of the thread that wrote them, as a
/// rule; another thread's only when it is the one that is at work.
struct Slot {
  std::array<char, 512> scenario{};
  std::atomic<std::uint64_t> seed = 0;
  std::atomic<bool> is_busy = false;
};

// Signal handlers can reach nothing but what is global.
std::array<char, 4096> log_path{};
std::vector<Slot>* slots = nullptr;
thread_local Slot* own_slot = nullptr;
thread_local bool stands_aside = false;
std::array<struct sigaction, crash_signals.size()> replaced_actions;

// The run that crashed: this thread's; or, when a thread that helps with a fire crashed, that of the only
// fire there is.
const Slot* culprit() {
  if (stands_aside) return nullptr;
  if (own_slot != nullptr && own_slot->is_busy) return own_slot;
  const Slot* only = nullptr;
  for (const Slot& slot : *slots) {
    if (!slot.is_busy) continue;
    if (only != nullptr) return nullptr;
    only = &slot;
  }
  return only;
}

// A line for the log; nothing here allocates or locks, as the process may have crashed in the middle of that.
class Line {
 public:
  Line& operator<<(std::string_view text) {
    const std::size_t length = std::min(text.size(), buffer_.size() - length_);
    std::memcpy(&buffer_[length_], text.data(), length);
    length_ += length;
    return *this;
  }
  Line& operator<<(std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return *this << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  void write_to(int descriptor) const {
    [[maybe_unused]] const ssize_t written = ::write(descriptor, buffer_.data(), length_);
  }

 private:
  std::array<char, 1024> buffer_{};
  std::size_t length_ = 0;
};

void note_crash(int signal) {
  const auto* const crash = std::find_if(crash_signals.begin(), crash_signals.end(),
                                         [signal](const CrashSignal& one) { return one.number == signal; });
  if (const Slot* const slot = culprit()) {
    const std::string_view scenario = slot->scenario.data();
    Line line;
    line << scenario << "\t" << slot->seed.load() << "\t" << crash->name << "\n";
    const int log = ::open(log_path.data(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0666);
    if (log >= 0) {
      line.write_to(log);
      ::fsync(log);
      ::close(log);
    }
    Line message;
    message << "firesweep: crashed (" << crash->name << ") in the run of " << scenario << ", seed "
            << slot->seed.load() << "; run the same command again to resume\n";
    message.write_to(STDERR_FILENO);
  }
  ::sigaction(signal, &replaced_actions[static_cast<std::size_t>(crash - crash_signals.begin())], nullptr);
  ::raise(signal);
}

std::filesystem::path log_beside(const std::string& results_path) {
  const std::filesystem::path path = results_path;
  return path.parent_path() / fmt::format(".{}.crashes", path.filename().string());
}

struct CrashedRun {
  std::string scenario;
  std::uint64_t seed = 0;

  friend auto operator<=>(const CrashedRun&, const CrashedRun&) = default;
};

struct Crashes {
  int count = 0;
  std::string signal;  // of the last
};

std::map<CrashedRun, Crashes> read_notes(const std::string& results_path) {
  std::map<CrashedRun, Crashes> notes;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(log_beside(results_path), ignored)) return notes;
  std::ifstream log(log_beside(results_path));
  CrashedRun run;
  std::string seed, signal;
  while (std::getline(log, run.scenario, '\t') && std::getline(log, seed, '\t') &&
         std::getline(log, signal)) {
    run.seed = std::strtoull(seed.c_str(), nullptr, 10);
    Crashes& crashes = notes[run];
    ++crashes.count;
    crashes.signal = signal;
  }
  return notes;
}

}  // namespace

CrashNotes::CrashNotes(const std::string& results_path, int threads) {
  stand_aside();
  const std::string path = log_beside(results_path).string();
  if (path.size() >= log_path.size()) return;
  std::copy(path.begin(), path.end(), log_path.begin());
  slots = new std::vector<Slot>(static_cast<std::size_t>(threads));
  struct sigaction action {};
  action.sa_handler = note_crash;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < crash_signals.size(); ++i)
    ::sigaction(crash_signals[i].number, &action, &replaced_actions[i]);
}

CrashNotes::~CrashNotes() {
  if (slots == nullptr) return;
  for (std::size_t i = 0; i < crash_signals.size(); ++i)
    ::sigaction(crash_signals[i].number, &replaced_actions[i], nullptr);
  delete slots;
  slots = nullptr;
}

void CrashNotes::stand_aside() {
  stands_aside = true;
}

void CrashNotes::begin_block(int thread, const std::string& scenario) {
  if (slots == nullptr) return;
  own_slot = &(*slots)[static_cast<std::size_t>(thread)];
  const std::size_t length = std::min(scenario.size(), own_slot->scenario.size() - 1);
  std::copy_n(scenario.begin(), length, own_slot->scenario.begin());
  own_slot->scenario[length] = '\0';
}

void CrashNotes::begin_run(int thread, Seed seed) {
  if (slots == nullptr) return;
  Slot& slot = (*slots)[static_cast<std::size_t>(thread)];
  slot.seed.store(static_cast<std::uint64_t>(seed), std::memory_order_relaxed);
  slot.is_busy.store(true, std::memory_order_relaxed);
}

void CrashNotes::end_block(int thread) {
  if (slots != nullptr) (*slots)[static_cast<std::size_t>(thread)].is_busy = false;
}

std::uint64_t quarantine_crashed_runs(const std::string& results_path, Results& results) {
  const std::map<CrashedRun, Crashes> notes = read_notes(results_path);
  if (notes.empty()) return 0;
  const Plan& plan = results.plan();
  std::map<std::string, std::size_t> scenarios;
  for (std::size_t i = 0; i < plan.scenarios(); ++i) scenarios.emplace(plan.scenario_name(i), i);

  std::uint64_t quarantined = 0;
  for (const auto& [run, crashes] : notes) {
    const auto scenario = scenarios.find(run.scenario);
    const auto seed = plan.experiment().seeds.find(Seed{run.seed});
    if (crashes.count < crashes_to_quarantine || scenario == scenarios.end() || !seed) continue;
    const Failure failure{
        scenario->second, *seed,
        fmt::format("quarantined: it crashed the process {} times ({})", crashes.count, crashes.signal)};
    if (results.records(failure.scenario).status(failure.seed) != RunStatus::missing) continue;
    results.merge({.block = {failure.scenario, failure.seed, 1},
                   .records = {RunRecord{.status = RunStatus::failed}},
                   .failures = {failure},
                   .tally = {}});
    ++quarantined;
  }
  return quarantined;
}

void forget_crashes(const std::string& results_path) {
  std::error_code ignored;
  std::filesystem::remove(log_beside(results_path), ignored);
}

}  // namespace firesweep
