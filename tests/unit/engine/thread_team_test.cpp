#include "firesweep/engine/thread_team.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("every member works once a call, on a thread of its own") {
  ThreadTeam team(4);
  CHECK(team.size() == 4);
  for (int call = 0; call < 50; ++call) {
    std::vector<int> done(4, 0);
    std::vector<std::thread::id> ids(4);
    team.run([&](int member) {
      ++done[static_cast<std::size_t>(member)];
      ids[static_cast<std::size_t>(member)] = std::this_thread::get_id();
    });
    CHECK(done == std::vector<int>{1, 1, 1, 1});
    CHECK(ids[0] == std::this_thread::get_id());
    CHECK(ids[1] != ids[2]);
  }
}

TEST_CASE("an exception of a member reaches the caller, and the team works on") {
  ThreadTeam team(3);
  CHECK_THROWS_AS(team.run([](int member) {
    if (member == 2) throw std::runtime_error("lost");
  }),
                  std::runtime_error);
  std::atomic<int> done = 0;
  team.run([&](int) { ++done; });
  CHECK(done == 3);
}

TEST_CASE("a team has a member") {
  CHECK_THROWS_AS(ThreadTeam(0), BrokenContract);
}

TEST_CASE("a team that is resized has so many members from its next call on") {
  ThreadTeam team(1);
  for (const int size : {3, 1, 2}) {
    team.resize(size);
    std::atomic<int> done = 0;
    team.run([&](int) { ++done; });
    CHECK(done == size);
  }
}
