#!/usr/bin/env python3
"""What it costs to have a fire in Python's hands: ratios of times that are taken in turns, each the least of several.

    PYTHONPATH=build/release/src/python tests/bench/one_fire.py [ROUNDS]

A catastrophic fire burns 1024 x 1024 cells from their centre to its end:
    engine   Fire.run(): the steps of the kernel, none of which comes by Python
    stepped  a step at a time, with a look at `burning` after each
    viewed   the same with `states` read at every step; what that adds to a step is compared with a copy of all bytes
    dense    the naive kernel, which looks at every cell in every step (the program's, --kernel dense; once)
    NumPy    numpy_fire.py, the same model on whole grids (another landscape of the same kind; once)

What else runs on the machine spoils the ratio of threads most: they want two cores to themselves (nice -n -20, as root).
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import h5py
import numpy as np
import numpy_fire

import firesweep

SIDE = 1024
REPEATS = 20  # runs of each thread at a time
CENTRE = (SIDE // 2, SIDE // 2)


def burning_fire(seed):
    fire = firesweep.Fire(SIDE, SIDE, "catastrophic", seed)
    fire.states  # its memory, and the whole landscape
    return fire


def light(fire):
    fire.reset()
    fire.ignite(*CENTRE)
    fire.states


def run(fire):
    fire.run()


def step(fire):
    while fire.burning:
        fire.step()


def view(fire):
    while fire.burning:
        fire.step()
        fire.states


def seconds(burn, fire):
    light(fire)
    start = time.perf_counter()
    burn(fire)
    return time.perf_counter() - start


def in_turn(fires, repeats):
    start = time.perf_counter()
    for fire in fires:
        again(fire, repeats)
    return time.perf_counter() - start


def at_once(fires, repeats):
    threads = [threading.Thread(target=again, args=(fire, repeats)) for fire in fires]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def again(fire, repeats):
    for _ in range(repeats):
        fire.reset()
        fire.ignite(*CENTRE)
        fire.run()


def dense_seconds(seed):
    """What one thread of the program takes for the same fire by the naive kernel."""
    program = os.environ.get("FIRESWEEP", "build/release/src/app/firesweep")
    experiment = (f"{{name: dense, landscape: {{width: {SIDE}, height: {SIDE}}}, outputs: {{maps: false, curves: false}}, matrix: {{"
                  f"danger_level: [catastrophic], ignition_set: {{centre: [[{CENTRE[0]}, {CENTRE[1]}]]}}, seed: [{seed}]}}}}")
    with tempfile.TemporaryDirectory() as folder:
        source, output = pathlib.Path(folder) / "dense.yaml", pathlib.Path(folder) / "dense.h5"
        source.write_text(experiment)
        subprocess.run([program, "run", source, "-o", output, "--kernel", "dense", "--threads", "1", "--quiet"], check=True)
        with h5py.File(output) as file:
            assert file["burnt_cells"][()].item() > SIDE**2 / 2
            phases = list(file["performance/phase"].asstr())
            return file["performance/phase_seconds_total"][phases.index("compute")]


def numpy_seconds():
    weather = firesweep.danger_level("catastrophic")
    p = numpy_fire.spread_probability(weather["wind_speed"], weather["humidity"], weather["temperature"])
    start = time.perf_counter()
    burnt = numpy_fire.burn(p, SIDE, np.random.default_rng(0))
    assert burnt > SIDE**2 / 2
    return time.perf_counter() - start


def fires_from_centre(count):
    """Fires whose centre is vegetated, and that do not go out at once."""
    fires = []
    for seed in range(1, 1000):
        fire = burning_fire(seed)
        if fire.ignite(*CENTRE, strict=False) and fire.run() > SIDE / 2:
            fires.append(fire)
        if len(fires) == count:
            return fires
    raise RuntimeError("no seed burns")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    one, other = fires_from_centre(2)
    least = dict.fromkeys(("engine", "stepped", "viewed"), float("inf"))
    alone = together = copying = float("inf")
    states, copied = one.states, np.empty((SIDE, SIDE), np.uint8)
    for _ in range(rounds):
        for name, burn in (("engine", run), ("stepped", step), ("viewed", view)):
            least[name] = min(least[name], seconds(burn, one))
        start = time.perf_counter()
        np.copyto(copied, states)
        copying = min(copying, time.perf_counter() - start)
        alone = min(alone, in_turn((one, other), REPEATS))
        together = min(together, at_once((one, other), REPEATS))
    numpy, dense = numpy_seconds(), dense_seconds(one.seed)
    print(f"{SIDE} x {SIDE}, catastrophic, {one.steps} steps, {one.burnt} cells burnt; least of {rounds} rounds")
    for name, time_taken in least.items():
        print(f"  {name:<8} {1e3 * time_taken:8.2f} ms   {time_taken / least['engine']:6.3f} x the engine"
              f"   {numpy / time_taken:7.0f} times as fast as NumPy")
    print(f"  dense    {1e3 * dense:8.0f} ms   {dense / least['engine']:6.0f} x the engine")
    print(f"  NumPy    {1e3 * numpy:8.0f} ms")
    look = (least["viewed"] - least["stepped"]) / one.steps
    print(f"  reading `states`: {1e6 * look:.1f} us a step, {look / copying:.2f} of a copy of all bytes ({1e6 * copying:.1f} us)")
    print(f"two threads with a fire each: {together / alone:.3f} of the time of both in turn")
    print("wanted: stepped <= 1.1 x the engine, viewed >= 200 times NumPy, threads <= 0.55")


if __name__ == "__main__":
    main()
