#include "post_office.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <thread>
#include <utility>

#include "back_off.hpp"

namespace firesweep {
namespace {

// Large messages wait with their senders until so much memory is free here.
constexpr std::size_t most_bytes_incoming = 256'000'000;

int tag(Kind kind, int thread) {
  return thread * kinds + static_cast<int>(kind);
}

bool is_complete(MPI_Request& request) {
  int flag = 0;
  MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
  return flag != 0;
}

}  // namespace

PostOffice::~PostOffice() {
  write_off(MPI_ANY_SOURCE);
  // There is no taking back a buffer that MPI has been given.
  if (!abandoned_.empty()) new Parcels(std::move(abandoned_));
}

void PostOffice::send(Message message) {
  Parcel& parcel = outgoing_.emplace_back(Parcel{.message = std::move(message)});
  const Message& sent = parcel.message;
  MPI_Isend(sent.body.data(), static_cast<int>(sent.body.size()), MPI_BYTE, sent.rank,
            tag(sent.kind, sent.thread), MPI_COMM_WORLD, &parcel.request);
}

std::optional<Message> PostOffice::receive() {
  forget_sent();
  accept();
  return next_complete();
}

void PostOffice::write_off(int rank) {
  for (Parcels* const parcels : {&outgoing_, &incoming_}) {
    const auto others = std::stable_partition(parcels->begin(), parcels->end(), [rank](const Parcel& parcel) {
      return rank != MPI_ANY_SOURCE && parcel.message.rank != rank;
    });
    std::move(others, parcels->end(), std::back_inserter(abandoned_));
    parcels->erase(others, parcels->end());
  }
}

void PostOffice::see_off(std::chrono::milliseconds patience) {
  BackOff back_off;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  forget_sent();
  while (!outgoing_.empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(back_off.pause());
    forget_sent();
  }
}

// Starts to receive a message that has arrived, if any.
void PostOffice::accept() {
  // What follows a dismissal belongs to the next farm.
  if (!incoming_.empty() && incoming_.back().message.kind == Kind::dismissal) return;
  int has_arrived = 0;
  MPI_Message handle = MPI_MESSAGE_NULL;
  MPI_Status status;
  const bool is_full = bytes_incoming() >= most_bytes_incoming;
  MPI_Improbe(MPI_ANY_SOURCE, is_full ? tag(Kind::alive, 0) : MPI_ANY_TAG, MPI_COMM_WORLD, &has_arrived,
              &handle, &status);
  if (has_arrived == 0) return;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Parcel& parcel =
      incoming_.emplace_back(Parcel{.message = {.rank = status.MPI_SOURCE,
                                                .kind = static_cast<Kind>(status.MPI_TAG % kinds),
                                                .thread = status.MPI_TAG / kinds,
                                                .body = Bytes(static_cast<std::size_t>(size))}});
  MPI_Imrecv(parcel.message.body.data(), size, MPI_BYTE, &handle, &parcel.request);
}

std::optional<Message> PostOffice::next_complete() {
  for (auto parcel = incoming_.begin(); parcel != incoming_.end(); ++parcel) {
    const auto is_from_same = [&](const Parcel& earlier) {
      return earlier.message.rank == parcel->message.rank;
    };
    const bool must_wait =
        parcel->message.kind != Kind::alive && std::any_of(incoming_.begin(), parcel, is_from_same);
    if (must_wait || !is_complete(parcel->request)) continue;
    Message message = std::move(parcel->message);
    incoming_.erase(parcel);
    return message;
  }
  return std::nullopt;
}

std::size_t PostOffice::bytes_incoming() const {
  return std::transform_reduce(incoming_.begin(), incoming_.end(), std::size_t{0}, std::plus<>(),
                               [](const Parcel& parcel) { return parcel.message.body.size(); });
}

void PostOffice::forget_sent() {
  for (auto parcel = outgoing_.begin(); parcel != outgoing_.end();)
    parcel = is_complete(parcel->request) ? outgoing_.erase(parcel) : std::next(parcel);
}

}  // namespace firesweep
