"""Experiments over the ranks of a communicator of mpi4py."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

pytest.importorskip("mpi4py", reason="no mpi4py")

SCRIPT = """
    import sys
    from mpi4py import MPI
    import firesweep

    experiment = {"name": "ranks", "landscape": {"width": 40, "height": 30},
                  "matrix": {"danger_level": ["severe", "catastrophic"], "seed": {"count": 60}}}
    comm = MPI.COMM_WORLD
    results = firesweep.run(experiment, comm=comm, progress=False, threads=1)
    half = comm.Split(comm.Get_rank() % 2)
    of_half = firesweep.run(experiment, f"half{comm.Get_rank() % 2}.h5", comm=half, progress=False, threads=1)
    assert (results is None) == (comm.Get_rank() > 0)
    assert (of_half is None) == (half.Get_rank() > 0)
    for one in (results, of_half):
        if one is not None:
            print(one.attrs["content_sha256"], flush=True)
    try:
        firesweep.run({"name": "nothing"}, comm=comm, progress=False)
    except ValueError as error:
        assert comm.Get_rank() == 0
        print(error, flush=True)
"""


def test_ranks_of_a_communicator_share_the_fires(tmp_path):
    import firesweep
    mpirun = shutil.which("mpirun")
    if mpirun is None:
        pytest.skip("no mpirun")
    (tmp_path / "script.py").write_text(textwrap.dedent(SCRIPT))
    many = {"OMPI_MCA_rmaps_base_oversubscribe": "1", "PRTE_MCA_rmaps_default_mapping_policy": ":oversubscribe",
            "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    done = subprocess.run([mpirun, "-n", "3", sys.executable, "script.py"], cwd=tmp_path, env=os.environ | many, capture_output=True,
                          text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    alone = firesweep.run({"name": "ranks", "landscape": {"width": 40, "height": 30},
                           "matrix": {"danger_level": ["severe", "catastrophic"], "seed": {"count": 60}}}, progress=False)
    assert done.stdout.count(alone.attrs["content_sha256"]) == 3  # of all ranks and of each half
    assert "the weather is incomplete" in done.stdout


def test_what_is_no_communicator_is_a_type_error():
    import firesweep
    with pytest.raises(TypeError, match="mpi4py"):
        firesweep.run({"name": "x"}, comm=3, progress=False)
