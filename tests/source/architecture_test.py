#!/usr/bin/env python3
"""Proves that architecture.py can fail: a tree that keeps to the architecture passes, each change to it is caught."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import architecture

CHECKER = Path(__file__).with_name("architecture.py")


def build_tree(root):
    """The smallest tree that keeps to the architecture, made from the table itself."""
    for module, uses in architecture.MAY_USE.items():
        write(root, f"include/firesweep/{module}/part.hpp", "#pragma once\n#include <vector>\n")
        includes = "".join(f'#include "firesweep/{name}/part.hpp"\n' for name in sorted(uses | {module}))
        write(root, f"src/{module}/part.cpp", f'{includes}#include <fmt/format.h>\n#include "own.hpp"\n')
        write(root, f"src/{module}/own.hpp", "#pragma once\n#include <unistd.h>\n")
        write(root, f"src/{module}/CMakeLists.txt", f"firesweep_module({module}\n  SOURCES part.cpp\n"
              f"  USES {' '.join(sorted(uses))}\n  PRIVATE fmt::fmt)  # not MPI::MPI_CXX\n")
        write(root, f"tests/unit/{module}/part_test.cpp", '#include "catch.hpp"\n')


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def append(path, line):
    """A change that adds a line at the end of a file."""
    def change(root):
        with open(root / path, "a", encoding="utf-8") as file:
            file.write(line + "\n")
    return change


def replace(path, old, new):
    def change(root):
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not hold {old}"
        write(root, path, text.replace(old, new))
    return change


# What is done to the tree -> the violations that must be printed, and no other.
VIOLATIONS = {
    "source includes a module that is not in its row": (
        append("src/engine/own.hpp", '#include "firesweep/store/part.hpp"'),
        ["src/engine/own.hpp:3: module engine may not include firesweep/store/part.hpp"]),
    "public header includes a module that is not in its row": (
        append("include/firesweep/parallel/part.hpp", '#  include "firesweep/engine/part.hpp"'),
        ["include/firesweep/parallel/part.hpp:3: module parallel may not include firesweep/engine/part.hpp"]),
    "source includes a public header that is not there": (
        append("src/store/own.hpp", '#include "firesweep/check/absent.hpp"'),
        ["src/store/own.hpp:3: firesweep/check/absent.hpp is not a public header"]),
    "source reaches into the folder of another module": (
        append("src/app/own.hpp", '#include "../store/own.hpp"'),
        ['src/app/own.hpp:3: "../store/own.hpp" is neither']),
    "MPI outside parallel": (
        append("src/app/own.hpp", "#include <mpi.h>"),
        ["src/app/own.hpp:3: mpi.h in module app: MPI belongs in parallel only"]),
    "MPI in a public header of parallel": (
        append("include/firesweep/parallel/part.hpp", "#include <mpi.h>"),
        ["include/firesweep/parallel/part.hpp:3: a public header may not include mpi.h"]),
    "HDF5 outside store": (
        append("src/app/own.hpp", "#include <hdf5_hl.h>"),
        ["src/app/own.hpp:3: hdf5_hl.h in module app: HDF5 belongs in store only"]),
    "YAML outside config": (
        append("src/experiment/own.hpp", '#include "yaml-cpp/yaml.h"'),
        ["src/experiment/own.hpp:3: yaml-cpp/yaml.h in module experiment: yaml-cpp belongs in config only"]),
    "OpenSSL outside digest": (
        append("src/random/own.hpp", "#include <openssl/sha.h>"),
        ["src/random/own.hpp:3: openssl/sha.h in module random: OpenSSL belongs in digest only"]),
    "Boost outside statistics": (
        append("src/ensemble/own.hpp", "#include <boost/math/distributions/normal.hpp>"),
        ["src/ensemble/own.hpp:3: boost/math/distributions/normal.hpp in module ensemble: Boost belongs in"]),
    "CLI11 outside app": (
        append("src/store/own.hpp", "#include <CLI/CLI.hpp>"),
        ["src/store/own.hpp:3: CLI/CLI.hpp in module store: CLI11 belongs in app only"]),
    "pybind11 outside python": (
        append("src/app/own.hpp", "#include <pybind11/pybind11.h>"),
        ["src/app/own.hpp:3: pybind11/pybind11.h in module app: pybind11 belongs in python only"]),
    "program that includes the Python module": (
        append("src/app/own.hpp", '#include "firesweep/python/part.hpp"'),
        ["src/app/own.hpp:3: module app may not include firesweep/python/part.hpp"]),
    "third party in a public header": (
        append("include/firesweep/check/part.hpp", "#include <fmt/format.h>"),
        ["include/firesweep/check/part.hpp:3: a public header may not include fmt/format.h"]),
    "third party that nobody agreed to": (
        append("src/store/own.hpp", "#include <toml++/toml.h>"),
        ["src/store/own.hpp:3: toml++/toml.h is of a third party"]),
    "MPI and HDF5 in one file, even in a test": (
        append("tests/mpi/both_test.cpp", "#include <mpi.h>\n#include <hdf5.h>"),
        ["tests/mpi/both_test.cpp:2: MPI and HDF5 in one file"]),
    "test that takes Catch2 for version 2": (
        append("tests/unit/check/part_test.cpp", "using Catch::Matchers::Contains;"),
        ["tests/unit/check/part_test.cpp:2: Catch::Matchers belongs in tests/unit/catch.hpp only"]),
    "link line with a module that is not in its row": (
        replace("src/model/CMakeLists.txt", "USES check", "USES check\n  store"),
        ["src/model/CMakeLists.txt:4: module model may not link store"]),
    "link line without a module of its row": (
        replace("src/engine/CMakeLists.txt", "USES check landscape model random", "USES check landscape model"),
        ["src/engine/CMakeLists.txt:1: module engine does not link random"]),
    "link line with a fenced third party": (
        replace("src/engine/CMakeLists.txt", "fmt::fmt", "MPI::MPI_CXX"),
        ["src/engine/CMakeLists.txt:4: MPI::MPI_CXX in module engine: MPI belongs in parallel only"]),
    "link line with a third party that nobody agreed to": (
        replace("src/engine/CMakeLists.txt", "fmt::fmt", "TBB::tbb"),
        ["src/engine/CMakeLists.txt:4: TBB::tbb is of a third party"]),
    "second link line": (
        append("src/check/CMakeLists.txt", "target_link_libraries(firesweep_check PUBLIC firesweep::app hdf5::hdf5)"),
        ["src/check/CMakeLists.txt:5: module check may not link app",
         "src/check/CMakeLists.txt:5: hdf5::hdf5 in module check: HDF5 belongs in store only"]),
    "module declared in another's folder": (
        replace("src/check/CMakeLists.txt", "firesweep_module(check", "firesweep_module(checks"),
        ["src/check/CMakeLists.txt:1: module checks is declared in the folder of check"]),
    "module with a link line of its own making": (
        replace("src/check/CMakeLists.txt", "firesweep_module(check", "target_link_libraries(check"),
        ["src/check/CMakeLists.txt:1: module check is not declared with firesweep_module"]),
    "module of the table without a link line": (
        lambda root: (root / "src/check/CMakeLists.txt").unlink(),
        ["src/check/CMakeLists.txt:1: missing"]),
    "module that the table does not know": (
        lambda root: write(root, "src/utils/part.cpp", ""),
        ["src/utils/part.cpp:1: belongs to no module of the table"]),
    "source with more than 400 lines": (
        lambda root: write(root, "src/store/own.hpp", "\n" * 401),
        ["src/store/own.hpp:401: 401 lines, more than 400"]),
    "file in a folder that the table does not know": (
        lambda root: (write(root, "src/store/misc/part.hpp", ""), write(root, "src/store/misc/part.cpp", '#include "misc/part.hpp"')),
        ["src/store/misc/part.cpp:1: src/store has no folder 'misc' in the table"]),
    "folder that includes one above it": (
        lambda root: (write(root, "src/store/results/marker.hpp", ""),
                      write(root, "src/store/hdf5/part.cpp", '#include "results/marker.hpp"')),
        ['src/store/hdf5/part.cpp:1: "results/marker.hpp" is not below src/store/hdf5']),
    "module without unit tests": (
        lambda root: (root / "tests/unit/random/part_test.cpp").unlink(),
        ["tests/unit/random:1: module random has no unit tests"]),
}


class FenceCatches(unittest.TestCase):
    def check(self, change):
        """Exit code and printed lines of the checker on the tree after a change."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            build_tree(root)
            (root / "tests/mpi").mkdir()
            change(root)
            done = subprocess.run([sys.executable, CHECKER, root], capture_output=True, text=True, check=False)
            self.assertEqual(done.stderr, "")
            return done.returncode, done.stdout.splitlines()

    def test_a_tree_that_keeps_to_the_architecture_passes(self):
        self.assertEqual(self.check(lambda root: None), (0, []))

    def test_four_hundred_lines_are_allowed(self):
        self.assertEqual(self.check(lambda root: write(root, "src/store/own.hpp", "\n" * 400)), (0, []))

    def test_a_header_made_from_a_template_is_the_module_s_own(self):
        def change(root):
            write(root, "src/store/made.hpp.in", "")
            append("src/store/part.cpp", '#include "made.hpp"')(root)
        self.assertEqual(self.check(change), (0, []))

    def test_each_violation_is_printed_with_its_place_and_fails(self):
        for name, (change, expected) in VIOLATIONS.items():
            with self.subTest(name):
                code, printed = self.check(change)
                self.assertEqual(code, 1)
                self.assertEqual(len(printed), len(expected), printed)
                for line, start in zip(printed, expected):
                    self.assertTrue(line.startswith(start), f"{line!r} does not begin with {start!r}")


if __name__ == "__main__":
    unittest.main()
