"""The package can be installed by pip, without a network, and is then complete."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from conftest import SOURCE


def test_the_package_is_of_the_program_s_version():
    of_program = re.search(r"project\(firesweep VERSION ([\d.]+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
    assert re.search(r'^version = "(.*)"$', (SOURCE / "analysis/pyproject.toml").read_text(), re.M).group(1) == of_program


def test_pip_installs_the_package(tmp_path):
    missing = [module for module in ("pip", "setuptools", "wheel") if find_spec(module) is None]
    if missing:
        pytest.skip(f"there is no {' and no '.join(missing)}")
    shutil.copytree(SOURCE / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("notebooks", "*.png", "*.gif"))
    done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation",
                           "--root-user-action=ignore", "--target", tmp_path / "there", tmp_path / "analysis"],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    package = tmp_path / "there/firesweep_analysis"
    assert sorted(path.name for path in package.glob("*.*")) == sorted(
        path.name for path in (SOURCE / "analysis/firesweep_analysis").glob("*.*"))
    asked = subprocess.run([sys.executable, "-c", "import firesweep_analysis; print(firesweep_analysis.__file__)"],
                           cwd=tmp_path / "there", capture_output=True, text=True, timeout=300)
    assert asked.stdout.strip() == str(package / "__init__.py"), asked.stderr
