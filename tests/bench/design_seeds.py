#!/usr/bin/env python3
"""Compares Sobol' indices of the simulator by few and by many seeds a row: prints one table.

usage: tests/bench/design_seeds.py FIRESWEEP [--rows 256]

The same rows burn with other seeds each time. Indices of the expected value, the noise of its mean taken out, agree within their
intervals however few the seeds; those of the means as they are do not, as the noise counts as what all parameters do together.
"""

import argparse
import pathlib
import subprocess
import tempfile

import h5py

EXPERIMENT = """
name: seeds
landscape: {{width: 100, height: 100}}
weather: {{temperature: 38}}
design:
  method: sobol
  samples: {rows}
  parameters: {{wind_speed: [40, 60], humidity: [18, 20], vegetation_density: [0.68, 0.75]}}
matrix:
  seed: {{first: {first}, count: {seeds}}}
on_bare_ground: nearest
outputs: {{maps: false, curves: false, thresholds: [0.1]}}
"""


def effects(firesweep, folder, rows, first, seeds):
    source, output = folder / f"{seeds}.yaml", folder / f"{seeds}.h5"
    source.write_text(EXPERIMENT.format(rows=rows, first=first, seeds=seeds))
    subprocess.run([firesweep, "run", source, "-o", output, "--quiet"], check=True)
    with h5py.File(output) as file:
        group = file["sensitivity"]
        names = group["parameter"].asstr()[:]
        of_burn_fraction = (0,) * (group["total"].ndim - 1)
        found = {f"{index}{what}": group[f"{index}{what}"][of_burn_fraction]
                 for index in ("first_order", "total") for what in ("", "_ci", "_uncorrected")}
        return names, found, group["chance"][of_burn_fraction]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("firesweep")
    parser.add_argument("--rows", type=int, default=256)
    options = parser.parse_args()
    print(f"Sobol' indices of the burn fraction, {options.rows} rows")
    print(f"{'parameter':20} {'seeds':>5} {'chance':>7}   {'first order, as it is':>21} {'corrected':>10} {'interval':>16}   "
          f"{'total, as it is':>15} {'corrected':>10} {'interval':>16}")
    lines = {}
    first = 1
    with tempfile.TemporaryDirectory() as folder:
        for seeds in (5, 20, 80, 1000):
            names, found, chance = effects(options.firesweep, pathlib.Path(folder), options.rows, first, seeds)
            first += seeds  # other fires each time
            for k, name in enumerate(names):
                line = f"{name:20} {seeds:>5} {chance:>7.1%}"
                for index, width in (("first_order", 21), ("total", 15)):
                    low, high = found[f"{index}_ci"][k]
                    line += f"   {found[f'{index}_uncorrected'][k]:{width}.3f} {found[index][k]:10.3f} {f'{low:.3f} .. {high:.3f}':>16}"
                lines.setdefault(name, []).append(line)
    for of_parameter in lines.values():
        print("\n".join(of_parameter))


if __name__ == "__main__":
    main()
