"""A run whose n-th call on a file of its results fails, for every n."""

import concurrent.futures
import errno
import itertools
import os
import re

import pytest

from conftest import Case, content_of

WORKERS = 3


def left_behind(case):
    """Everything that the next run finds: each file's name, without what is random in it, and its bytes."""
    return frozenset((re.sub(r"\.tmp-.*", ".tmp", path.name), path.read_bytes()) for path in case.victim.iterdir())


def outcome(case, undisturbed, action, n, start, calls, resumed):
    """Checks what becomes of a run whose n-th call meets the action. False if there is no n-th call. `resumed` holds what
    runs went on from: they need not do so again from the same."""
    half, whole = undisturbed
    if start == "half":
        case.results.write_bytes(half)
    code, errors = case.run(first=n, action=action, calls=calls)
    if not case.hits():
        assert (code, errors) == (0, ""), f"call {n}"
        return False
    where = f"{action} at call {n}, {case.hits()}: exit code {code}\n{errors}{case.names()}"

    is_killed = str(action).startswith("kill")
    if case.results.exists() and case.results.read_bytes() != half:
        assert content_of(case.results) == whole, where
    else:
        assert code != 0, where
        assert case.results.exists() == (start == "half"), where
    if is_killed:
        assert code == -9, where
    else:
        assert code in (0, 5), where
        if code == 5:
            assert "victim/tiny.h5" in errors and os.strerror(action) in errors, where
            assert len(errors.splitlines()) == 1, where
        assert not any(".tmp-" in name for name in case.names()) or case.hits() == ["unlink"], where

    if code != 0:
        found = left_behind(case)
        if found in resumed:
            return True
        assert case.run() == (0, ""), where
        resumed.add(found)
    assert content_of(case.results) == whole, where
    assert case.names() == ["tiny.h5"] or case.hits() == ["unlink"] and code == 0, where
    return True


def sweep(folder, undisturbed, action, start, step=1, calls=None):
    """Tries every `step`-th n until there is no such call. Returns how many were tried."""
    resumed = set()

    def attempt(n):
        return outcome(Case(folder / str(n)), undisturbed, action, n, start, calls, resumed)

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for tried in itertools.count(0, 16):
            met = list(pool.map(attempt, (1 + step * n for n in range(tried, tried + 16))))
            if not all(met):
                assert not any(met[met.index(False):])
                return tried + met.index(False)


@pytest.mark.parametrize("start", ["nothing", "half"])
def test_a_kill_at_any_call_leaves_a_complete_file_or_what_was_there(tmp_path, undisturbed, start):
    assert sweep(tmp_path, undisturbed, "kill-before", start) > 100


@pytest.mark.parametrize("reason, start", [(errno.ENOSPC, "nothing"), (errno.EIO, "half")])
def test_an_error_of_any_call_is_survived_or_told(tmp_path, undisturbed, reason, start):
    assert sweep(tmp_path, undisturbed, reason, start) > 100


@pytest.mark.parametrize("reason", [errno.EDQUOT, errno.EROFS, errno.ESTALE])
def test_other_errors_are_told_in_the_systems_words(tmp_path, undisturbed, reason):
    assert sweep(tmp_path, undisturbed, reason, "half", step=23) > 5


def test_an_error_while_reading_is_survived_or_told(tmp_path, undisturbed):
    assert sweep(tmp_path, undisturbed, errno.EIO, "half", step=9, calls="read") > 5


def test_writes_of_which_the_system_takes_a_part_are_completed(case, undisturbed):
    assert case.run(first=1, last=10**6, action="short") == (0, "")
    assert "write" in case.hits()
    assert content_of(case.results) == undisturbed[1]
