#pragma once

#include <functional>

namespace firesweep {

/// Does `work`, which writes files, in a copy of this process that goes on if this one is killed meanwhile,
/// and returns when it is done. What it changes in memory is lost. Throws CannotWrite if it cannot be done,
/// with what `work` threw.
///
/// There may be other threads, but none of them, nor a copy of them, is at work on what `work` needs.
void do_outliving(const std::function<void()>& work);

}  // namespace firesweep
