#!/usr/bin/env python3
"""Checks that the source tree keeps to the architecture; prints each violation as file:line: what.

usage: architecture.py [ROOT]     exit code 0 if the tree keeps to it, 1 if not
"""

import re
import sys
from pathlib import Path

EVERY_MODULE = {"check", "random", "model", "landscape", "engine", "experiment", "statistics", "ensemble", "parallel", "files",
                "digest", "table", "weather", "raster", "config", "store", "render", "job", "app", "python"}

# What users hold in their hands: programs and modules of other languages, not libraries for others here.
ENDS = {"app", "python"}

# The modules that each may include and link, beside itself. Arrows point down.
MAY_USE = {
    "check": set(),
    "random": {"check"},
    "model": {"check"},
    "landscape": {"check", "random", "model"},
    "engine": {"check", "random", "model", "landscape"},
    "experiment": {"check", "random", "model", "landscape", "digest"},
    "statistics": {"check"},
    "ensemble": {"check", "model", "landscape", "engine", "experiment", "statistics"},
    "parallel": {"check"},
    "files": {"check"},
    "digest": {"check"},
    "table": {"check", "model", "landscape", "files"},
    "weather": {"check", "model", "files", "table"},
    "raster": {"check", "model", "landscape", "files", "digest"},
    "config": {"check", "random", "model", "landscape", "experiment", "ensemble", "table", "weather", "raster"},
    "store": {"check", "random", "model", "landscape", "engine", "experiment", "statistics", "ensemble", "digest", "files",
              "config"},
    "render": {"check", "random", "model", "landscape", "engine", "experiment", "ensemble", "files"},
    "job": {"check", "random", "engine", "experiment", "ensemble", "parallel", "files", "raster", "config", "store"},
    **{end: EVERY_MODULE - ENDS for end in ENDS},
}

# The folders of a module, if it has any, from the bottom up; "" is its files outside of them. Files may include private
# headers of their own folder and of those before it.
FOLDERS = {
    "store": ("", "hdf5", "content", "results", "publish", "netcdf"),
    "app": ("terminal", "view", "commands", ""),
}

# Third party: its headers, its link targets, and the modules whose sources may use it. Public headers use none.
THIRD_PARTIES = {
    "MPI": (r"mpi\.h|mpi/.*|mpicxx\.h", r"MPI::.*", {"parallel"}),
    "HDF5": (r"hdf5\.h|hdf5_hl\.h|H5.*\.h", r"hdf5::.*|hdf5.*", {"store"}),
    "libdeflate": (r"libdeflate\.h", r"PkgConfig::libdeflate", {"ensemble", "store"}),
    "zlib": (r"zlib\.h", r"ZLIB::ZLIB", {"store"}),
    "yaml-cpp": (r"yaml-cpp/.*", r"yaml-cpp.*", {"config"}),
    "OpenSSL": (r"openssl/.*", r"OpenSSL::.*", {"digest"}),
    "GDAL": (r"gdal.*\.h|cpl_.*\.h|ogr.*\.h", r"GDAL::.*", {"raster"}),
    "GIF": (r"gif_lib\.h", r"GIF::.*", {"render"}),
    "Boost": (r"boost/.*", r"Boost::.*", {"experiment", "statistics"}),
    "CLI11": (r"CLI/.*", r"CLI11::.*", {"app"}),
    "nlohmann-json": (r"nlohmann/.*", r"nlohmann_json::.*", {"app", "config"}),
    "pybind11": (r"pybind11/.*|Python\.h", r"pybind11::.*|Python::.*", {"python"}),
    "libpng": (r"png.*\.h", r"PNG::.*", {"render"}),
    "fmt": (r"fmt/.*", r"fmt::.*", EVERY_MODULE),
    "threads": (r"pthread\.h", r"Threads::.*", EVERY_MODULE),
}

