"""Experiments as the engine reads them: YAML, of which JSON is a part."""

import json
import os

import numpy as np


def text_of(experiment):
    """A dict of an experiment as text that firesweep reads. Numbers may be numpy's, paths any."""
    return json.dumps(experiment, indent=1, ensure_ascii=False, allow_nan=False, default=_plain)


def text_of_landscape(landscape, width, height):
    """An experiment around a landscape."""
    if not isinstance(landscape, dict):
        raise TypeError(f"landscape must be a dict as in experiment files, not {landscape!r}")
    sides = {name: side for name, side in (("width", width), ("height", height)) if side is not None}
    return text_of({"name": "fire", "landscape": sides | landscape,
                    "matrix": {"danger_level": ["severe"], "seed": {"first": 1, "count": 1}}})


def _plain(value):
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    raise TypeError(f"an experiment has texts, numbers, lists and dicts, not {value!r}")
