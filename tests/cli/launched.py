"""The processes of a job under mpirun."""

import pathlib
import subprocess


def launched_by(mpirun):
    """The processes that mpirun has started, whichever of its threads did. Each stands in for a rank."""
    children = subprocess.run(["pgrep", "-P", str(mpirun)], capture_output=True, text=True).stdout
    return list(map(int, children.split()))


def ranks_of(mpirun):
    """The ranks, by number: they work in children of the processes that mpirun has started."""
    def number(process):
        environment = pathlib.Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        return next(int(word.split(b"=")[1]) for word in environment if word.startswith(b"OMPI_COMM_WORLD_RANK="))
    return sorted((child for one in launched_by(mpirun) for child in launched_by(one)), key=number)
