"""A beginning of what fuzz.py does for as long as it is let; the same everywhere, but for slow machines."""

import os

import fuzz


def test_broken_input_is_read_or_refused_in_words(tmp_path):
    told = []
    findings = fuzz.fuzz(os.environ["FIRESWEEP_ANSWERS"], tmp_path, seed=1, seconds=20, most=600, report=told.append)
    assert not findings, "\n".join(told)
