"""Experiments as the engine reads them: YAML, of which JSON is a part."""

import io
import json
import os
import tempfile

import numpy as np


def text_of(experiment):
    """A dict of an experiment as text that firesweep reads. Numbers may be numpy's, paths any."""
    return json.dumps(experiment, indent=1, ensure_ascii=False, allow_nan=False, default=_plain)


class Landscape:
    """An experiment around a landscape, `text`, whose arrays are rasters as long as it is in use."""

    def __init__(self, landscape, width, height):
        if not isinstance(landscape, dict):
            raise TypeError(f"landscape must be a dict as in experiment files, not {landscape!r}")
        self.folder = None
        sides = {name: side for name, side in (("width", width), ("height", height)) if side is not None}
        land = sides | landscape
        arrays = {name: np.asarray(land[name]) for name in ("fuel", "elevation") if isinstance(land.get(name), np.ndarray)}
        if arrays:
            cell_size = float(land.pop("cell_size", 1))
            grids = {name: _grid(name, cells, cell_size) for name, cells in arrays.items()}
            self.folder = tempfile.TemporaryDirectory(prefix="firesweep-")
            for name, grid in grids.items():
                land[name] = os.path.join(self.folder.name, f"{name}.asc")
                with open(land[name], "w", encoding="ascii") as file:
                    file.write(grid)
        try:
            self.text = text_of({"name": "fire", "landscape": land,
                                 "matrix": {"danger_level": ["severe"], "seed": {"first": 1, "count": 1}}})
        except BaseException:
            self.close()
            raise

    def close(self):
        if self.folder:
            self.folder.cleanup()


def _grid(name, cells, cell_size):
    """The text of an ESRI ASCII grid, whose first row is the northernmost. NaN is no data."""
    if cells.ndim != 2 or not cells.size or cells.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be an array of numbers, shape (height, width), not of {cells.dtype}, shape {cells.shape}")
    if name == "fuel" and cells.dtype.kind == "f" and not (np.isnan(cells) | (cells == np.round(cells))).all():
        raise ValueError("fuel must be an array of whole codes")
    none = -2_000_000_000  # exact as a float of four bytes, which numpy 2 makes of it, and in the nine digits below
    numbers = np.where(np.isnan(cells), none, cells) if cells.dtype.kind == "f" else cells
    text = io.StringIO()
    np.savetxt(text, numbers, fmt="%d" if cells.dtype.kind != "f" or name == "fuel" else "%.9g")
    return (f"ncols {cells.shape[1]}\nnrows {cells.shape[0]}\nxllcorner 0\nyllcorner 0\ncellsize {cell_size!r}\n"
            f"NODATA_value {none}\n{text.getvalue()}")


def _plain(value):
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    raise TypeError(f"an experiment has texts, numbers, lists and dicts, not {value!r}")
