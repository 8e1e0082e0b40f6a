"""The picture of a results file is drawn, or refused with a reason."""

import pathlib
import subprocess
import sys

OVERVIEW = pathlib.Path(__file__).parents[2] / "analysis/overview.py"

SWEPT_MAPS = """
    name: swept-maps
    landscape: {width: 40, height: 30}
    matrix:
      danger_level: [severe, extreme]
      humidity: [5, 20]
      seed: {first: 1, count: 20}
"""


def draw(results, picture):
    return subprocess.run([sys.executable, str(OVERVIEW), str(results), "-o", str(picture)], capture_output=True, text=True)


def test_a_picture_is_drawn_with_and_without_further_axes(firesweep, full, tmp_path):
    for number, results in enumerate((full, firesweep.run("swept-maps", SWEPT_MAPS))):
        picture = tmp_path / f"{number}.png"
        done = draw(results, picture)
        assert done.returncode == 0, done.stderr
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_file_without_maps_is_refused_with_the_remedy(swept, tmp_path):
    done = draw(swept, tmp_path / "no.png")
    assert done.returncode == 2
    assert "outputs.maps: true" in done.stderr
