"""Ranks make one experiment, rank 0's; and one process makes what is not an ensemble."""

import shutil
import subprocess

import h5py
import pytest


def content_hash(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


@pytest.fixture
def by_rank(program):
    """Runs a shell command under mpirun on two ranks, which know their number as $RANK and firesweep as $FIRESWEEP."""
    def run(command):
        return subprocess.run(["mpirun", "-n", "2", "--oversubscribe", "--bind-to", "none", "sh", "-c",
                               f"RANK=$OMPI_COMM_WORLD_RANK; {command}"], cwd=program.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300)
    return run


@pytest.mark.parametrize("option, own, of_root", [
    ("--set landscape.vegetation_density=0.$((RANK + 6))", "density=0.7", "density=0.6"), ("-o $RANK.h5", "--output 1.h5", "--output 0.h5"),
    ("--shard $((RANK + 1))/2", "--shard 2/2", "--shard 1/2"), ("$([ $RANK = 0 ] || echo --fresh)", "--fresh", "instead of nothing")])
def test_ranks_that_were_started_for_different_work_stop_and_say_in_what_they_differ(program, small, by_rank, option, own, of_root):
    done = by_rank(f'exec "$FIRESWEEP" run small.yaml {option}')
    assert done.returncode == 2
    assert "rank 1 was started for other work than rank 0" in done.stderr
    assert own in done.stderr and of_root in done.stderr
    assert done.stderr.count("firesweep:") == 1
    assert [name for name in program.files() if name.endswith(".h5")] == []


def test_only_rank_0_reads_the_experiment(program, small, by_rank):
    for rank in "01":
        (program.folder / rank).mkdir()
        shutil.copy(program.folder / small, program.folder / rank / small)
    text = (program.folder / "1" / small).read_text(encoding="utf-8")
    (program.folder / "1" / small).write_text(text.replace("width: 40", "width: 45"), encoding="utf-8")
    more = "--set matrix.seed.count=3000 --quiet"
    done = by_rank(f'cd $RANK; exec "$FIRESWEEP" run small.yaml {more}')
    assert done.returncode == 0, done.stderr
    assert program("run", small, *more.split()).returncode == 0
    assert content_hash(program.folder / "0/small.h5") == content_hash(program.folder / "small.h5")
    with h5py.File(program.folder / "0/small.h5") as file:
        assert (file["performance/runs"][:] > 0).all()
    assert [path.name for path in (program.folder / "1").iterdir()] == [small]


def test_ranks_may_have_other_threads_and_kernels(program, small, by_rank):
    done = by_rank('exec "$FIRESWEEP" run small.yaml --quiet --threads $((RANK + 1)) --kernel $([ $RANK = 0 ] && echo tile || echo dense)')
    assert done.returncode == 0, done.stderr
    assert program("run", small, "--quiet", "-o", "one.h5").returncode == 0
    assert content_hash(program.folder / "small.h5") == content_hash(program.folder / "one.h5")


def test_what_one_process_does_is_done_once_under_mpirun(program, small):
    assert program("run", small, "--quiet").returncode == 0
    alone = program("show", "small.h5")
    together = program("show", "small.h5", ranks=4)
    assert together.returncode == 0
    assert together.stdout == alone.stdout
    for rank in (1, 2, 3):
        said = f"'show' is the work of one process; process {rank} of the 4 that were started (OMPI_COMM_WORLD_SIZE) leaves it"
        assert said in together.stderr


@pytest.mark.parametrize("environment", [{"SLURM_NTASKS": "4"}, {"SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "0"}])
def test_processes_that_do_not_see_each_other_are_stopped(program, small, environment):
    done = program("run", small, environment=environment)
    assert done.returncode == 2
    assert "4 processes were asked for" in done.stderr and "srun --mpi=pmix" in done.stderr
    assert program.files() == ["small.yaml"]


@pytest.mark.parametrize("mark, launcher", [({"HYDI_CONTROL_FD": "7"}, "the mpirun of MPICH, Intel MPI or MVAPICH"), ({}, "srun --mpi=pmi2")])
def test_the_launcher_of_another_mpi_is_named(program, small, mark, launcher):
    first, second = (program("run", small, environment={"PMI_SIZE": "4", "PMI_RANK": str(rank), **mark}) for rank in (0, 1))
    assert (first.returncode, second.returncode) == (2, 2)
    assert "4 processes were asked for (PMI_SIZE, of " in first.stderr and launcher in first.stderr and "built with " in first.stderr
    assert second.stderr == "process 1 of 4 (PMI_SIZE) is alone as well; process 0 says more\n"
    assert program.files() == ["small.yaml"]


def test_a_step_of_one_task_in_a_larger_allocation_is_one_process(program, small):
    of_step = {"SLURM_NTASKS": "4", "SLURM_STEP_ID": "4294967290", "SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0"}  # interactive
    assert program("run", small, "--quiet", environment=of_step).returncode == 0
    assert program("run", small, "--quiet", "--fresh", environment={**of_step, "PMI_SIZE": "1", "PMI_RANK": "0"}).returncode == 0
    assert program("run", small, "--quiet", "--fresh", environment={"SLURM_NTASKS": "4", "SLURM_STEP_NUM_TASKS": "1"}).returncode == 0
    assert program("run", small, "--quiet", "--fresh", ranks=1, environment={"SLURM_NTASKS": "4"}).returncode == 0
