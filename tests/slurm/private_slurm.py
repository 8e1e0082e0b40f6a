"""A Slurm of one node, this machine, that belongs to the test and goes with it: own ports, own folder, no system service."""

import getpass
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ENDED = {"COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE", "PREEMPTED"}

CONFIGURATION = """
ClusterName=firesweep-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A job that queues again waits for its credential to expire: 2 minutes, unless told otherwise.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/affinity
MpiDefault=pmix
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
JobRequeue=1
KillWait=30
ReturnToService=2
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
{node} NodeAddr=127.0.0.1
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def wait_until(condition, seconds, what):
    """Returns the first true answer of `condition`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what() if callable(what) else what}")
        time.sleep(0.1)
    return answer


def free_ports(count):
    """Ports that nobody listens on; held together, so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


class Job:
    """What Slurm says of a job, or of one task of an array."""

    def __init__(self, description):
        self.fields = dict(re.findall(r"(\S+?)=(\S*)", description))
        self.number = self.fields["JobId"]
        self.name = self.fields["JobName"]
        self.state = self.fields["JobState"]
        self.restarts = int(self.fields["Restarts"])
        self.exit_code = int(self.fields["ExitCode"].split(":")[0])


class PrivateSlurm:
    """Use as a context. Commands run with `environment`, which names this Slurm."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="firesweep-slurm-"))
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM_", "SBATCH_", "SRUN_"))}
        self.environment = {**outside, "SLURM_CONF": str(self.folder / "slurm.conf")}
        self.daemons = []

    def __enter__(self):
        try:
            self.configure()
            munge = [f"--{name}={self.folder / 'munge'}.{name.split('-')[0]}"
                     for name in ("key-file", "socket", "pid-file", "seed-file")]
            self.start("munged", "--foreground", "--force", *munge)
            wait_until((self.folder / "munge.socket").exists, 10, "munged")
            self.start("slurmctld", "-D")
            self.start("slurmd", "-D")
            wait_until(lambda: self.run("sinfo", "-h", "-o", "%T").stdout.strip() == "idle", 60,
                       lambda: "an idle node\n" + self.logs())
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def configure(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir(mode=0o755)
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(128))
        controller_port, node_port = free_ports(2)
        node = self.run(self.daemon("slurmd"), "-C", check=True).stdout.splitlines()[0]
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=node.split()[0].removeprefix("NodeName="), user=getpass.getuser(), folder=self.folder, node=node,
            controller_port=controller_port, node_port=node_port))

    @staticmethod
    def daemon(name):
        """Daemons are in folders that a person's PATH need not have."""
        found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
        if not found:
            raise FileNotFoundError(f"{name} is not installed; ./quickstart.sh test --slurm installs it")
        return found

    def start(self, name, *arguments):
        # Not even a test that is killed leaves daemons behind.
        command = ["setpriv", "--pdeathsig", "TERM", self.daemon(name), *arguments]
        with open(self.folder / f"{name}.log", "w", encoding="utf-8") as log:
            self.daemons.append(subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                                 stdout=log, stderr=subprocess.STDOUT))

    def stop(self):
        if len(self.daemons) == 3:
            self.run("scancel", "--full", "--signal=KILL", "--partition=test")
            self.run("scancel", "--partition=test")
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(15)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.kill_leftovers()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill_leftovers(self):
        """Steps of jobs are nobody's children; what they have in common is this Slurm in their environment."""
        mark = f"SLURM_CONF={self.folder}/slurm.conf".encode()
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                pass   # not ours to read, or gone by now

    def logs(self):
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')}" for path in self.folder.glob("*.log"))

    def run(self, *command, check=False, **options):
        options = {"env": self.environment, **options}
        return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60, check=check, **options)

    def submit(self, folder, *command, **environment):
        """Has sbatch submit from `folder`. Returns the job's number."""
        done = self.run("sbatch", "--parsable", *command, cwd=folder, env={**self.environment, **environment})
        if done.returncode != 0:
            raise RuntimeError(f"sbatch: {done.stdout}")
        return done.stdout.strip()

    def jobs(self, number):
        """The job, or all tasks of the array, of that number."""
        lines = self.run("scontrol", "--oneliner", "show", "job", number, check=True).stdout.splitlines()
        return [Job(line) for line in lines if line]

    def wait(self, number, seconds, states=frozenset(ENDED)):
        """Waits until the job, or all tasks of the array, are in one of the states. Returns them."""
        def settled():
            jobs = self.jobs(number)
            return jobs if all(job.state in states for job in jobs) else None
        return wait_until(settled, seconds, lambda: f"job {number}: {[job.state for job in self.jobs(number)]}")