MOST_LINES = 400
SOURCE_SUFFIXES = {".hpp", ".cpp", ".h", ".cc", ".c", ".inl", ".ipp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
STANDARD_HEADER = re.compile(r"[a-z_0-9]+")  # <vector>; a C header with its .h has a C++ name
SYSTEM_HEADER = re.compile(r"[a-z_0-9]+\.h|(sys|linux|asm|netinet|arpa)/.*")
LINK_KEYWORDS = {"SOURCES", "USES", "PRIVATE", "PUBLIC", "INTERFACE"}
CATCH_SHIM = "tests/unit/catch.hpp"
CATCH_BY_VERSION = re.compile(r"<catch2/|Catch::Matchers")  # other headers and other names in 2 and 3
CMAKE_COMMAND = re.compile(r"(\w+)\s*\(([^()]*)\)")


def third_party_of(header):
    """The third party that a header belongs to, or None."""
    return next((name for name, (headers, _, _) in THIRD_PARTIES.items() if re.fullmatch(headers, header)), None)


class SourceTree:
    def __init__(self, root):
        self.root = root
        self.violations = []

    def report(self, file, line, what):
        self.violations.append(f"{file.relative_to(self.root)}:{line}: {what}")

    def files(self, folder, suffixes=frozenset(SOURCE_SUFFIXES)):
        return sorted(path for path in (self.root / folder).rglob("*") if path.suffix in suffixes)

    def includes(self, file):
        """(line number, quote, header) of each include."""
        lines = file.read_text(encoding="utf-8").splitlines()
        found = ((number, INCLUDE.match(line)) for number, line in enumerate(lines, 1))
        return [(number, match[1], match[2]) for number, match in found if match]

    def module_of(self, file):
        """The module that a file under include/firesweep or src belongs to; reports a file that belongs to none."""
        parts = file.relative_to(self.root).parts
        inside = parts[2:] if parts[0] == "include" else parts[1:]
        module = inside[0] if len(inside) > 1 else None
        if module not in MAY_USE:
            self.report(file, 1, "belongs to no module of the table")
            return None
        return module

    def check_modules(self):
        for file in self.files("include") + self.files("src"):
            module = self.module_of(file)
            if module is None:
                continue
            for line, quote, header in self.includes(file):
                if header.startswith("firesweep/"):
                    self.check_own(file, line, module, header)
                elif file.is_relative_to(self.root / "include"):
                    if quote == '"' or not STANDARD_HEADER.fullmatch(header):
                        self.report(file, line, f"a public header may not include {header}")
                else:
                    self.check_foreign(file, line, module, quote, header)

    def check_own(self, file, line, module, header):
        used = header.split("/")[1]
        if used != module and used not in MAY_USE[module]:
            self.report(file, line, f"module {module} may not include {header}: {used} is not in its row of the table")
        elif not (self.root / "include" / header).is_file():
            self.report(file, line, f"{header} is not a public header")

    def check_foreign(self, file, line, module, quote, header):
        party = third_party_of(header)
        if party:
            self.check_fence(file, line, module, header, party)
        elif quote == '"':
            if ".." in Path(header).parts or not self.is_private_header(module, header):
                self.report(file, line, f'"{header}" is neither a public header nor one of src/{module}')
            else:
                self.check_folder(file, line, module, header)
        elif not STANDARD_HEADER.fullmatch(header) and not SYSTEM_HEADER.fullmatch(header):
            self.report(file, line, f"{header} is of a third party that the table does not know")

    def check_folder(self, file, line, module, header):
        """Arrows between the folders of a module point down, too."""
        if module not in FOLDERS:
            return
        layers = FOLDERS[module]
        own, used = (path.parent.as_posix().replace(".", "")
                     for path in (file.relative_to(self.root / "src" / module), Path(header)))
        if own not in layers:
            self.report(file, line, f"src/{module} has no folder '{own}' in the table")
        elif used not in layers or layers.index(used) > layers.index(own):
            self.report(file, line, f'"{header}" is not below src/{module}/{own} in the table of folders')

    def is_private_header(self, module, header):
        """Whether src/<module> holds the header, or the template that it is made from."""
        return any((self.root / "src" / module / name).is_file() for name in (header, header + ".in"))

    def check_fence(self, file, line, module, what, party):
        allowed = THIRD_PARTIES[party][2]
        if module not in allowed:
            self.report(file, line, f"{what} in module {module}: {party} belongs in {', '.join(sorted(allowed))} only")

    def check_files(self):
        for file in self.files("include") + self.files("src") + self.files("tests"):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > MOST_LINES:
                self.report(file, lines, f"{lines} lines, more than {MOST_LINES}")
            line_of = {third_party_of(header): line for line, _, header in self.includes(file)}
            if "MPI" in line_of and "HDF5" in line_of:
                self.report(file, max(line_of["MPI"], line_of["HDF5"]), "MPI and HDF5 in one file")

    def check_catch(self):
        """One place knows which Catch2 there is."""
        for file in self.files("tests"):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found = CATCH_BY_VERSION.search(line)
                if found and file != self.root / CATCH_SHIM:
                    self.report(file, number, f"{found[0]} belongs in {CATCH_SHIM} only")

    def check_link_lines(self):
        for module in MAY_USE:
            file = self.root / "src" / module / "CMakeLists.txt"
            if not file.is_file():
                self.report(file, 1, f"missing: module {module} of the table has no link line")
                continue
            text = re.sub(r"#[^\n]*", "", file.read_text(encoding="utf-8"))
            for command in CMAKE_COMMAND.finditer(text):
                if command[1] in ("firesweep_module", "target_link_libraries"):
                    self.check_link_line(file, module, text, command)
            if module not in ENDS and "firesweep_module" not in text:
                self.report(file, 1, f"module {module} is not declared with firesweep_module")

    def check_link_line(self, file, module, text, command):
        def line_of(offset):
            return text.count("\n", 0, offset) + 1

        own, *words = [(word[0], line_of(command.start(2) + word.start())) for word in re.finditer(r"\S+", command[2])]
        keyword, used = None, set()
        for word, line in words:
            name = word.removeprefix("firesweep::").removeprefix("firesweep_")
            if word in LINK_KEYWORDS:
                keyword = word
            elif keyword == "USES" or name != word:
                used.add(name)
                if name not in MAY_USE[module] | {module, "build_flags"}:
                    self.report(file, line, f"module {module} may not link {name}: it is not in its row of the table")
            elif keyword != "SOURCES":
                self.check_linked_party(file, line, module, word)
        if command[1] == "firesweep_module":
            if own[0] != module:
                self.report(file, own[1], f"module {own[0]} is declared in the folder of {module}")
            for name in sorted(MAY_USE[module] - used):
                self.report(file, own[1], f"module {module} does not link {name} of its row of the table")

    def check_linked_party(self, file, line, module, target):
        party = next((name for name, (_, targets, _) in THIRD_PARTIES.items() if re.fullmatch(targets, target)), None)
        if party:
            self.check_fence(file, line, module, target, party)
        else:
            self.report(file, line, f"{target} is of a third party that the table does not know")

    def check_unit_tests(self):
        """tests/unit mirrors include/firesweep, but for app and job, which tests/cli covers, parallel, which tests/mpi does, and python
        (tests/python_module)."""
        for module in sorted(MAY_USE.keys() - {"app", "job", "parallel", "python"}):
            folder = self.root / "tests" / "unit" / module
            if not (folder.is_dir() and any(folder.glob("*.cpp"))):
                self.report(folder, 1, f"module {module} has no unit tests")


def violations_of(root):
    tree = SourceTree(Path(root).resolve())
    tree.check_modules()
    tree.check_files()
    tree.check_catch()
    tree.check_link_lines()
    tree.check_unit_tests()
    return tree.violations


if __name__ == "__main__":
    found = violations_of(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2])
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)
