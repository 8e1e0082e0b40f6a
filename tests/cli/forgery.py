"""Changes results files so that only making their runs again, or adding them up, can tell."""

import pathlib
import re

import h5py

DOCUMENT = pathlib.Path(__file__).parents[2] / "analysis" / "results-format.md"


def documented_content_sha256(path):
    """The content hash, by the function that the documentation gives to readers."""
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    names = {}
    exec(next(block for block in blocks if "def content_sha256" in block), names)
    return names["content_sha256"](path)


def forge(path, change):
    """Calls change(file) with the file open, and makes its content hash right."""
    with h5py.File(path, "r+") as file:
        change(file)
    content_hash = documented_content_sha256(path)
    with h5py.File(path, "r+") as file:
        del file.attrs["content_sha256"]
        file.attrs["content_sha256"] = content_hash


def change_element(path, dataset, place, difference):
    """Adds `difference` to one element."""
    def change(file):
        file[dataset][place] = file[dataset][place].item() + difference
    forge(path, change)
