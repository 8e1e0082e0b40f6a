#!/usr/bin/env python3
"""Gives broken input to firesweep, each piece made from valid one, and says what was answered with anything but a result or a refusal in words.

usage: fuzz.py ANSWER_LINES [--seconds 60] [--seed 1] [--kind experiment] [--first 0] [--most N] [--keep FOLDER]

ANSWER_LINES is tests/fuzz/answer_lines of a build, best with --preset sanitize. Input number N of a seed is always the same: --first N begins with it.
What crashes a library outside of firesweep is counted and not kept.
"""

import argparse
import collections
import os
import pathlib
import random
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

import corpus
import hdf5_mutation
import raster_mutation
import text_mutation

MOST_SECONDS, MOST_KIB = 10, 2 * 2**20  # of the processor, whatever else it does meanwhile
PATIENCE = 600  # [s] with a process that takes none of it
INPUTS_PER_LEAK_CHECK = 200
CODES = {0, 1, 2, 5, 75}  # done, different, bad input, unusable results; of merge: some runs are missing
OUT_OF_MEMORY = 71
INTERNALS = re.compile(r"std::|basic_string|vector::|_M_|stoi|stod|stol|bad_|yaml-cpp|HDF5-DIAG|H5[A-Z]\w+\(|terminate|ERROR \d:|what\(\)|Assertion|nullptr|0x[0-9a-f]{8}")
RUNTIME = re.compile(r"libasan|libubsan|libstdc\+\+|libc\.so|libgcc|sanitizer|<null>")
LEAKY_LIBRARIES = "leak:libhdf5\nleak:libgdal\nleak:libproj\nleak:libopen-\nleak:libmpi\nleak:libpmix\n"

Answer = collections.namedtuple("Answer", "code seconds kib said")


class Answers:
    """A process that answers command lines in a folder, and the next one after it has died."""

    def __init__(self, program, folder):
        self.program, self.folder, self.process = program, folder, None
        self.logs = folder.parent / "sanitizer"
        (folder.parent / "leaks.txt").write_text(LEAKY_LIBRARIES)
        log = f"log_path={self.logs}:symbolize=1"
        self.environment = {
            **os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
            "ASAN_OPTIONS": f"{log}:leak_check_at_exit=0:max_allocation_size_mb=2048:hard_rss_limit_mb=2560:quarantine_size_mb=16:handle_abort=1:malloc_context_size=15",
            "UBSAN_OPTIONS": f"{log}:print_stacktrace=1", "LSAN_OPTIONS": f"suppressions={folder.parent / 'leaks.txt'}:print_suppressions=0"}

    def start(self):
        self.process = subprocess.Popen([self.program], cwd=self.folder, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def line(self, line):
        """The answer to a line, or None if there is none."""
        if not self.process:
            self.start()
        try:
            self.process.stdin.write(line.encode() + b"\n")
        except BrokenPipeError:
            return None
        answer, deadline, most = b"", time.monotonic() + PATIENCE, self.cpu_seconds() + 2 * MOST_SECONDS
        while not answer.endswith(b"\n"):
            if not select.select([self.process.stdout], [], [], 1)[0]:
                if time.monotonic() > deadline or self.cpu_seconds() > most:
                    return None
                continue
            piece = os.read(self.process.stdout.fileno(), 4096)
            if not piece:
                return None
            answer += piece
        return answer.decode()

    def cpu_seconds(self):
        try:
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, words):
        answer = self.line("\t".join(words))
        said = (self.folder / "said").read_bytes().decode(errors="replace")
        if answer is None:
            return Answer(None, 0, 0, said + self.last_words())
        code, seconds, kib = answer.split()
        return Answer(int(code), float(seconds), int(kib), said)

    def last_words(self):
        """How the process ended, and what the sanitizers said of it."""
        try:
            how = f"\nended with {self.process.wait(timeout=5)}\n"
        except subprocess.TimeoutExpired:
            how = "\nstill at it\n"
        self.stop()
        return how + self.take_logs()

    def take_logs(self):
        texts = []
        for path in sorted(self.logs.parent.glob(self.logs.name + ".*")):
            texts.append(path.read_text(errors="replace"))
            path.unlink()
        return "".join(texts)

    def leaked(self):
        """What has leaked since the last time, in the words of the sanitizer, or ''."""
        return self.take_logs() or "memory has leaked" if self.process and self.line("") != "0\n" else ""


