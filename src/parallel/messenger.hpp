#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include <mpi.h>

#include "firesweep/parallel/world.hpp"

#include "message.hpp"

namespace firesweep {

/// Carries messages between ranks. No call ever waits for another rank, which may be gone, and nothing is carried
/// once the world cannot communicate. For the thread that started MPI.
class Messenger {
 public:
  explicit Messenger(const World& world) : world_(world) {}
  ~Messenger();
  Messenger(const Messenger&) = delete;
  Messenger& operator=(const Messenger&) = delete;

  /// Sends a message of less than 2 GiB on its way.
  void send(Message message);

  /// The next message that has arrived whole, if any. Those of one rank come in the order they were sent;
  /// only `alive` may overtake.
  std::optional<Message> receive();

  /// Waits no longer for what is under way from and to a rank.
  void forget(int rank);

  /// Gives what is being sent so long to get away.
  void flush(std::chrono::milliseconds timeout);

 private:
  struct Transfer {
    MPI_Request request = MPI_REQUEST_NULL;
    Message message;
  };
  using Transfers = std::deque<Transfer>;

  void accept();
  std::optional<Message> next_complete();
  std::size_t bytes_incoming() const;
  void forget_sent();

  const World& world_;
  Transfers outgoing_;
  Transfers incoming_;   // in order of arrival
  Transfers abandoned_;  // MPI may still read or write these
};

}  // namespace firesweep
