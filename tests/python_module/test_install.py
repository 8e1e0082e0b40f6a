"""What `cmake --install` makes of the build can be imported."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest


def test_an_installed_module_is_importable(tmp_path):
    build = pathlib.Path(os.environ["FIRESWEEP"]).resolve().parents[2]
    if not (build / "CMakeCache.txt").exists() or not shutil.which("cmake"):
        pytest.skip("this is no build of cmake's")
    subprocess.run(["cmake", "--install", build, "--prefix", tmp_path], check=True, stdout=subprocess.DEVNULL)
    cache = dict(line.split("=", 1) for line in (build / "CMakeCache.txt").read_text().splitlines() if "=" in line)
    place = tmp_path / cache["FIRESWEEP_PYTHON_DIR:STRING"]
    assert {"__init__.py", "__init__.pyi", "py.typed"} <= {file.name for file in (place / "firesweep").iterdir()}
    code = "import firesweep; f = firesweep.Fire(9, 9, density=1); f.ignite(4, 4); f.step(); print(firesweep.__file__, f.burnt)"
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, cwd=tmp_path,
                          env=os.environ | {"PYTHONPATH": str(place)})
    assert done.stdout.split() == [str(place / "firesweep/__init__.py"), "1"], done.stderr