def is_outside(said):
    """Whether a sanitizer saw the end in a library that is not of firesweep: by the first frame that is not of the runtime."""
    for frame in re.findall(r"^\s*#\d+ 0x\S+ (.*)$", said, re.M):
        if not RUNTIME.search(frame) and "(/" in frame:
            return ".so" in frame.rpartition("(/")[2]
        if not RUNTIME.search(frame):
            return False
    return False


def problem_of(answer):
    """What is wrong with an answer, or None."""
    if answer.code is None:
        return "a crash outside" if is_outside(answer.said) else "no answer"
    if answer.code == OUT_OF_MEMORY and "out of memory" not in answer.said:
        return "out of memory without a word"
    if answer.code not in CODES | {OUT_OF_MEMORY}:
        return f"exit code {answer.code}"
    if answer.code > 1 and not answer.said.strip():
        return "nothing said"
    if INTERNALS.search(answer.said):
        return "words of a library"
    if answer.seconds > MOST_SECONDS:
        return f"{answer.seconds:.0f} s"
    if answer.kib > MOST_KIB:
        return f"{answer.kib / 2**20:.1f} GiB"
    return None


class Inputs:
    """Broken files, by number."""

    def __init__(self, valid, seed, kind=None):
        self.corpus, self.seed = valid, seed
        self.kinds = [kind] if kind else list(self.makers())

    def makers(self):
        return {"experiment": self.experiment, "results": self.results, "raster": self.raster, "station": self.station, "table": self.table}

    def make(self, number):
        """Writes it in the place of a valid file. Returns its kind, the file's name and the command lines that read it."""
        dice = random.Random(f"{self.seed}/{number}")
        kind = self.kinds[number % len(self.kinds)]
        name, lines = self.makers()[kind](dice)
        return kind, name, [[word for word in line if word] for line in lines]

    def write(self, name, content):
        (self.corpus.folder / name).write_bytes(content)

    def experiment(self, dice):
        name = dice.choice(self.corpus.experiments)
        text = self.corpus.valid[name].decode()
        how = dice.choice(["nodes", "nodes", "nodes", "nodes", "nodes", "numbers", "bytes"])
        content = (text_mutation.broken_yaml(dice, text, self.corpus.yamls) if how == "nodes" else
                   text_mutation.broken_numbers(dice, text) if how == "numbers" else text_mutation.broken_bytes(dice, text.encode()))
        self.write(name, content)
        return name, [dice.choice([["validate", name], ["validate", name], ["validate", name, "--set", f"matrix.seed.count={dice.choice(text_mutation.NUMBERS)}"],
                                   ["plan", name, "--threads", "1", "--ranks", "2"]])]

    def results(self, dice):
        name = dice.choice([f"{stem}.h5" for stem in corpus.RESULTS] + ["old.h5"])
        shutil.copy(self.corpus.folder / name, self.corpus.folder / f"valid_{name}")
        if dice.random() < 0.1:  # its seal tells
            self.write(name, text_mutation.broken_bytes(dice, self.corpus.valid[name]))
        else:
            hdf5_mutation.break_file(dice, self.corpus.folder / name, self.corpus.yamls)
        return name, dice.sample(self.corpus.readers_of_results(name), 3)

    def of_text(self, dice, names, more=()):
        name = dice.choice(names)
        text = self.corpus.valid[name].decode()
        makers = [lambda: text_mutation.broken_bytes(dice, text.encode()), lambda: text_mutation.broken_numbers(dice, text), *more]
        if name.endswith(("csv", "wxs")):
            makers += [lambda: text_mutation.broken_table(dice, text)] * 3
        self.write(name, dice.choice(makers)())
        return name, [dice.choice(corpus.users_of(name))]

    def raster(self, dice):
        if dice.random() < 0.4:
            return self.of_text(dice, [*corpus.RASTERS, *corpus.POLYGONS])
        name = dice.choice(["fuel.asc", "dem.asc", "density.asc", "houses.asc", "burnt.asc"])
        raster_mutation.write_broken(dice, self.corpus.folder / name)
        if dice.random() < 0.2:
            self.write(name, text_mutation.broken_bytes(dice, (self.corpus.folder / name).read_bytes()))
        return name, [dice.choice(corpus.users_of(name))]

    def station(self, dice):
        return self.of_text(dice, list(corpus.STATIONS))

    def table(self, dice):
        return self.of_text(dice, list(corpus.TABLES))

    def restore(self, name):
        for litter in (self.corpus.folder / "out").iterdir():
            litter.unlink()
        for litter in self.corpus.folder.glob(f"{name}.*"):  # what GDAL keeps beside a file
            litter.unlink()
        self.corpus.restore(name)


