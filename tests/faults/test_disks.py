"""Disks that stay full or read-only, and folders that go away, while a run goes on."""

import contextlib
import errno
import os
import shutil
import signal
import subprocess

import pytest

from conftest import LONG, Case, content_of, finished, wait_for_checkpoint

FOR_EVER = 10**9

@contextlib.contextmanager
def mounted(folder, *how):
    """A mount on `folder`. Yields what is said against it, which is nothing if there is one."""
    done = subprocess.run(["mount", *how, str(folder)], capture_output=True, text=True)
    try:
        yield done.stderr.strip()
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


# Calls that fail from one on, and for ever.
STUBBORN = {
    "full disk": {"calls": "write", "action": errno.ENOSPC, "first": 40},
    "broken disk": {"calls": "sync", "action": errno.EIO, "first": 1},
    "quota": {"calls": "close", "action": errno.EDQUOT, "first": 1},
    "no renaming": {"calls": "rename", "action": errno.EACCES, "first": 1},
}


@pytest.fixture(scope="module")
def trying(tmp_path_factory, undisturbed):
    """Runs over half the results that try for some seconds to publish, all at once: (case, process) by name."""
    started = {}
    for name, fault in STUBBORN.items():
        case = Case(tmp_path_factory.mktemp("stubborn") / "case")
        case.results.write_bytes(undisturbed[0])
        started[name] = case, case.start(last=FOR_EVER, **fault)
    case = Case(tmp_path_factory.mktemp("full") / "case")
    started["full from the start"] = case, case.start(first=1, last=FOR_EVER, calls="rename", action=errno.ENOSPC)
    case = Case(tmp_path_factory.mktemp("deleted") / "case")
    process = case.start(*LONG)
    wait_for_checkpoint(case, process)
    while case.victim.exists():  # it may write into it meanwhile
        shutil.rmtree(case.victim, ignore_errors=True)
    process.send_signal(signal.SIGTERM)
    started["deleted folder"] = case, process

    case = Case(tmp_path_factory.mktemp("small") / "case")
    size = len(undisturbed[0]) + 20000
    with mounted(case.victim, "-t", "tmpfs", "-o", f"size={size}", "none") as refusal:
        if not refusal:
            case.results.write_bytes(undisturbed[0])
            started["small disk"] = case, case.start()
        yield started
        for _, process in started.values():
            process.kill()
            process.communicate()


def test_a_disk_that_is_full_from_the_first_write_on_leaves_nothing_and_says_so(trying):
    case, process = trying["full from the start"]
    code, errors = finished(process)
    assert code == 5, errors
    assert case.names() == []
    assert "Nothing had been published before" in errors and "still there" not in errors


@pytest.mark.parametrize("name", STUBBORN)
def test_a_disk_that_stays_full_or_broken_ends_the_job_and_leaves_the_old_file(trying, undisturbed, name):
    case, process = trying[name]
    code, errors = finished(process)
    assert code == 5, errors
    assert case.results.read_bytes() == undisturbed[0]
    assert case.names() == ["tiny.h5"]
    assert "victim/tiny.h5: cannot be written" in errors and os.strerror(STUBBORN[name]["action"]) in errors
    assert "trying again" in errors and "What was published last is still there" in errors
    assert "run the same command again" in errors


def test_a_folder_that_is_deleted_under_a_run_ends_it_with_the_reason(trying):
    _, process = trying["deleted folder"]
    code, errors = finished(process)
    assert code == 5
    assert "victim/tiny.h5: cannot be written" in errors and "No such file or directory" in errors


def test_a_checkpoint_that_fails_is_told_and_the_run_goes_on(case):
    process = case.start(*LONG, first=1, calls="rename", action=errno.ENOSPC)
    warning = process.stderr.readline()
    assert "warning: no checkpoint: victim/tiny.h5: cannot be written (No space left on device)" in warning
    process.send_signal(signal.SIGTERM)
    assert finished(process)[0] == 75
    assert case.names() == ["tiny.h5"]
    content_of(case.results)


@pytest.mark.parametrize("damage", ["deleted", "truncated", "flipped"])
def test_a_file_that_is_damaged_under_a_run_is_replaced_by_a_good_one(case, damage):
    process = case.start(*LONG)
    wait_for_checkpoint(case, process)
    if damage == "deleted":
        case.results.unlink()
    elif damage == "truncated":
        os.truncate(case.results, 1000)
    else:
        with open(case.results, "r+b") as file:
            file.seek(1000)
            file.write(b"damage")
    process.send_signal(signal.SIGTERM)
    assert finished(process)[0] == 75
    content_of(case.results)


def test_a_disk_that_is_really_full_keeps_the_old_file_until_there_is_room(trying, undisturbed):
    if "small disk" not in trying:
        pytest.skip("needs the right to mount a tmpfs")
    half, whole = undisturbed
    case, process = trying["small disk"]
    code, errors = finished(process)
    assert code == 5
    assert "victim/tiny.h5: cannot be written" in errors and "No space left on device" in errors
    assert case.results.read_bytes() == half
    assert case.names() == ["tiny.h5"]
    subprocess.run(["mount", "-o", "remount,size=10m", str(case.victim)], check=True)
    assert case.run() == (0, "")
    assert content_of(case.results) == whole


def test_a_read_only_file_system_is_told_at_once(case, undisturbed):
    case.results.write_bytes(undisturbed[0])
    with mounted(case.victim, "--bind", str(case.victim)) as refusal:
        if refusal:
            pytest.skip(f"needs the right to mount: {refusal}")
        subprocess.run(["mount", "-o", "remount,bind,ro", str(case.victim)], check=True)
        code, errors = case.run()
        assert code == 5
        assert "victim/tiny.h5" in errors and "Read-only file system" in errors and len(errors.splitlines()) == 1
    assert case.names() == ["tiny.h5"]
