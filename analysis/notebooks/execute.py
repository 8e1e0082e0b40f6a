#!/usr/bin/env python3
"""Executes the notebooks of this folder, in place with the results files of another folder, or with one file of yours.

    analysis/notebooks/execute.py FOLDER [NOTEBOOK..]
    analysis/notebooks/execute.py FOLDER --file dry-edge.h5 --output MY_NOTEBOOKS

FOLDER holds what the notebooks open: danger-levels.h5, wind-humidity.h5, valley.h5, season.h5, treatments.h5, fire.h5 and, if they are there, those of designs and of growing seeds; analysis/questions.md says how
they are made. Needs nbclient, ipykernel and what the notebooks need (Debian: python3-nbclient python3-ipykernel).
"""

import argparse
import base64
import io
import os
import pathlib
import sys

try:
    import ipykernel  # noqa: F401  (the kernel needs it)
    import nbformat
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec
    from nbclient import NotebookClient
    from PIL import Image
except ModuleNotFoundError as missing:
    sys.exit(f"execute.py: {sys.executable} has no module {missing.name}. Install it (on Debian and Ubuntu: apt-get "
             "install python3-nbclient python3-ipykernel python3-pil), or start this with a Python that has it, such as "
             f"/usr/bin/python3 {sys.argv[0]}")

HERE = pathlib.Path(__file__).resolve().parent


class OwnKernel(AsyncKernelManager):
    """A kernel of the Python that runs this script, whatever others are installed under its name."""

    kernel_spec = KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                             display_name="Python 3", language="python")


def execute(notebook, results, appended=None, parameters=None):
    """Returns the executed notebook; its results files are in the folder `results`. `appended` is code for one more
    cell; `parameters` replace those of the notebook's parameter cell."""
    content = nbformat.read(notebook, as_version=4)
    if parameters:
        set_parameters(content, parameters)
    if appended:
        content.cells.append(nbformat.v4.new_code_cell(appended))
    client = NotebookClient(content, timeout=600, kernel_manager_class=OwnKernel, record_timing=False,
                            resources={"metadata": {"path": str(HERE)}})
    environment = {"FIRESWEEP_RESULTS": str(pathlib.Path(results).resolve()), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    client.execute(env=os.environ | environment)
    content.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                        "language_info": {"name": "python"}}
    return content


def set_parameters(content, parameters):
    """Assigns parameters at the end of the notebook's cell with the tag "parameters"."""
    cell = next(cell for cell in content.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source += "".join(f"\n{name} = {value!r}" for name, value in parameters.items())


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
    parser.add_argument("--file", help="the results file in FOLDER that all of them shall open (default: their own)")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="where to write them (default: in place)")
    options = parser.parse_args()
    if options.file and not options.output:
        parser.error("--file needs --output: the notebooks of this folder are about their own files")
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
    parameters = {"file": options.file, "choice": {}} if options.file else None
    for notebook in options.notebooks:
        target = options.output / notebook.name if options.output else notebook
        nbformat.write(shrink(execute(notebook, options.results, parameters=parameters)), target)
        print(f"{target}: {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
