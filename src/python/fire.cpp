#include "fire.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/process_memory.hpp"
#include "firesweep/check/wording.hpp"

#include "arguments.hpp"
#include "bindings.hpp"
#include "released.hpp"

namespace firesweep::python {
namespace {

namespace py = pybind11;

// Between looks at whether a signal has come [s].
constexpr double time_slice = 0.05;

// How much memory there may be wanted at once. More is not asked for, as the system would promise it and then end the process.
void expect_memory(std::uint64_t bytes) {
  if (bytes > available_memory().bytes) throw std::bad_alloc();
}

void heed_signals() {
  if (PyErr_CheckSignals() != 0) throw py::error_already_set();
}

/// What one thread has of a fire while the interpreter does without it.
class Turn {
 public:
  explicit Turn(Turns& turns) : lock_(turns) {}

 private:
  Released release_;  // first and last: nobody waits for it while holding the other
  std::lock_guard<Turns> lock_;
};

/// Counts itself while it lives.
class Counted {
 public:
  explicit Counted(std::atomic<int>& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::atomic<int>& count_;
};

std::string_view text(CellState state) {
  switch (state) {
    case CellState::burning:
      return "burns already";
    case CellState::burnt:
      return "is burnt";
    default:
      return "is bare ground: nothing grows there that could burn";
  }
}

/// Hands memory on to an array, which frees it.
template <class Value>
py::array array_of(std::vector<Value> values, std::vector<py::ssize_t> shape) {
  auto owner = std::make_unique<std::vector<Value>>(std::move(values));
  const Value* const data = owner->data();
  const py::capsule keeper(owner.get(), [](void* it) { delete static_cast<std::vector<Value>*>(it); });
  static_cast<void>(owner.release());  // it is the array's now
  return py::array_t<Value>(std::move(shape), data, keeper);
}

}  // namespace

Fire::Fire(Scenario scenario, Seed seed, std::uint64_t burnable_cells, int threads)
    : fire_(std::move(scenario), seed, threads),
      extent_(fire_.scenario().extent),
      burnable_cells_(burnable_cells),
      max_steps_(fire_.scenario().max_steps),
      seed_(static_cast<std::uint64_t>(seed)) {
  note();
}

// Called with the fire's turn, or before anybody else knows it.
void Fire::note() {
  burning_.store(fire_.burning(), std::memory_order_relaxed);
  burnt_.store(fire_.burnt(), std::memory_order_relaxed);
  steps_.store(fire_.steps(), std::memory_order_relaxed);
}

bool Fire::ignite(py::handle x, py::handle y, bool is_strict) {
  const std::uint64_t column = cell_index(x, "x", extent_.width - 1);
  const std::uint64_t row = cell_index(y, "y", extent_.height - 1);
  if (column >= extent_.width || row >= extent_.height)
    throw py::index_error(fmt::format("the cell ({}, {}) is outside of the landscape of {} x {} cells",
                                      shown(x), shown(y), extent_.width, extent_.height));
  CellState was{};
  {
    const Turn turn(turns_);
    was = fire_.ignite({static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row)});
    note();
  }
  if (was == CellState::vegetation) return true;
  if (is_strict)
    throw InputError(
        fmt::format("the cell ({}, {}) {} (strict=False returns False instead)", column, row, text(was)));
  return false;
}

void Fire::set_weather(const WeatherParts& parts) {
  const Turn turn(turns_);
  fire_.set_weather(parts);
}

Weather Fire::weather() {
  const Turn turn(turns_);
  return fire_.weather();
}

void Fire::reset(std::optional<Seed> seed) {
  const Turn turn(turns_);
  fire_.reset(seed.value_or(fire_.seed()));
  seed_ = static_cast<std::uint64_t>(fire_.seed());
  note();
}

bool Fire::stop() {
  ++stops_;
  return burns_ > 0;
}

bool Fire::is_over(const Course& course) const {
  return fire_.steps() >= course.last_step || (course.is_until_out && fire_.burning() == 0);
}

// Goes on until somebody else wants the fire or the interpreter.
Fire::Way Fire::go(const Course& course, std::uint64_t most_steps, std::uint64_t stops) {
  const Turn turn(turns_);
  using Clock = std::chrono::steady_clock;
  const auto seconds = [](Clock::duration time) { return std::chrono::duration<double>(time).count(); };
  const Clock::time_point begin = Clock::now();
  Clock::time_point last = begin;
  Way way;
  while (way.steps < most_steps && !(way.is_over = is_over(course))) {
    fire_.step();
    note();
    ++way.steps;
    const Clock::time_point now = Clock::now();
    timing(FirePhase::step).add(seconds(now - std::exchange(last, now)));
    if (stops_ != stops || turns_.is_awaited() || seconds(now - begin) > time_slice) break;
  }
  return way;
}

std::uint64_t Fire::burn(const Course& course, py::handle self) {
  const Counted counted(burns_);
  const std::uint64_t stops = stops_;
  const bool has_progress = !course.progress.is_none();
  std::uint64_t taken = 0;
  std::optional<std::uint64_t> told;
  for (;;) {
    const std::uint64_t left = course.most_steps - taken;
    const Way way =
        go(course, has_progress ? std::min(left, course.every - taken % course.every) : left, stops);
    taken += way.steps;
    const bool is_end = way.is_over || taken == course.most_steps || stops_ != stops;
    const bool is_told = has_progress && (is_end || (way.steps > 0 && taken % course.every == 0));
    heed_signals();
    if (is_told && told != taken) {
      course.progress(self);
      told = taken;
    }
    if (is_end || stops_ != stops) return taken;
  }
}

py::array Fire::states(py::handle self) {
  const CellState* data = nullptr;
  {
    const Turn turn(turns_);
    const Stopwatch stopwatch;
    if (!std::exchange(has_states_, true)) expect_memory(extent_.cells());
    data = fire_.states().data();
    timing(FirePhase::states).add(stopwatch.seconds());
  }
  py::array_t<std::uint8_t> view({extent_.height, extent_.width}, reinterpret_cast<const std::uint8_t*>(data),
                                 self);
  py::detail::array_proxy(view.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return view;
}

py::array Fire::film(const Course& course) {
  const Counted counted(burns_);
  const std::uint64_t stops = stops_;
  std::vector<std::uint8_t> cells;
  const auto add_states = [&] {
    const std::span<const CellState> states = fire_.states();
    if (cells.capacity() - cells.size() < states.size()) {
      const std::size_t room =
          std::max(cells.size() + states.size(), cells.capacity() + cells.capacity() / 2);
      expect_memory(room);
      cells.reserve(room);
    }
    cells.insert(cells.end(), reinterpret_cast<const std::uint8_t*>(states.data()),
                 reinterpret_cast<const std::uint8_t*>(states.data() + states.size()));
  };
  std::uint64_t taken = 0;
  for (bool is_end = false; !is_end;) {
    {
      const Turn turn(turns_);
      if (taken == 0 && cells.empty()) add_states();
      const Stopwatch stopwatch;
      do {
        is_end = is_over(course) || taken == course.most_steps || stops_ != stops;
        if (is_end) break;
        const Stopwatch of_step;
        fire_.step();
        timing(FirePhase::step).add(of_step.seconds());
        const Stopwatch of_states;
        add_states();
        timing(FirePhase::states).add(of_states.seconds());
        ++taken;
        note();
      } while (stopwatch.seconds() < time_slice && !turns_.is_awaited());
    }
    heed_signals();
  }
  const auto frames = static_cast<py::ssize_t>(taken + 1);
  return array_of(std::move(cells), {frames, static_cast<py::ssize_t>(extent_.height),
                                     static_cast<py::ssize_t>(extent_.width)});
}

py::array Fire::history() {
  std::vector<std::uint64_t> numbers;
  {
    const Turn turn(turns_);
    numbers.reserve(2 * fire_.history().size());
    for (const SteppedFire::Counts& counts : fire_.history()) {
      numbers.push_back(counts.burning);
      numbers.push_back(counts.burnt);
    }
  }
  const auto steps = static_cast<py::ssize_t>(numbers.size() / 2);
  return array_of(std::move(numbers), {steps, 2});
}

py::dict Fire::stats() {
  std::uint64_t vegetated = 0;
  SteppedFire::Counts counts;
  std::uint32_t step = 0;
  {
    const Turn turn(turns_);
    vegetated = fire_.vegetated_cells();
    counts = fire_.history().back();
    step = fire_.steps();
  }
  const auto percent = [&](std::uint64_t cells) {
    return burnable_cells_ == 0 ? 0.0
                                : 100.0 * static_cast<double>(cells) / static_cast<double>(burnable_cells_);
  };
  py::dict stats;
  stats["step"] = step;
  stats["empty"] = extent_.cells() - vegetated;
  stats["vegetation"] = vegetated - counts.burning - counts.burnt;
  stats["burning"] = counts.burning;
  stats["burnt"] = counts.burnt;
  stats["spread_percent"] = percent(counts.burning + counts.burnt);
  stats["active_percent"] = percent(counts.burning);
  return stats;
}

py::dict Fire::performance() {
  std::array<Timing, all_fire_phases.size()> timings;
  {
    const Turn turn(turns_);
    timings = timings_;
  }
  constexpr std::array<const char*, all_fire_phases.size()> names = {"step", "states"};
  py::dict phases;
  for (const FirePhase phase : all_fire_phases) {
    const auto i = static_cast<std::size_t>(phase);
    phases[names[i]] = dict_of(timings[i]);
  }
  return phases;
}

void Fire::reset_performance() {
  const Turn turn(turns_);
  timings_ = {};
}

}  // namespace firesweep::python