class Fuzzing:
    def __init__(self, program, folder, seed, kind, keep, report):
        work = pathlib.Path(folder) / "work"
        work.mkdir()
        self.answers, self.keep, self.report = Answers(program, work), keep, report
        self.inputs = Inputs(corpus.Corpus(work, self.make_valid), seed, kind)
        self.counts, self.findings = collections.Counter(), []

    def make_valid(self, words):
        answer = self.answers.ask(words)
        assert answer.code in (0, 3), (words, answer)
        self.answers.stop()  # MPI begins once in a process

    def find(self, number, what, kind, name, words, said):
        if what == "a crash outside":
            self.counts["crashes outside"] += 1
            self.report(f"--first {number}: {what}, of {kind}: {frames(said)}")
            return
        self.findings.append((number, what))
        self.report(f"--first {number}: {what}: {kind}: {' '.join(words)}\n{said.strip()[:6000]}")
        if self.keep:
            pathlib.Path(self.keep).mkdir(exist_ok=True)
            shutil.copy(self.inputs.corpus.folder / name, pathlib.Path(self.keep) / f"{number}-{name}")

    def do(self, number, checks_leaks=False):
        kind, name, lines = self.inputs.make(number)
        self.counts[kind] += 1
        for words in lines:
            answer = self.answers.ask(words)
            self.counts["answers"] += 1
            self.counts[f"{kind}: {answer.code}"] += 1
            if problem := problem_of(answer):
                self.find(number, problem, kind, name, words, answer.said)
            elif checks_leaks and (said := self.answers.leaked()):
                self.find(number, "a leak", kind, name, words, said)
        self.inputs.restore(name)

    def do_many(self, first, end, deadline):
        """Returns the number of the next input."""
        number = first
        while number < end and time.monotonic() < deadline:
            self.do(number)
            number += 1
        if said := self.answers.leaked():
            found = len(self.findings)
            self.answers.stop()
            for again in range(first, number):
                self.do(again, checks_leaks=True)
            if len(self.findings) == found:
                self.find(first, "a leak, not of one input alone", "all", name="said", words=[], said=said)
        return number


def frames(said):
    return " < ".join(re.findall(r"^\s*#\d+ 0x\S+ in (\S+)", said, re.M)[:4])


def fuzz(program, folder, seed, seconds, kind=None, first=0, most=10**9, keep=None, report=print):
    """Returns (number, what) of each finding, after telling of it. Ends after so many seconds, or inputs."""
    fuzzing = Fuzzing(program, folder, seed, kind, keep, report)
    deadline, number, told = time.monotonic() + seconds, first, time.monotonic()
    while time.monotonic() < deadline and number < first + most:
        number = fuzzing.do_many(number, min(number + INPUTS_PER_LEAK_CHECK, first + most), deadline)
        if time.monotonic() > told + 60:
            told = time.monotonic()
            report(f"{number} inputs: {dict(sorted(fuzzing.counts.items()))}")
    fuzzing.answers.stop()
    report(f"{number - first} inputs: {dict(sorted(fuzzing.counts.items()))}; {len(fuzzing.findings)} findings")
    return fuzzing.findings


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=["experiment", "results", "raster", "station", "table"])
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--keep", help="a folder for what is found")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = fuzz(options.program, scratch, options.seed, options.seconds, options.kind, options.first, options.most, options.keep,
                     lambda line: print(line, flush=True))
    sys.exit(1 if found else 0)
