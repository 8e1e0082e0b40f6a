"""Runs `firesweep show` and takes apart what it prints."""

import fcntl
import json
import math
import os
import pty
import struct
import termios

import pytest

UNICODE = {"LC_ALL": "C.UTF-8", "NO_COLOR": ""}


def show(program, *arguments, **more):
    done = program("show", *arguments, **{"environment": UNICODE, **more})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def as_json(program, *arguments):
    return json.loads(show(program, *arguments, "--json"))


def number(value):
    """What JSON makes of it: NaN and infinities are null."""
    return None if not math.isfinite(value) else value


def close(found, expected):
    return found == number(expected) if found is None or not math.isfinite(expected) else found == pytest.approx(expected, rel=1e-12)


def row_of(text, *labels):
    return next(line for line in text.splitlines() if line.split()[:len(labels)] == list(labels))


def on_a_terminal(program, *arguments, columns=0, **environment):
    """What the command prints when standard output is a terminal, of so many columns if it knows."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
    process = program.start("show", *arguments, stdout=terminal, env={**os.environ, **UNICODE, "TERM": "xterm", **environment})
    os.close(terminal)
    text = b""
    try:
        while piece := os.read(main, 65536):
            text += piece
    except OSError:  # how Linux says that nobody has the terminal open any more
        pass
    os.close(main)
    assert process.wait(60) == 0
    return text.decode()
