"""One output, several jobs; also on file systems that cannot lock."""

import errno
import os
import signal
import socket
import subprocess

import pytest

from conftest import LONG, content_of, finished, wait_for_checkpoint

SINCE = "2026-01-01T00:00:00Z"
NOWHERE_LOCKABLE = {"first": 1, "last": 10**9, "calls": "lock"}


def leave_lock(case, host, process, start="?"):
    (case.victim / ".tiny.h5.lock").write_text(f"{host} {process} {SINCE} {start}\n")


def dead_process():
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_a_second_job_is_refused_while_the_first_goes_on(case):
    first = case.start(*LONG)
    wait_for_checkpoint(case, first)
    code, errors = case.run(*LONG)
    assert code == 5
    assert f"victim/tiny.h5: is being written by process {first.pid} on {socket.gethostname()} since 20" in errors
    assert "choose another output" in errors and len(errors.splitlines()) == 1
    first.send_signal(signal.SIGTERM)
    assert finished(first)[0] == 75
    assert case.names() == ["tiny.h5"]


def test_what_a_dead_job_left_is_taken_over_and_cleared_up(case, undisturbed):
    leave_lock(case, "elsewhere", 1)
    (case.victim / ".tiny.h5.tmp-12345").write_text("half a file")
    (case.victim / ".tiny.h5.tmp-notes").write_text("somebody's")
    assert case.run() == (0, "")
    assert content_of(case.results) == undisturbed[1]
    assert case.names() == [".tiny.h5.tmp-notes", "tiny.h5"]


@pytest.mark.parametrize("reason", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
def test_a_file_system_that_cannot_lock_is_warned_of(case, undisturbed, reason):
    code, errors = case.run(action=reason, **NOWHERE_LOCKABLE)
    assert code == 0
    assert "warning: victim/tiny.h5: the file system cannot lock files" in errors and len(errors.splitlines()) == 1
    assert content_of(case.results) == undisturbed[1]
    assert case.names() == ["tiny.h5"]


@pytest.mark.parametrize("holder", ["dead", "other start"])
def test_without_locks_a_dead_process_of_this_host_is_known_to_be_dead(case, holder):
    leave_lock(case, socket.gethostname(), *((dead_process(),) if holder == "dead" else (os.getpid(), 1)))
    code, errors = case.run(action=errno.ENOLCK, **NOWHERE_LOCKABLE)
    assert code == 0, errors
    assert case.names() == ["tiny.h5"]


@pytest.mark.parametrize("host", ["here", "elsewhere"])
def test_without_locks_a_job_that_may_live_is_respected_and_the_remedy_named(case, host):
    name = socket.gethostname() if host == "here" else "node17"
    leave_lock(case, name, os.getpid() if host == "here" else 4242)
    code, errors = case.run(action=errno.ENOLCK, **NOWHERE_LOCKABLE)
    assert code == 5
    assert f"on {name} since {SINCE}" in errors and "if it is surely gone, remove victim/.tiny.h5.lock" in errors
    assert case.names() == [".tiny.h5.lock"]


def test_without_locks_a_dead_lock_that_cannot_be_removed_is_told(case):
    leave_lock(case, socket.gethostname(), dead_process())
    code, errors = case.run(first=1, last=10**9, calls="lock unlink", action=errno.ENOSYS)
    assert code == 5
    assert f"victim/tiny.h5: cannot be locked with victim/.tiny.h5.lock ({os.strerror(errno.ENOSYS)})" in errors


def test_without_locks_a_lock_that_cannot_be_written_is_none(case):
    code, errors = case.run(first=1, last=10**9, calls="lock truncate", action=errno.EINVAL)
    assert code == 5
    assert "victim/tiny.h5: cannot be locked with victim/.tiny.h5.lock (Invalid argument)" in errors
    assert case.names() == []
