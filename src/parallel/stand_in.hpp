#pragma once

#include <sys/types.h>

namespace firesweep {

/// Goes on in a child that `launcher`, who launched this process, can neither signal nor kill, and returns
/// there the number of the process that was launched. That one stands in for the child: it hands on the
/// signals it gets, ends as the child ends, and returns to nobody. Only before there is a second thread.
pid_t work_behind_stand_in(pid_t launcher);

/// Has the system send this process SIGUSR1, once its parent is dead: the one signal that asks for an end
/// without haste, however often it comes. (On Linux.)
void end_with_parent();

}  // namespace firesweep
