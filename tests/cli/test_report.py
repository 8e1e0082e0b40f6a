"""`firesweep report` has the analysis package make a page, and says what it lacks."""

import json
import os
import shutil
import sys

import h5py
import pytest

# A package of the same name that tells what it was called with.
STAND_IN = """
import json, os, pathlib, sys
pathlib.Path("called.json").write_text(json.dumps({"arguments": sys.argv[1:], "python": sys.executable, "path": sys.path}))
if "AXIS_ERROR" in os.environ:
    sys.exit(int(os.environ["AXIS_ERROR"]))
output = next(word.removeprefix("--output=") for word in sys.argv if word.startswith("--output="))
pathlib.Path(output).write_text("<!doctype html>")
"""


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return program.folder / "small.h5"


@pytest.fixture
def stand_in(tmp_path_factory):
    """The environment in which the package is a stand-in."""
    folder = tmp_path_factory.mktemp("analysis")
    (folder / "firesweep_analysis").mkdir()
    (folder / "firesweep_analysis" / "__init__.py").write_text("")
    (folder / "firesweep_analysis" / "report.py").write_text(STAND_IN)
    return {"FIRESWEEP_ANALYSIS": str(folder)}


def called(program):
    return json.loads((program.folder / "called.json").read_text())


def test_the_page_is_made_from_a_fresh_results_file(program, results):
    (program.folder / "numpy.py").write_text("raise SystemExit('modules in the current folder are not meant')")
    done = program("report", "small.h5")
    assert done.returncode == 0, done.stderr
    page = (program.folder / "small.html").read_text(encoding="utf-8")
    assert "catastrophic" in page and "</html>" in page
    assert done.stdout.startswith("small.html: ")
    assert program.files() == ["numpy.py", "small.h5", "small.html", "small.yaml"]


def test_the_package_hears_of_file_page_and_choices(program, results, stand_in):
    done = program("report", "small.h5", "-o", "page.html", "--at", "ignition_set=centre", "--at", "danger_level=low",
                   environment=stand_in)
    assert done.returncode == 0, done.stderr
    assert called(program)["arguments"] == ["--output=page.html", "--at=ignition_set=centre", "--at=danger_level=low", "--", "small.h5"]
    assert called(program)["path"][0] == stand_in["FIRESWEEP_ANALYSIS"]


def test_names_are_taken_as_they_are(program, results, stand_in):
    name = "-v; touch x $(touch y) 'z.h5"
    shutil.copy(results, program.folder / name)
    done = program("report", "-o", "a b$HOME.html", "--", name, environment=stand_in)
    assert done.returncode == 0, done.stderr
    assert called(program)["arguments"] == ["--output=a b$HOME.html", "--", name]
    assert "x" not in program.files() and "y" not in program.files()


def test_the_page_lies_in_the_current_folder(program, results, stand_in):
    (program.folder / "elsewhere").mkdir()
    results.rename(program.folder / "elsewhere" / "small.h5")
    assert program("report", "elsewhere/small.h5", environment=stand_in).returncode == 0
    assert (program.folder / "small.html").exists()


@pytest.mark.parametrize("code, handed_on", [(2, 2), (5, 5), (1, 70)])  # 1 is Python's own, of a traceback
def test_the_exit_code_of_the_package_is_handed_on(program, results, stand_in, code, handed_on):
    assert program("report", "small.h5", environment={**stand_in, "AXIS_ERROR": str(code)}).returncode == handed_on


def test_an_unknown_choice_is_bad_input(program, results):
    done = program("report", "small.h5", "--at", "danger_level=none")
    assert done.returncode == 2 and "danger_level" in done.stderr


def test_the_python_named_is_used(program, results, stand_in):
    python = program.folder / "my python"
    python.symlink_to(sys.executable)
    done = program("report", "small.h5", environment={**stand_in, "FIRESWEEP_PYTHON": str(python)})
    assert done.returncode == 0, done.stderr
    assert called(program)["python"] == str(python)


def test_a_python_that_is_not_there_is_said(program, results):
    done = program("report", "small.h5", environment={"FIRESWEEP_PYTHON": "/nowhere/python3"})
    assert done.returncode == 69
    assert "/nowhere/python3 does not run" in done.stderr
    assert not (program.folder / "small.html").exists()


def test_packages_that_are_missing_are_named_as_the_distribution_does(program, results):
    bare = program.folder / "bare-python"  # one that finds nothing but what comes with it
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E "$@"\n')
    bare.chmod(0o755)
    done = program("report", "small.h5", environment={"FIRESWEEP_PYTHON": str(bare)})
    assert done.returncode == 69
    assert "lacks" in done.stderr and "xarray" in done.stderr
    assert "apt-get install" in done.stderr and "python3-xarray" in done.stderr and "python3-matplotlib" in done.stderr


def test_a_package_that_is_not_there_is_said(program, results):
    done = program("report", "small.h5", environment={"FIRESWEEP_ANALYSIS": str(program.folder)})
    assert done.returncode == 69
    assert "FIRESWEEP_ANALYSIS" in done.stderr and str(program.folder) in done.stderr


def test_a_file_that_is_none_is_said_before_python_is_asked(program, results, stand_in):
    assert program("report", "none.h5", environment=stand_in).returncode == 2
    assert program("report", "small.yaml", environment=stand_in).returncode == 5
    assert not (program.folder / "called.json").exists()


def test_an_installed_program_finds_the_package_beside_it(program, results, stand_in, monkeypatch):
    (program.folder / "usr/bin").mkdir(parents=True)
    shutil.copy(os.environ["FIRESWEEP"], program.folder / "usr/bin/firesweep")
    shutil.copytree(stand_in["FIRESWEEP_ANALYSIS"], program.folder / "usr/share/firesweep/analysis")
    monkeypatch.setenv("FIRESWEEP", str(program.folder / "usr/bin/firesweep"))
    done = program("report", "small.h5")
    assert done.returncode == 0, done.stderr
    assert called(program)["path"][0] == str(program.folder / "usr/share/firesweep/analysis")


def test_nothing_but_a_page_is_overwritten(program, results):
    before = (program.folder / "small.h5").read_bytes()
    done = program("report", "small.h5", "-o", "small.h5")
    assert done.returncode == 5
    assert "is no HTML page" in done.stderr
    assert (program.folder / "small.h5").read_bytes() == before


def test_a_file_without_what_the_page_shows_is_refused(program, results):
    with h5py.File(program.folder / "small.h5", "r+") as file:
        del file["burn_fraction_mean"]
    done = program("report", "small.h5")
    assert done.returncode == 5
    assert "'burn_fraction_mean'" in done.stderr and "Traceback" not in done.stderr
    assert not (program.folder / "small.html").exists()


def test_a_page_in_no_folder_is_refused(program, results):
    done = program("report", "small.h5", "-o", "nowhere/page.html")
    assert done.returncode == 2 and done.stdout == ""
    assert "nowhere/page.html: the folder" in done.stderr and len(done.stderr.splitlines()) == 1
