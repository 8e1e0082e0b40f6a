#include "firesweep/parallel/world.hpp"

#include <cstdlib>

#include "catch.hpp"
#include "shared_world.hpp"

using namespace firesweep;

TEST_CASE("the world has the ranks that mpirun started") {
  const char* const launched = std::getenv("OMPI_COMM_WORLD_SIZE");
  CHECK(shared_world().size() == (launched == nullptr ? 1 : std::atoi(launched)));
  CHECK(shared_world().rank() >= 0);
  CHECK(shared_world().rank() < shared_world().size());
}

TEST_CASE("a broadcast gives every rank rank 0's bytes, of any length") {
  for (const std::size_t length : {0U, 1U, 100'000U}) {
    std::vector<std::byte> bytes;
    if (shared_world().is_root()) bytes.assign(length, std::byte{42});
    shared_world().broadcast(bytes);
    CHECK(bytes == std::vector<std::byte>(length, std::byte{42}));
  }
}
