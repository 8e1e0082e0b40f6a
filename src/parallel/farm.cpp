#include "firesweep/parallel/farm.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <mpi.h>

#include "firesweep/check/contract.hpp"

#include "mailbox.hpp"

namespace firesweep {
namespace {

using Bytes = std::vector<std::byte>;
using Clock = std::chrono::steady_clock;

// Messages carry the number of the thread they are from or for in their tag, above one of these.
// request, result and failure come from a thread of another rank; goodbye, once, from its main thread; task
// and no_more answer.
enum Kind : int { request, result, failure, goodbye, task, no_more };
constexpr int kinds = 6;
int tag(Kind kind, int thread) {
  return thread * kinds + kind;
}

struct Message {
  int rank = 0;
  Kind kind = request;
  int thread = 0;
  Bytes body;
};

void send(int rank, Kind kind, int thread, const Bytes& body) {
  if (body.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw std::length_error(
        "a result of over 2 GiB cannot be sent to rank 0; use one rank with more threads, fewer "
        "outputs per cell or a smaller landscape");
  MPI_Send(body.data(), static_cast<int>(body.size()), MPI_BYTE, rank, tag(kind, thread), MPI_COMM_WORLD);
}

// The next message that has arrived, if any. Never blocks.
std::optional<Message> receive() {
  int has_arrived = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &has_arrived, &status);
  if (has_arrived == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Message message{.rank = status.MPI_SOURCE,
                  .kind = static_cast<Kind>(status.MPI_TAG % kinds),
                  .thread = status.MPI_TAG / kinds,
                  .body = Bytes(static_cast<std::size_t>(size))};
  MPI_Recv(message.body.data(), size, MPI_BYTE, message.rank, status.MPI_TAG, MPI_COMM_WORLD,
           MPI_STATUS_IGNORE);
  return message;
}

// How long to sleep when nothing arrived: briefly at first, as answers come in microseconds, then up to a
// millisecond, which costs no core.
class BackOff {
 public:
  void reset() { pause_ = shortest; }
  std::chrono::microseconds pause() { return std::exchange(pause_, std::min(2 * pause_, longest)); }

 private:
  static constexpr std::chrono::microseconds shortest{20};
  static constexpr std::chrono::microseconds longest{1000};
  std::chrono::microseconds pause_ = shortest;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string text_of(const Bytes& bytes) {
  std::string text(bytes.size(), ' ');
  std::transform(bytes.begin(), bytes.end(), text.begin(),
                 [](std::byte byte) { return static_cast<char>(byte); });
  return text;
}

Bytes bytes_of(std::string_view text) {
  Bytes bytes(text.size());
  std::transform(text.begin(), text.end(), bytes.begin(),
                 [](char letter) { return static_cast<std::byte>(letter); });
  return bytes;
}

// Starts up to `threads` threads that each call work(thread): fewer if the machine refuses some, but at least
// one.
template <typename Work>
std::vector<std::jthread> start_crew(int threads, const Work& work) {
  std::vector<std::jthread> crew;
  try {
    for (int thread = 0; thread < threads; ++thread) crew.emplace_back(work, thread);
  } catch (const std::system_error&) {
    if (crew.empty()) throw;
  }
  return crew;
}

// Rank 0: its threads ask the foreman themselves; its main thread asks on behalf of the other ranks.
class Headquarters {
 public:
  Headquarters(const World& world, Foreman& foreman, Worker& worker)
      : foreman_(foreman),
        worker_(worker),
        away_(world.size() - 1),
        farewells_(static_cast<std::size_t>(world.size())) {}

  std::vector<Bytes> work(int threads) {
    {
      const std::vector<std::jthread> crew = start_crew(threads, [this](int thread) { compute(thread); });
      serve(crew.size());
    }
    if (failure_) std::rethrow_exception(failure_);
    foreman_.tick();
    farewells_.front() = worker_.farewell();
    return std::move(farewells_);
  }

 private:
  struct Done {};

  // Answers the other ranks until all have left and the own threads are done.
  void serve(std::size_t working) {
    BackOff back_off;
    Clock::time_point next_tick = Clock::now();
    while (working > 0 || away_ > 0) {
      if (Clock::now() >= next_tick) {
        const std::lock_guard lock(mutex_);
        foreman_.tick();
        next_tick = Clock::now() + std::chrono::milliseconds(100);
      }
      if (std::optional<Message> message = away_ > 0 ? receive() : std::nullopt) {
        answer(std::move(*message));
        back_off.reset();
      } else if (done_.take_within(away_ > 0 ? back_off.pause() : std::chrono::milliseconds(100))) {
        --working;
      }
    }
  }

  void compute(int thread) {
    try {
      for (;;) {
        const Clock::time_point asked = Clock::now();
        const std::optional<Bytes> next = next_task();
        worker_.waited(thread, seconds_since(asked));
        if (!next) break;
        take_result(worker_.perform(thread, *next));
      }
      worker_.dismissed(thread);
    } catch (...) {
      fail(std::current_exception());
    }
    done_.post({});
  }

  void answer(Message message) {
    if (message.kind == goodbye) {
      farewells_[static_cast<std::size_t>(message.rank)] = std::move(message.body);
      --away_;
    } else if (message.kind == failure) {
      fail(std::make_exception_ptr(std::runtime_error(text_of(message.body))));
    } else {
      if (message.kind == result) take_result(std::move(message.body));
      const std::optional<Bytes> next = next_task();
      send(message.rank, next ? task : no_more, message.thread, next.value_or(Bytes{}));
    }
  }

  std::optional<Bytes> next_task() {
    const std::lock_guard lock(mutex_);
    return failure_ ? std::nullopt : foreman_.next_task();
  }

  void take_result(Bytes bytes) {
    const std::lock_guard lock(mutex_);
    foreman_.take_result(std::move(bytes));
  }

  void fail(std::exception_ptr cause) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(cause);
  }

  Foreman& foreman_;
  Worker& worker_;
  int away_;                      // other ranks that have not said farewell
  std::vector<Bytes> farewells_;  // by rank
  std::mutex mutex_;              // of the foreman and the failure
  std::exception_ptr failure_;    // once set, nothing more is handed out
  Mailbox<Done> done_;            // one from each thread
};

// Other ranks: the threads compute; the main thread carries their results out and their tasks in.
class Outpost {
 public:
  Outpost(int threads, Worker& worker) : worker_(worker), tasks_(static_cast<std::size_t>(threads)) {}

  void work() {
    {
      const std::vector<std::jthread> crew =
          start_crew(static_cast<int>(tasks_.size()), [this](int thread) { compute(thread); });
      carry(crew.size());
    }
    send(0, goodbye, 0, worker_.farewell());
  }

 private:
  void carry(std::size_t employed) {
    BackOff back_off;
    while (employed > 0) {
      if (const std::optional<Message> out = outgoing_.take_within(back_off.pause())) {
        send(0, out->kind, out->thread, out->body);
        if (out->kind == failure) --employed;
        back_off.reset();
      }
      while (std::optional<Message> in = receive()) {
        const bool is_task = in->kind == task;
        if (!is_task) --employed;
        tasks_[static_cast<std::size_t>(in->thread)].post(is_task ? std::optional(std::move(in->body))
                                                                  : std::nullopt);
        back_off.reset();
      }
    }
  }

  void compute(int thread) {
    try {
      outgoing_.post({.kind = request, .thread = thread, .body = {}});
      for (;;) {
        const Clock::time_point asked = Clock::now();
        const std::optional<Bytes> next = tasks_[static_cast<std::size_t>(thread)].take();
        worker_.waited(thread, seconds_since(asked));
        if (!next) break;
        outgoing_.post({.kind = result, .thread = thread, .body = worker_.perform(thread, *next)});
      }
      worker_.dismissed(thread);
    } catch (const std::exception& error) {
      outgoing_.post({.kind = failure, .thread = thread, .body = bytes_of(error.what())});
    }
  }

  Worker& worker_;
  Mailbox<Message> outgoing_;
  std::vector<Mailbox<std::optional<Bytes>>> tasks_;  // by thread; nothing means no more
};

}  // namespace

std::vector<std::vector<std::byte>> run_farm(World& world, Foreman* foreman, Worker& worker, int threads) {
  expects(world.is_root() == (foreman != nullptr), "rank 0, and no other, has a foreman");
  expects(threads >= 1, "a rank has a thread");
  // Nobody's request may reach rank 0 while it still serves an earlier farm.
  if (world.size() > 1) MPI_Barrier(MPI_COMM_WORLD);
  if (foreman != nullptr) return Headquarters(world, *foreman, worker).work(threads);
  Outpost(threads, worker).work();
  return {};
}

}  // namespace firesweep
