#!/usr/bin/env python3
"""Executes the notebooks of this folder in place, with the results files of another folder.

    analysis/notebooks/execute.py FOLDER [NOTEBOOK..]

FOLDER holds what the notebooks open: danger-levels.h5, wind-humidity.h5 and fire.h5; analysis/questions.md says how
they are made. Needs nbclient and ipykernel (Debian: python3-nbclient python3-ipykernel).
"""

import argparse
import base64
import io
import os
import pathlib

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent


def execute(notebook, results, appended=None):
    """Returns the executed notebook; its results files are in the folder `results`. `appended` is code for one more
    cell."""
    content = nbformat.read(notebook, as_version=4)
    if appended:
        content.cells.append(nbformat.v4.new_code_cell(appended))
    client = NotebookClient(content, timeout=300, kernel_name="python3", record_timing=False,
                            resources={"metadata": {"path": str(HERE)}})
    environment = {"FIRESWEEP_RESULTS": str(pathlib.Path(results).resolve()), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    client.execute(env=os.environ | environment)
    content.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                        "language_info": {"name": "python"}}
    return content


def shrink(notebook):
    """Brings the notebook's pictures down to 256 colours, a third of their size: committed notebooks stay small."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
                small = io.BytesIO()
                picture.quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
                output.data["image/png"] = base64.b64encode(small.getvalue()).decode()
    return notebook


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", metavar="FOLDER", help="the folder with the results files")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", type=pathlib.Path,
                        default=sorted(HERE.glob("*.ipynb")), help="which to execute (default: all)")
    options = parser.parse_args()
    for notebook in options.notebooks:
        nbformat.write(shrink(execute(notebook, options.results)), notebook)
        print(f"{notebook.name}: {notebook.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
