#!/usr/bin/env python3
"""Measures firesweep on this machine and prints one table of ratios, to be read beside each other and not beside
those of another run: kernels against the naive one and against numpy, the whole program against its kernel, ranks and
threads against one, memory.

    cmake --preset release -D BUILD_TESTING=ON && cmake --build --preset release
    tests/bench/bench.py [--build build/release] [--only PATTERN]

Needs Google Benchmark (libbenchmark-dev) when configuring, and h5py and numpy here. Leave the machine alone meanwhile.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import tempfile
import time

import h5py

import numpy_fire

LEVELS = ["low", "moderate", "high", "very_high", "severe", "extreme", "catastrophic"]
HIGH = (30, 35, 35)  # wind, humidity, temperature
CATASTROPHIC = (80, 5, 50)


class Bench:
    def __init__(self, build):
        self.program = build / "src/app/firesweep"
        self.kernels = build / "tests/bench/kernel_bench"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="firesweep-bench-"))
        self.environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
        self.fire_seconds = {}

    def measure_kernels(self, pattern="-threads", seconds=0.5):
        """Seconds per fire and per burnt cell of kernel benchmarks, by name; each is measured for so many seconds."""
        output = subprocess.run([self.kernels, "--benchmark_format=json", f"--benchmark_min_time={seconds}",
                                 f"--benchmark_filter={pattern}"], check=True, capture_output=True, text=True).stdout
        for result in json.loads(output)["benchmarks"]:
            name = re.sub("/real_time$", "", result["name"])
            self.fire_seconds[name] = (result["real_time"] * 1e-6, result["per_cell"])
        return self.fire_seconds

    def run(self, levels, side, seeds, *options, ranks=None, maps=True, cores=None):
        """One experiment, on so many cores or all; returns (seconds inside the program, seconds of the process, largest
        memory of a rank)."""
        source = self.folder / "bench.yaml"
        source.write_text(f"""
            name: bench
            landscape: {{width: {side}, height: {side}}}
            matrix: {{danger_level: [{", ".join(levels)}], seed: {{first: 0, count: {seeds}}}}}
            on_bare_ground: force
            outputs: {{maps: {str(maps).lower()}}}""".replace("            ", ""))
        command = [self.program, "run", source, "-o", self.folder / "bench.h5", "--quiet", *options]
        if ranks:
            command = ["mpirun", "-n", str(ranks), "--oversubscribe", "--bind-to", "none", *command]
        (self.folder / "bench.h5").unlink(missing_ok=True)
        confine = None if cores is None else lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
        start = time.perf_counter()
        subprocess.run(list(map(str, command)), check=True, env=self.environment, preexec_fn=confine)
        process = time.perf_counter() - start
        with h5py.File(self.folder / "bench.h5") as file:
            performance = file["performance"]
            return performance.attrs["wall_seconds"], process, int(performance["peak_memory"][:].max())


def kernel_rows(bench):
    found = bench.measure_kernels()
    bench.measure_kernels("threads", seconds=3)
    sets = [name.split("/")[0] for name in found if name.endswith("/catastrophic/1024") and
            name.split("/")[0] in ("portable", "avx2", "avx512")]
    best = sets[-1]
    yield f"kernel ({best}), catastrophic 1024^2", f"{found[f'{best}/catastrophic/1024'][1] * 1e9:.1f} ns per burnt cell", "<= 7"
    yield f"kernel ({best}), high 1024^2", f"{found[f'{best}/high/1024'][0] * 1e6:.2f} us per fire", "<= 1.5"
    for level, target in (("catastrophic", "500"), ("high", "10 000")):
        ratio = found[f"dense/{level}/1024"][0] / found[f"{best}/{level}/1024"][0]
        yield f"dense / {best}, {level} 1024^2", f"{ratio:,.0f} x".replace(",", " "), f">= {target} x"
    for slower in sets[:-1]:
        ratio = found[f"{slower}/catastrophic/1024"][0] / found[f"{best}/catastrophic/1024"][0]
        yield f"{slower} / {best}, catastrophic 1024^2", f"{ratio:.2f} x", "<= 4 x"
    for level in ("high", "catastrophic"):
        ratio = found[f"burn_count/{level}/1024"][0] / found[f"{best}/{level}/1024"][0]
        yield f"counting burns / not, {level} 1024^2", f"{ratio:.2f} x", ""
    yield ("one fire of 8192^2, 1 thread / 2 threads inside it",
           f"{found['threads/1/8192'][0] / found['threads/2/8192'][0]:.2f} x", ">= 1.7 x")
    for weather, level, fires in ((HIGH, "high", 40), (CATASTROPHIC, "catastrophic", 4)):
        ratio = numpy_fire.seconds_per_fire(weather, 256, fires) / found[f"{best}/{level}/256"][0]
        yield f"numpy / {best}, {level} 256^2", f"{ratio:,.0f} x".replace(",", " "), ""


def program_rows(bench):
    fires = bench.fire_seconds or bench.measure_kernels("avx.*/256|portable.*/256")
    best = next(name.split("/")[0] for name in reversed(fires) if name.endswith("/catastrophic/256"))
    for level in LEVELS:
        kernel = fires[f"{best}/{level}/256"][0]
        seeds = min(3_000_000, int(4 / kernel))
        process = min(bench.run([level], 256, seeds, "--threads", 1)[1] for _ in range(2))
        target = ">= 97 %" if level in ("severe", "extreme", "catastrophic") else ">= 85 %"
        yield f"whole program / kernel, runs per second, {level} 256^2, {seeds} runs", f"{100 * seeds * kernel / process:.0f} %", target


# What is measured in parallel: name, level, side, seeds, whether with maps; then targets for threads and ranks of what
# the fires take, and of the whole command.
PARALLEL = [
    ("many small fires", "high", 256, 3_000_000, True, (1.97, 1.95), (1.9, 1.85)),
    ("12 000 large fires", "catastrophic", 256, 12_000, True, (1.95, 1.95), (1.95, 1.9)),
    ("24 very large fires", "catastrophic", 4096, 24, False, (1.95, 1.95), None),
    ("24 very large fires with their maps", "catastrophic", 4096, 24, True, (1.9, 1.9), (1.8, 1.75)),
]


def parallel_rows(bench):
    """One thread or rank has one core here: where there are two, firesweep writes on the second while its one thread
    burns. Ranks are launched by mpirun, also if it is one; where its time is taken off, that is the time of ten fires
    that were launched the same way."""
    ways = {"one": {"cores": 1}, "two threads": {"threads": 2}, "two ranks": {"ranks": 2}, "one rank": {"ranks": 1, "cores": 1}}

    def command(way, *what, maps=True):
        return bench.run(*what, "--threads", ways[way].get("threads", 1), maps=maps, ranks=ways[way].get("ranks"),
                         cores=ways[way].get("cores"))

    launch = {way: min(command(way, ["low"], 16, 10)[1] for _ in range(3)) for way in ways}
    for name, level, side, seeds, maps, of_fires, of_command in PARALLEL:
        runs = {way: [] for way in ways}
        for _ in range(3):  # in turn, as other work on the machine comes and goes
            for way in ways:
                runs[way].append(command(way, [level], side, seeds, maps=maps))
        process = {way: min(run[1] for run in runs[way]) for way in ways}
        fires = {way: min(run[0] for run in runs[way]) for way in ways}
        net = {way: process[way] - launch[way] for way in ways}
        yield f"1 thread / 2 threads until the last fire, {name}", f"{fires['one'] / fires['two threads']:.2f} x", f">= {of_fires[0]} x"
        yield f"1 rank / 2 ranks, launching taken off, {name}", f"{net['one rank'] / net['two ranks']:.2f} x", f">= {of_fires[1]} x"
        if of_command:
            yield f"1 thread / 2 threads, whole command, {name}", f"{process['one'] / process['two threads']:.2f} x", f">= {of_command[0]} x"
            yield f"1 rank / 2 ranks, whole command, {name}", f"{process['one rank'] / process['two ranks']:.2f} x", f">= {of_command[1]} x"
        runs = [bench.run([level], side, seeds, "--threads", 1, maps=maps) for _ in range(3)]
        tail = min(run[1] - run[0] for run in runs) / min(run[1] for run in runs)
        yield f"before the first and after the last fire, share of a command with one thread, {name}", f"{100 * tail:.0f} %", "<= 5 %" if level == "high" else ""


def cost_rows(bench):
    _, _, idle = bench.run(["low"], 16, 1, "--threads", 1)
    _, start_up, _ = min((bench.run(["low"], 16, 1, "--threads", 1) for _ in range(5)), key=lambda run: run[1])
    yield "start-up: one run on 16 x 16", f"{1000 * start_up:.0f} ms", "< 50 ms"
    with_ranks = min(bench.run(["low"], 16, 10, "--threads", 1, ranks=2)[1] for _ in range(5))
    yield "start-up: ten runs on 16 x 16 with two ranks, mpirun and all", f"{1000 * with_ranks:.0f} ms", ""
    side = 8192
    _, _, used = bench.run(["catastrophic"], side, 1, "--threads", 1, maps=False)
    yield f"memory, one thread, {side}^2, beyond the maps", f"{(used - idle) / side**2:.2f} bytes per cell", "<= 3"
    _, _, used = bench.run(["low"], 16, 2_000_000, "--threads", 1)
    yield "memory per run, records and statistics", f"{(used - idle) / 2_000_000:.0f} bytes", "<= 40"
    size = (bench.folder / "bench.h5").stat().st_size
    yield "file per run", f"{size / 2_000_000:.1f} bytes", "<= 1.9"


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text() if pathlib.Path("/proc/cpuinfo").exists() else ""
    found = re.search(r"model name\s*: (.*)", text)
    return found.group(1) if found else platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"), help="default: %(default)s")
    parser.add_argument("--only", default=".", metavar="PATTERN", help="groups to run: kernel, program, parallel, cost")
    arguments = parser.parse_args()
    bench = Bench(arguments.build.resolve())
    groups = {"kernel": kernel_rows, "program": program_rows, "parallel": parallel_rows, "cost": cost_rows}
    print(f"{processor()}, {os.cpu_count()} cores, {datetime.date.today()}\n")
    print("| what | measured | target |\n|---|---|---|")
    for name, rows in groups.items():
        if re.search(arguments.only, name):
            for row in rows(bench):
                print("| {} | {} | {} |".format(*row), flush=True)


if __name__ == "__main__":
    main()
