#include "messenger.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <thread>
#include <utility>

#include "back_off.hpp"
#include "communicator.hpp"

namespace firesweep {
namespace {

// Large messages wait with their senders until so much memory is free here.
constexpr std::size_t most_bytes_incoming = 256'000'000;

int tag(Kind kind, int thread) {
  return thread * kinds + static_cast<int>(kind);
}

bool is_complete(MPI_Request& request) {
  int flag = 0;
  expect_success(MPI_Test(&request, &flag, MPI_STATUS_IGNORE), "MPI_Test");
  return flag != 0;
}

}  // namespace

Messenger::~Messenger() {
  forget(MPI_ANY_SOURCE);
  // There is no taking back a buffer that MPI has been given.
  if (!abandoned_.empty()) new Transfers(std::move(abandoned_));
}

void Messenger::send(Message message) {
  if (!world_.can_communicate()) return;
  Transfer& transfer = outgoing_.emplace_back(Transfer{.message = std::move(message)});
  const Message& sent = transfer.message;
  expect_success(MPI_Isend(sent.body.data(), static_cast<int>(sent.body.size()), MPI_BYTE, sent.rank,
                           tag(sent.kind, sent.thread), communicator_of(world_), &transfer.request),
                 "MPI_Isend");
}

std::optional<Message> Messenger::receive() {
  if (!world_.can_communicate()) return std::nullopt;
  forget_sent();
  accept();
  return next_complete();
}

void Messenger::forget(int rank) {
  for (Transfers* const transfers : {&outgoing_, &incoming_}) {
    const auto others = std::stable_partition(
        transfers->begin(), transfers->end(),
        [rank](const Transfer& transfer) { return rank != MPI_ANY_SOURCE && transfer.message.rank != rank; });
    std::move(others, transfers->end(), std::back_inserter(abandoned_));
    transfers->erase(others, transfers->end());
  }
}

void Messenger::flush(std::chrono::milliseconds timeout) {
  BackOff back_off;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  while (world_.can_communicate()) {
    forget_sent();
    if (outgoing_.empty() || std::chrono::steady_clock::now() >= deadline) return;
    std::this_thread::sleep_for(back_off.pause());
  }
}

// Starts to receive a message that has arrived, if any.
void Messenger::accept() {
  // What follows a dismissal belongs to the next farm.
  if (!incoming_.empty() && incoming_.back().message.kind == Kind::dismissal) return;
  int has_arrived = 0;
  MPI_Message handle = MPI_MESSAGE_NULL;
  MPI_Status status;
  const bool is_full = bytes_incoming() >= most_bytes_incoming;
  expect_success(MPI_Improbe(MPI_ANY_SOURCE, is_full ? tag(Kind::alive, 0) : MPI_ANY_TAG,
                             communicator_of(world_), &has_arrived, &handle, &status),
                 "MPI_Improbe");
  if (has_arrived == 0) return;
  int size = 0;
  expect_success(MPI_Get_count(&status, MPI_BYTE, &size), "MPI_Get_count");
  Transfer& transfer =
      incoming_.emplace_back(Transfer{.message = {.rank = status.MPI_SOURCE,
                                                  .kind = static_cast<Kind>(status.MPI_TAG % kinds),
                                                  .thread = status.MPI_TAG / kinds,
                                                  .body = Bytes(static_cast<std::size_t>(size))}});
  expect_success(MPI_Imrecv(transfer.message.body.data(), size, MPI_BYTE, &handle, &transfer.request),
                 "MPI_Imrecv");
}

std::optional<Message> Messenger::next_complete() {
  for (auto transfer = incoming_.begin(); transfer != incoming_.end(); ++transfer) {
    const auto is_from_same = [&](const Transfer& earlier) {
      return earlier.message.rank == transfer->message.rank;
    };
    const bool must_wait =
        transfer->message.kind != Kind::alive && std::any_of(incoming_.begin(), transfer, is_from_same);
    if (must_wait || !is_complete(transfer->request)) continue;
    Message message = std::move(transfer->message);
    incoming_.erase(transfer);
    return message;
  }
  return std::nullopt;
}

std::size_t Messenger::bytes_incoming() const {
  return std::transform_reduce(incoming_.begin(), incoming_.end(), std::size_t{0}, std::plus<>(),
                               [](const Transfer& transfer) { return transfer.message.body.size(); });
}

void Messenger::forget_sent() {
  for (auto transfer = outgoing_.begin(); transfer != outgoing_.end();)
    transfer = is_complete(transfer->request) ? outgoing_.erase(transfer) : std::next(transfer);
}

}  // namespace firesweep
