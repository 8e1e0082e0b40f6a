#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/job/run_job.hpp"
#include "firesweep/parallel/world.hpp"

#include "arguments.hpp"
#include "bindings.hpp"
#include "released.hpp"

namespace firesweep::python {
namespace {

namespace py = pybind11;

/// Tells an object of Python how a job goes. What that raises ends the job, and so does Ctrl-C; what is done is kept.
class PythonObserver final : public JobObserver {
 public:
  explicit PythonObserver(py::object told) : told_(std::move(told)) {}

  void misleading(const std::vector<Problem>& problems) override {
    for (const Problem& problem : problems)
      tell("warn", fmt::format("{}: {}", to_string(problem.where), problem.message));
  }
  void warn(const std::string& what) override { tell("warn", what); }
  void note(const std::string& what) override { tell("note", what); }
  void begins(std::uint64_t runs, std::uint64_t done) override { tell("begins", runs, done); }
  void progresses(std::uint64_t done, std::uint64_t failed, double seconds_left) override {
    tell("progresses", done, failed, seconds_left);
  }
  void interrupted(std::uint64_t, std::uint64_t, const std::string&) override {}
  void ends(std::uint64_t done, std::uint64_t failed) override { tell("ends", done, failed); }

  bool wants_end() override {
    const py::gil_scoped_acquire acquire;
    if (!raised_ && PyErr_CheckSignals() != 0) raised_.emplace();
    return raised_.has_value();
  }

  /// Raises what has been raised. Called with the interpreter's lock.
  void raise_again() {
    if (raised_) throw py::error_already_set(std::move(*raised_));
  }

 private:
  template <class... Arguments>
  void tell(const char* what, const Arguments&... arguments) {
    const py::gil_scoped_acquire acquire;
    if (raised_) return;
    try {
      told_.attr(what)(arguments...);
    } catch (py::error_already_set& error) {
      raised_.emplace(std::move(error));
    }
  }

  py::object told_;
  std::optional<py::error_already_set> raised_;
};

// A job notes crashes and signals for the whole process, so there is one at a time.
std::mutex& one_job() {
  static std::mutex mutex;
  return mutex;
}

/// What the jobs of this process have spent their time on.
class JobTimings {
 public:
  void add(const RankPerformance& performance) {
    const std::lock_guard lock(mutex_);
    for (const Phase phase : all_phases) sum_[phase].add(performance[phase]);
  }
  void reset() {
    const std::lock_guard lock(mutex_);
    sum_ = {};
  }
  RankPerformance sum() const {
    const std::lock_guard lock(mutex_);
    return sum_;
  }

 private:
  mutable std::mutex mutex_;
  RankPerformance sum_;
};

/// How a job has ended.
struct Outcome {
  std::string output;
  std::uint64_t failed = 0;
  bool is_within_policy = true;
};

Outcome outcome_of(const JobEnd& end) {
  if (end.problem) std::rethrow_exception(end.problem);
  if (end.status == JobEnd::Status::refused) throw InputError(end.reason);
  if (!end.job) return {};  // rank 0 knows
  const Job& job = *end.job;
  const Experiment& experiment = job.plan().experiment();
  const std::uint64_t failed = job.results().runs_failed();
  const bool may_fail = experiment.on_failure == OnFailure::go_on;
  return {job.output(), failed,
          failed == 0 || (may_fail && failed <= experiment.max_failed.runs_of(job.plan().runs()))};
}

py::dict run_experiment(const std::string& path, std::optional<std::string> text,
                        std::optional<std::string> output, std::vector<std::string> overrides,
                        py::handle threads, bool fresh, py::object told,
                        std::optional<std::uintptr_t> communicator, JobTimings& timings) {
  JobRequest request;
  request.experiment_path = path;
  request.experiment_text = std::move(text);
  request.overrides = std::move(overrides);
  request.output = std::move(output);
  if (!threads.is_none()) request.threads = thread_number(threads);
  request.starts_afresh = fresh;
  request.command_line = "firesweep.run() of Python";
  PythonObserver observer(std::move(told));
  Outcome outcome;
  {
    const Released release;
    const std::lock_guard lock(one_job());
    const auto world = communicator
                           // It is the address that mpi4py gives. NOLINTNEXTLINE(performance-no-int-to-ptr)
                           ? std::make_unique<World>(reinterpret_cast<const void*>(*communicator))
                           : std::make_unique<World>();
    const JobEnd end = run_job(request, *world, observer);
    timings.add(end.performance);
    outcome = outcome_of(end);
  }
  observer.raise_again();
  py::dict end;
  end["output"] = outcome.output;
  end["failed"] = outcome.failed;
  end["is_within_policy"] = outcome.is_within_policy;
  return end;
}

}  // namespace

void bind_job(py::module_& module) {
  const auto timings = std::make_shared<JobTimings>();
  module.def(
      "run_job",
      [timings](const std::string& path, std::optional<std::string> text, std::optional<std::string> output,
                std::vector<std::string> overrides, py::handle threads, bool fresh, py::object told,
                std::optional<std::uintptr_t> communicator) {
        return run_experiment(path, std::move(text), std::move(output), std::move(overrides), threads, fresh,
                              std::move(told), communicator, *timings);
      },
      py::arg("path"), py::arg("text"), py::arg("output"), py::arg("overrides"), py::arg("threads"),
      py::arg("fresh"), py::arg("told"), py::arg("communicator"));
  py::options options;
  options.disable_function_signatures();  // those of the stubs say more
  module.def(
      "performance",
      [timings] {
        const RankPerformance sum = timings->sum();
        py::dict phases;
        for (const Phase phase : all_phases) phases[py::str(name(phase))] = dict_of(sum[phase]);
        return phases;
      },
      R"(performance() -> dict

What the experiments of run() have spent their time on in this process, phase by phase as results files have it: compute, wait,
merge, statistics and write, each with count, and total, mean, min and max [s]. Fire.performance() is that of one fire.)");
  module.def(
      "reset_performance", [timings] { timings->reset(); },
      "reset_performance()\n\nCounts the times of performance() anew.");
}

}  // namespace firesweep::python
