#pragma once

#include <vector>

namespace firesweep {

/// Who gets its tasks from whom. Few ranks all get theirs from rank 0. Where ranks are many, collectors stand in
/// between: each leads a group of consecutive ranks, itself the first of them, and rank 0 deals with collectors alone.
class RankTree {
 public:
  /// 0 <= collectors < ranks; none: rank 0 leads all.
  explicit RankTree(int ranks, int collectors = 0);

  int ranks() const { return ranks_; }
  int collectors() const { return collectors_; }
  bool is_collector(int rank) const;

  /// The rank that another one, not 0, gets its tasks from.
  int above(int rank) const;
  /// Those that get theirs from it, ascending.
  std::vector<int> below(int rank) const;

 private:
  int first_of_group(int group) const;
  int group_of(int rank) const;

  int ranks_;
  int collectors_;
};

}  // namespace firesweep
