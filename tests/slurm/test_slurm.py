"""The scripts in slurm/, on a real Slurm."""

import re

import h5py
import pytest

LAUNCHERS = ["srun", "mpirun"]


def layout(folder, name):
    """(ranks, threads of each) that a results file says it was made by last."""
    with h5py.File(folder / name) as results:
        return results["performance/threads"].size, set(results["performance/threads"][:].tolist())


def cores_by_rank(log):
    """The cores that each rank was bound to, from the log of a job."""
    ranges = re.findall(r"bound: rank (\d+) to cores (\S+)", log)
    expand = lambda part: range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)
    return {int(rank): {core for part in cores.split(",") for core in expand(part)} for rank, cores in ranges}


def only(jobs):
    (job,) = jobs
    return job


def merge_of(cluster):
    """The number of the merge job, as the first task of the array has written it to its log."""
    return re.search(r"Submitted batch job (\d+)", cluster.logs())[1]


@pytest.mark.parametrize("launcher", LAUNCHERS)
@pytest.mark.parametrize("ranks, threads", [(2, 1), (1, 2)])
def test_a_job_completes_with_the_ranks_threads_and_cores_asked_for(cluster, work, reference, launcher, ranks, threads):
    experiment = work("short", 0.5)
    number = cluster.submit("firesweep.sbatch", experiment, "out.h5", launcher=launcher,
                            options=[f"--ntasks-per-node={ranks}", f"--cpus-per-task={threads}",
                                     f"--job-name={launcher}-{ranks}x{threads}"])
    job = only(cluster.wait(number))
    assert (job.state, job.exit_code, job.restarts) == ("COMPLETED", 0, 0)
    assert cluster.content("out.h5", "the job") == reference.content(experiment)
    assert layout(cluster.folder, "out.h5") == (ranks, {threads})
    cores = cores_by_rank(cluster.logs())
    assert [len(cores[rank]) for rank in range(ranks)] == [threads] * ranks
    assert len(set.union(*cores.values())) == ranks * threads


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_job_that_is_sent_usr1_queues_again_and_completes(cluster, work, reference, launcher):
    experiment = work("long", 40)
    number = cluster.submit("firesweep.sbatch", experiment, "out.h5", launcher=launcher,
                            options=["--ntasks-per-node=2", "--cpus-per-task=1", f"--job-name=usr1-{launcher}"])
    cluster.wait_for_start("out.h5")
    # Which may take ten seconds to arrive. Without --batch it goes to what srun has started, and mpirun on one node starts
    # nothing through srun.
    cluster.signal(number, *([] if launcher == "srun" else ["--batch"]))
    reference.start(experiment)   # meanwhile
    job = only(cluster.wait(number))
    assert (job.state, job.exit_code, job.restarts) == ("COMPLETED", 0, 1)
    assert "interrupted (" in cluster.logs()   # which both starts have written to
    assert cluster.content("out.h5", "the interrupted job") == reference.content(experiment)


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_cancelled_job_publishes_what_it_has_and_does_not_queue_again(cluster, work, launcher):
    number = cluster.submit("firesweep.sbatch", work("endless", 400), "out.h5", launcher=launcher,
                            options=["--ntasks-per-node=2", "--cpus-per-task=1", f"--job-name=cancel-{launcher}"])
    cluster.wait_for_start("out.h5")
    cluster.slurm.run("scancel", number, check=True)
    job = only(cluster.wait(number))
    assert (job.state, job.restarts) == ("CANCELLED", 0)
    with h5py.File(cluster.folder / "out.h5") as results:
        assert 0 < (results["status"][:] == 1).sum() < results["status"].size
    if launcher == "srun":   # with mpirun gone, a rank may be ended as soon as its results are written
        assert not (cluster.folder / ".out.h5.lock").exists()


def test_a_job_that_is_stopped_by_its_walltime_queues_again_and_completes(cluster, work, reference):
    # Slurm looks at limits every 30 s and warns that much early, so that the warning comes 0 to 30 s after the start.
    experiment = work("long", 40)
    number = cluster.submit("firesweep.sbatch", experiment, "out.h5", launcher="mpirun",
                            options=["--ntasks-per-node=1", "--cpus-per-task=1", "--time=1", "--job-name=walltime"])
    reference.start(experiment)   # on the other core
    cluster.wait_for_restart(number)
    cluster.slurm.run("scontrol", "update", f"JobId={number}", "TimeLimit=10", check=True)
    job = only(cluster.wait(number, 240))
    assert (job.state, job.exit_code) == ("COMPLETED", 0)
    assert job.restarts >= 1
    assert cluster.content("out.h5", "the stopped job") == reference.content(experiment)


def test_a_job_with_bad_input_fails_and_does_not_queue_again(cluster, work):
    number = cluster.submit("firesweep.sbatch", work("short", 0.5), "out.h5", "--set", "landscape.width=wide",
                            options=["--ntasks-per-node=1", "--cpus-per-task=1", "--job-name=bad-input"])
    job = only(cluster.wait(number))
    assert (job.state, job.exit_code, job.restarts) == ("FAILED", 2, 0)


def test_an_array_of_shards_of_which_one_queues_again_is_merged_into_the_whole(cluster, work, reference):
    experiment = work("long", 40)
    number = cluster.submit("array.sbatch", experiment, "out.h5",
                            options=["--array=1-3", "--cpus-per-task=1", "--job-name=array"])
    cluster.wait_for_start("out.shard-1-of-3.h5")
    cluster.signal(f"{number}_1", "--batch")
    shards = cluster.wait(number)
    assert [(job.state, job.exit_code) for job in shards] == [("COMPLETED", 0)] * 3
    assert sorted(job.restarts for job in shards) == [0, 0, 1]
    merge = only(cluster.wait(merge_of(cluster)))
    assert (merge.state, merge.exit_code) == ("COMPLETED", 0)
    assert cluster.content("out.h5", "the merged array") == reference.content(experiment)


def test_a_shard_that_fails_takes_the_merge_with_it(cluster, work):
    (cluster.folder / "out.shard-2-of-2.h5").write_text("no results file")
    number = cluster.submit("array.sbatch", work("short", 0.5), "out.h5",
                            options=["--array=1-2", "--cpus-per-task=1", "--job-name=broken"])
    ends = {job.fields["ArrayTaskId"]: (job.state, job.exit_code) for job in cluster.wait(number)}
    assert ends == {"1": ("COMPLETED", 0), "2": ("FAILED", 5)}
    assert only(cluster.wait(merge_of(cluster))).state == "CANCELLED"
    assert not (cluster.folder / "out.h5").exists()
