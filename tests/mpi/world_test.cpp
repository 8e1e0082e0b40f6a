#include "firesweep/parallel/world.hpp"

#include <chrono>
#include <ctime>
#include <optional>
#include <string>
#include <thread>

#include "firesweep/parallel/launch.hpp"

#include "catch.hpp"
#include "shared_world.hpp"

using namespace firesweep;

TEST_CASE("the world has the ranks that mpirun started") {
  CHECK(shared_world().size() == launch_of_environment().size);
  CHECK(shared_world().rank() >= 0);
  CHECK(shared_world().rank() < shared_world().size());
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
