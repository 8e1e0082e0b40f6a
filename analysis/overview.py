#!/usr/bin/env python3
"""Draws what a results file says on one page: how likely a fire of each size is, and where it burns.

    analysis/overview.py danger-levels.h5 -o overview.png
    analysis/overview.py valley.h5 --ground --at ignition_set=lightning -o valley.png

Needs xarray, h5netcdf, scipy and matplotlib (Debian: python3-xarray python3-h5netcdf python3-scipy python3-matplotlib).
"""

import argparse
import sys

try:
    import matplotlib

    matplotlib.use("Agg")

    from firesweep_analysis import ground, open_results, style
    from firesweep_analysis.overview import overview
    from firesweep_analysis.results import parse_choice
except ModuleNotFoundError as missing:
    sys.exit(f"overview.py: {sys.executable} has no module {missing.name}; start this with a Python that has it, such as "
             f"/usr/bin/python3 {sys.argv[0]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", help="a results file with maps")
    parser.add_argument("-o", "--output", default="overview.png", help="the picture to write (default: %(default)s)")
    parser.add_argument("--at", action="append", default=[], metavar="AXIS=VALUE",
                        help="which value of an axis to show, e.g. ignition_set=ridge (default: the first of each)")
    parser.add_argument("--ground", action="store_true", help="what grows, and where it burns on the relief, instead of how "
                        "likely a fire of each size is")
    arguments = parser.parse_args()
    style.use()
    draw = ground.overview if arguments.ground else overview
    with open_results(arguments.results) as data:
        try:
            draw(data, **parse_choice(data, arguments.at)).savefig(arguments.output, dpi=110)
            print(arguments.output)
        except ValueError as problem:
            parser.error(f"{arguments.results} cannot be drawn like this: {problem}")


if __name__ == "__main__":
    main()
