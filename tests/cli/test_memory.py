"""Limits of memory are seen, and named."""

import pytest

LARGE = """
    name: large
    landscape: {width: 4000, height: 4000}
    matrix:
      danger_level: [extreme, catastrophic]
      seed: {first: 1, count: 40}
"""
OUT_OF_MEMORY = 71


@pytest.fixture
def large(program):
    return program.write("large.yaml", LARGE)


def limited(kibibytes):
    """What starts a program with so much address space."""
    return ["sh", "-c", f'ulimit -v {kibibytes}; exec "$0" "$@"']


@pytest.mark.parametrize("command", ["validate", "plan", "run"])
@pytest.mark.parametrize("limit, launcher, environment", [
    ("the limit of the address space (ulimit -v)", limited(400_000), {}),
    ("SLURM_MEM_PER_NODE (sbatch --mem)", (), {"SLURM_MEM_PER_NODE": "200"}),
    ("SLURM_MEM_PER_CPU (sbatch --mem-per-cpu)", (), {"SLURM_MEM_PER_CPU": "50", "SLURM_CPUS_ON_NODE": "4"}),
])
def test_what_does_not_fit_into_a_limit_of_the_job_is_refused_and_the_limit_named(program, large, command, limit, launcher, environment):
    done = program(command, large, launcher=launcher, environment=environment)
    assert done.returncode == 2
    assert f"MiB are available, by {limit}: " in done.stderr
    assert program.files() == ["large.yaml"]


def test_a_job_is_planned_where_it_would_not_fit(program, large):
    assert program("plan", large, "--ranks", 2, environment={"SLURM_MEM_PER_NODE": "200"}).returncode == 0


@pytest.mark.parametrize("ranks", [None, 2])
def test_memory_that_runs_out_ends_with_its_code_and_says_what_was_needed(program, large, ranks):
    done = program("run", large, "--threads", 2, "--quiet", "--set", "outputs.arrival=true", ranks=ranks, launcher=limited(1_200_000))
    assert done.returncode == OUT_OF_MEMORY
    assert "out of memory: with 2 threads of each rank the experiment takes at most 2.4 GiB on rank 0 and 1.8 GiB on any other" in done.stderr
    assert "ulimit -v" in done.stderr
