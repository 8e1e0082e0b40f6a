#!/usr/bin/env python3
"""Measures the whole program on real ground, LANDFIRE's rasters of a part of Vermont: prints one table.

usage: FIRESWEEP_PUBLIC_DATA=folder tests/bench/landscape_bench.py [--program build/release/src/app/firesweep]

The folder has landfire_vermont/LC22_F40_230.tif and LC20_Elev_220.tif. What a cell takes is the difference between two sizes
of them, which GDAL's gdal_translate makes. Times are processor time of one thread, so that neighbours disturb them little.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile

import h5py

MAPS = {"without maps": "outputs.maps=false", "with maps": "outputs.maps=true"}
SCALES = (4, 8)  # cells beside each other for each of LANDFIRE's
EXPERIMENT = """
name: bench
landscape: {fuel: FUEL, elevation: ELEVATION, fuel_classes: scott_burgan_40, fuel_scale: 1.5}
model: {wind_directionality: 0.015}
weather: {wind_direction: 290}
matrix:
  danger_level: [extreme]
  ignition_set: {lightning: {random: 3}}
  seed: {count: 1000}
on_bare_ground: nearest
max_steps: 400
"""


class Bench:
    def __init__(self, program, data):
        self.program = program
        self.data = data
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="firesweep-bench-"))

    def experiment(self, scale):
        """Returns its file, and how many cells it is of."""
        for name, source, method in (("fuel", "LC22_F40_230.tif", "near"), ("elevation", "LC20_Elev_220.tif", "bilinear")):
            subprocess.run(["gdal_translate", "-q", "-r", method, "-outsize", f"{scale}00%", f"{scale}00%", "-co", "COMPRESS=DEFLATE",
                            self.data / source, self.folder / f"{name}-{scale}.tif"], check=True)
        path = self.folder / f"bench-{scale}.yaml"
        path.write_text(EXPERIMENT.replace("FUEL", f"fuel-{scale}.tif").replace("ELEVATION", f"elevation-{scale}.tif"))
        return path, 549 * 613 * scale**2

    def measure(self, *arguments):
        """Processor time [s] and largest memory [byte] of firesweep with these arguments."""
        process = subprocess.Popen([self.program, *map(str, arguments)], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        if status != 0:
            raise SystemExit(f"firesweep {' '.join(map(str, arguments))} has failed")
        return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024

    def run(self, path, *settings, threads=1):
        """The same of a run, and how many cells burnt."""
        output = self.folder / "bench.h5"
        output.unlink(missing_ok=True)
        seconds, memory = self.measure("run", path, "-o", output, "--quiet", "--threads", threads, "--set", *settings)
        with h5py.File(output) as file:
            return seconds, memory, int(file["performance"].attrs["total_burnt_cells"])


def reading_rows(bench, small, large):
    (path, cells), (large_path, large_cells) = small, large
    seconds, memory = bench.measure("plan", path)
    large_seconds, large_memory = bench.measure("plan", large_path)
    cells = large_cells - cells
    yield "reading rasters, and slopes from elevation", f"{(large_seconds - seconds) / cells * 1e9:.0f} ms per million cells"
    yield "largest memory meanwhile", f"{(large_memory - memory) / cells:.1f} bytes per cell"


def memory_rows(bench, small, large):
    (path, cells), (large_path, large_cells) = small, large
    for words, maps in MAPS.items():
        used = [bench.run(experiment, "matrix.seed.count=2", maps)[1] for experiment in (path, large_path)]
        yield f"largest memory of a run {words}, one thread", f"{(used[1] - used[0]) / (large_cells - cells):.1f} bytes per cell"


def fire_rows(bench, path):
    """The rest of the program, reading included, is in the run of one fire as well."""
    for words, maps in MAPS.items():
        rest, _, _ = bench.run(path, "matrix.seed.count=1", maps)
        seconds, _, burnt = bench.run(path, maps)
        yield f"1000 fires of {burnt // 1000} cells {words}", f"{(seconds - rest) / burnt * 1e9:.1f} ns per burnt cell"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/release/src/app/firesweep"), help="default: %(default)s")
    bench = Bench(parser.parse_args().program.resolve(), pathlib.Path(os.environ["FIRESWEEP_PUBLIC_DATA"]) / "landfire_vermont")
    small, large = (bench.experiment(scale) for scale in SCALES)
    print("| what | measured |\n|---|---|")
    for rows in (reading_rows(bench, small, large), memory_rows(bench, small, large), fire_rows(bench, small[0])):
        for row in rows:
            print("| {} | {} |".format(*row), flush=True)


if __name__ == "__main__":
    main()
