#define CATCH_CONFIG_RUNNER
#include "catch.hpp"
#include "shared_world.hpp"

namespace {
firesweep::World* the_world = nullptr;
}

firesweep::World& shared_world() {
  return *the_world;
}

int main(int argc, char** argv) {
  firesweep::World world(argc, argv);
  the_world = &world;
  return Catch::Session().run(argc, argv);
}
