"""Hosts that are network namespaces of this machine, joined by a bridge. Open MPI speaks TCP between them."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import pytest

NETWORK = "10.77.0"


def ip(*arguments):
    return subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True).stdout


def wait_until(condition, seconds):
    """Whether the condition came to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def launcher_options(agent):
    """How mpirun starts ranks on hosts and hears from them. Since Open MPI 5 that is PRRTE's, with names of its own."""
    said = subprocess.run(["mpirun", "--version"], check=True, capture_output=True, text=True).stdout
    if int(re.search(r"\(Open MPI\) (\d+)", said)[1]) < 5:
        option, parameters = "--mca", {"plm": "rsh", "plm_rsh_agent": agent, "oob_tcp_if_include": f"{NETWORK}.0/24"}
    else:
        option, parameters = "--prtemca", {"plm": "ssh", "plm_ssh_agent": agent, "prte_if_include": f"{NETWORK}.0/24"}
    return [word for name, value in parameters.items() for word in (option, name, value)]


class Hosts:
    """Some hosts, called host-1 and so on, with a folder that all of them see."""

    def __init__(self, count: int, folder: pathlib.Path):
        self.folder = folder
        self.prefix = f"firesweep-{os.getpid()}"
        self.switch = f"{self.prefix}-switch"
        self.numbers = range(1, count + 1)

    def namespace(self, number):
        return f"{self.prefix}-{number}"

    def set_up(self):
        ip("netns", "add", self.switch)
        ip("-n", self.switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", self.switch, "link", "set", "bridge", "up")
        for number in self.numbers:
            host = self.namespace(number)
            ip("netns", "add", host)
            ip("-n", self.switch, "link", "add", f"port-{number}", "type", "veth", "peer", "name", "eth0", "netns", host)
            ip("-n", self.switch, "link", "set", f"port-{number}", "master", "bridge", "up")
            ip("-n", host, "address", "add", f"{NETWORK}.{number}/24", "dev", "eth0")
            ip("-n", host, "link", "set", "eth0", "up")
            ip("-n", host, "link", "set", "lo", "up")
        self._write_agent()

    def tear_down(self):
        for name in ip("netns", "list").split():
            if name.startswith(f"{self.prefix}-"):
                for process in ip("netns", "pids", name).split():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(process), signal.SIGKILL)
                ip("netns", "delete", name)

    def _write_agent(self):
        """What mpirun starts its daemons with, instead of ssh: agent ADDRESS COMMAND.."""
        self.agent = self.folder / "agent"
        self.agent.write_text(f"""#!/bin/sh
number=${{1##*.}}
shift
exec unshare --uts sh -c 'hostname "host-$0" && exec ip netns exec {self.prefix}-"$0" sh -c "$1"' "$number" "$*"
""")
        self.agent.chmod(0o755)

    def mpirun(self, numbers, *command):
        """Starts mpirun on host-1, with a rank on each of these hosts."""
        (self.folder / "hostfile").write_text("".join(f"{NETWORK}.{number} slots=1\n" for number in numbers))
        options = [*launcher_options(self.agent), "--mca", "btl", "tcp,self",
                   "--mca", "btl_tcp_if_include", f"{NETWORK}.0/24"]
        launcher = ["unshare", "--uts", "sh", "-c", 'hostname host-1 && exec "$@"', "sh",
                    "ip", "netns", "exec", self.namespace(1), "mpirun", *options, "--hostfile", "hostfile",
                    "-n", str(len(numbers)), "--map-by", "node", "--bind-to", "none"]
        return subprocess.Popen([*map(str, launcher), *map(str, command)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def cut_off(self, number):
        """As if somebody had pulled the plug."""
        ip("-n", self.switch, "link", "set", f"port-{number}", "down")

    def is_idle(self, number):
        return not ip("netns", "pids", self.namespace(number)).split()


@pytest.fixture
def three_hosts(tmp_path):
    for tool in ("ip", "unshare", "mpirun"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    hosts = Hosts(3, tmp_path)
    try:
        try:
            hosts.set_up()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"network namespaces cannot be made here: {error.stderr.strip()}")
        yield hosts
    finally:
        hosts.tear_down()
