#!/usr/bin/env python3
"""Draws what a results file says on one page: how likely a fire of each size is, and where it burns.

    analysis/overview.py danger-levels.h5 -o overview.png

Needs xarray, h5netcdf, scipy and matplotlib (Debian: python3-xarray python3-h5netcdf python3-scipy python3-matplotlib).
"""

import argparse

import matplotlib

matplotlib.use("Agg")

from firesweep_analysis import open_results, style  # noqa: E402  (after the choice of the backend)
from firesweep_analysis.overview import overview  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", help="a results file with maps")
    parser.add_argument("-o", "--output", default="overview.png", help="the picture to write (default: %(default)s)")
    parser.add_argument("--ignition-set", help="which to show (default: the first)")
    arguments = parser.parse_args()
    style.use()
    choice = {"ignition_set": arguments.ignition_set} if arguments.ignition_set else {}
    with open_results(arguments.results) as data:
        try:
            overview(data, **choice).savefig(arguments.output, dpi=110)
            print(arguments.output)
        except ValueError as problem:
            parser.error(f"{arguments.results} cannot be drawn like this: {problem}")


if __name__ == "__main__":
    main()
