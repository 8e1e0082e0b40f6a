#include "firesweep/parallel/world.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "firesweep/parallel/launch.hpp"

#include "catch.hpp"
#include "shared_world.hpp"

using namespace firesweep;

TEST_CASE("the world has the ranks that mpirun started") {
  CHECK(shared_world().size() == launch_of_environment().size);
  CHECK(shared_world().rank() >= 0);
  CHECK(shared_world().rank() < shared_world().size());
}

TEST_CASE("no TCP socket of MPI waits for an acknowledgement before it sends more") {
  shared_world();  // which has started it
  for (int file = 3; file < 64; ++file) {
    int sends_at_once = 0;
    socklen_t size = sizeof sends_at_once;
    if (getsockopt(file, IPPROTO_TCP, TCP_NODELAY, &sends_at_once, &size) == 0) CHECK(sends_at_once != 0);
  }
}

TEST_CASE("Open MPI's ranks of one host use its layer for shared memory, and are told so before it starts") {
  shared_world();
  const char* const size = std::getenv("OMPI_COMM_WORLD_SIZE");
  const char* const here = std::getenv("OMPI_COMM_WORLD_LOCAL_SIZE");
  const char* const layer = std::getenv("OMPI_MCA_pml");
  const bool is_one_host = size != nullptr && here != nullptr && std::string(size) == here;
  if (is_one_host && std::getenv("OMPI_MCA_mtl") == nullptr) CHECK(layer != nullptr);
}

TEST_CASE("a broadcast gives every rank rank 0's text, of any length and bytes") {
  for (const std::size_t length : {0U, 1U, 100'000U}) {
    std::string text;
    if (shared_world().is_root()) text.assign(length, '\0');
    shared_world().broadcast(text);
    CHECK(text == std::string(length, '\0'));
  }
}

TEST_CASE("rank 0's verdict is everybody's") {
  for (const int verdict : {0, 75, -1})
    CHECK(shared_world().share_verdict(shared_world().is_root() ? verdict : 1000 + shared_world().rank()) ==
          verdict);
}

TEST_CASE("every rank is told the first that differs") {
  const int last = shared_world().size() - 1;
  CHECK(shared_world().first_to_differ(false) == std::nullopt);
  CHECK(shared_world().first_to_differ(true) == 0);
  CHECK(shared_world().first_to_differ(shared_world().rank() == last) == last);
}

TEST_CASE("waiting for rank 0's verdict or bytes costs no core") {
  const std::clock_t before = std::clock();
  std::string text;
  for (int i = 0; i < 2; ++i) {
    if (shared_world().is_root()) std::this_thread::sleep_for(std::chrono::milliseconds(500));
    i == 0 ? shared_world().broadcast(text) : void(shared_world().share_verdict(0));
  }
  CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.5);
}

TEST_CASE("one rank's abort ends all ranks with its exit code", "[.abort]") {
  if (shared_world().rank() == shared_world().size() - 1) shared_world().abort(7);
  std::this_thread::sleep_for(std::chrono::minutes(1));
}
