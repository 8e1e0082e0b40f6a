#include "firesweep/parallel/rank_tree.hpp"

#include <cstdint>
#include <numeric>

#include "firesweep/check/contract.hpp"

namespace firesweep {

RankTree::RankTree(int ranks, int collectors) : ranks_(ranks), collectors_(collectors) {
  expects(ranks >= 1 && collectors >= 0 && collectors < ranks, "a collector is a rank other than 0");
}

// Groups differ by one rank at most.
int RankTree::first_of_group(int group) const {
  return 1 + static_cast<int>(std::int64_t{ranks_ - 1} * group / collectors_);
}

int RankTree::group_of(int rank) const {
  int group = 0;
  while (group + 1 < collectors_ && first_of_group(group + 1) <= rank) ++group;
  return group;
}

bool RankTree::is_collector(int rank) const {
  return rank > 0 && collectors_ > 0 && first_of_group(group_of(rank)) == rank;
}

int RankTree::above(int rank) const {
  expects(rank > 0 && rank < ranks_, "rank 0 is above all");
  return collectors_ == 0 || is_collector(rank) ? 0 : first_of_group(group_of(rank));
}

std::vector<int> RankTree::below(int rank) const {
  std::vector<int> found;
  if (rank == 0 && collectors_ > 0) {
    for (int group = 0; group < collectors_; ++group) found.push_back(first_of_group(group));
  } else if (rank == 0 || is_collector(rank)) {
    const int end = rank == 0 ? ranks_ : first_of_group(group_of(rank) + 1);
    found.resize(static_cast<std::size_t>(end - rank - 1));
    std::iota(found.begin(), found.end(), rank + 1);
  }
  return found;
}

}  // namespace firesweep
