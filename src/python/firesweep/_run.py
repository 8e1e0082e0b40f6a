"""Whole experiments from Python, and all states of one fire."""

import os
import pathlib
import sys
import tempfile
import warnings

import xarray as xr

from . import _engine
from ._experiment import text_of


def run(experiment, output=None, *, threads=None, progress=True, overrides=(), fresh=False, comm=None):
    """Runs an experiment in this process, as 'firesweep run' does, and returns its results as an xarray.Dataset.

    experiment  the path of a YAML file, or a dict that holds what one would; paths in a dict are seen from the current folder
    output      the results file; it is gone on with if it holds some of the runs. Without it, the results are in memory only
    threads     to burn fires with (as many as there are cores, or OMP_NUM_THREADS says)
    progress    a line on standard error now and then; or a function of the runs that are done, those in all and the seconds left
    overrides   what --set says of the command, e.g. ["matrix.seed.count=50"]
    fresh       whether to move an existing output aside instead of going on with it
    comm        a communicator of mpi4py, all of whose ranks call this alike (mpirun -n 4 python3 script.py): they share the fires,
                and rank 0 gets the results, the others None

    Fires burn without the interpreter's lock; one experiment at a time in a process. Where HDF5 was not built for threads (that of
    Debian is), nothing else of the process may use it meanwhile. Ctrl-C ends it within seconds with
    KeyboardInterrupt, and what is done is in the output. With a `comm` a rank that is lost ends all of them, as with the command.

    Raises ValueError with every problem of the experiment and for an output that is of another, OSError for one that cannot be
    written or is in use, and RuntimeError if more runs fail than the experiment allows; a failed run that it allows is a warning.
    """
    if isinstance(experiment, dict):
        path, text = "experiment", text_of(experiment)
    else:
        path, text = os.fspath(experiment), None
        if not os.path.exists(path):
            raise FileNotFoundError(2, "No such experiment", path)
    address = _address_of(comm)
    is_root = comm is None or comm.Get_rank() == 0
    told = _Told(progress if is_root else False)
    if output is not None:
        file = _made(path, text, os.fspath(output), overrides, threads, fresh, told, address)
        return _open(file) if is_root else None
    with tempfile.TemporaryDirectory(prefix="firesweep-") as folder:
        file = str(pathlib.Path(folder) / "results.h5")
        if comm is not None:
            file = comm.bcast(file)
        file = _made(path, text, file, overrides, threads, fresh, told, address)
        if not is_root:
            return None
        with _open(file) as results:
            return results.load()


def batch(width=None, height=None, danger_level="severe", seed=1, *, ignitions, max_steps=None, **options):
    """All states of one fire: uint8, shape (steps + 1, height, width), the first of them at step 0.

    ignitions  cells (x, y) that are lit at step 0; those on bare ground fail, as in experiments
    max_steps  ends the fire there (5000)

    The rest as for Fire, whose errors this raises; IndexError for a cell outside of the grid.
    """
    fire = _engine.Fire(width, height, danger_level, seed, **options)
    for x, y in ignitions:
        fire.ignite(x, y, strict=False)
    return fire.batch(max_steps)


def _made(path, text, output, overrides, threads, fresh, told, communicator):
    end = _engine.run_job(path, text, output, list(overrides), threads, fresh, told, communicator)
    if end["failed"]:
        what = f"{end['failed']} runs failed; the results file says why"
        if not end["is_within_policy"]:
            raise RuntimeError(f"{what}, and the experiment allows no more (max_failed, on_failure)")
        warnings.warn(what, RuntimeWarning, stacklevel=3)
    return end["output"]


def _address_of(comm):
    if comm is None:
        return None
    from mpi4py import MPI
    if not isinstance(comm, MPI.Comm):
        raise TypeError(f"comm is not a communicator of mpi4py, but {type(comm).__name__}")
    return MPI._addressof(comm)


def _open(file):
    """With what firesweep_analysis does about older files and large ones, where it is at hand."""
    try:
        from firesweep_analysis import open_results
    except ModuleNotFoundError:
        return xr.open_dataset(file, engine="h5netcdf")
    return open_results(file)


class _Told:
    """Says how an experiment goes."""

    def __init__(self, progress):
        self.report = progress if callable(progress) else _line if progress else None
        self.runs = 0

    def warn(self, what):
        warnings.warn(what, UserWarning, stacklevel=4)

    def note(self, what):
        if self.report is _line:
            print(f"firesweep: {what}", file=sys.stderr)

    def begins(self, runs, done):
        self.runs = runs
        if self.report:
            self.report(done, runs, float("nan"))

    def progresses(self, done, failed, seconds_left):
        if self.report:
            self.report(done, self.runs, seconds_left)

    def ends(self, done, failed):
        if self.report:
            self.report(done, self.runs, 0.0)
        if self.report is _line:
            print(file=sys.stderr)


def _line(done, runs, seconds_left):
    left = f", {seconds_left:.0f} s left" if 0 < seconds_left < float("inf") else ""
    print(f"\rfiresweep: {done} of {runs} runs{left}".ljust(60), end="", file=sys.stderr, flush=True)
