#!/usr/bin/env python3
"""Checks the house: who includes whom, what may stand where, and that nothing is forgotten.

    tools/lint/lint.py [--root DIR]

The rules are the tables in house.py. Prints one line a finding, `file:line: what is wrong; what is expected`.
Exit: 0 none, 1 some, 2 usage.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
from typing import NamedTuple

sys.dont_write_bytecode = True
import cxx_text
import house

SKIPPED_FOLDERS = {".git", "build", "out", "__pycache__", ".cache", "node_modules"}


class Finding(NamedTuple):
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


class File:
    """One file of the tree; its text is empty when it is not text."""

    def __init__(self, root, path):
        self.path = path
        full = os.path.join(root, path)
        with open(full, "rb") as stream:
            data = stream.read()
        self.is_binary = b"\0" in data
        self.text = "" if self.is_binary else data.decode("utf-8", errors="replace")
        self.is_executable = os.access(full, os.X_OK)
        self.is_cxx = path.endswith((".h", ".cc"))
        self.code = cxx_text.strip(self.text) if self.is_cxx else ""


def tree_files(root):
    """What git tracks or would; without git, everything but build folders."""
    listed = (
        subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=False,
        )
        if os.path.exists(os.path.join(root, ".git"))
        else None
    )
    if listed and listed.returncode == 0:
        return sorted(
            path
            for path in set(listed.stdout.decode().split("\0"))
            if path and os.path.isfile(os.path.join(root, path))
        )
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(found)


def longest_prefix(path, folders):
    matching = [folder for folder in folders if path.startswith(folder + "/")]
    return max(matching, key=len, default=None)


def check_include_arrows(files):
    for file in files:
        layer = longest_prefix(file.path, house.INCLUDES) if file.is_cxx else None
        if layer is None:
            continue
        allowed = house.INCLUDES[layer]
        for include in cxx_text.includes(file.text):
            of_house = include.path.split("/")[0] in house.CODE_FOLDERS
            if not of_house and not include.is_system:
                yield Finding(
                    file.path,
                    include.line,
                    (
                        f'"{include.path}" is no path from the root; write "folder/…/name.h" for a header of the'
                        " house, <…> for any other"
                    ),
                )
            elif of_house and include.is_system:
                yield Finding(
                    file.path, include.line, f"<{include.path}> is a header of the house; write it with quotes"
                )
            elif of_house and longest_prefix(include.path, allowed) is None:
                yield Finding(
                    file.path,
                    include.line,
                    f"{layer}/ includes {include.path}; it may include {', '.join(f'{a}/' for a in allowed)} only",
                )


def check_own_header_first(files):
    """It is how a header is proven to compile alone: the build does so for headers without a source only."""
    paths = {file.path for file in files}
    for file in files:
        own = re.sub(r"\.cc$", ".h", file.path)
        if not file.path.endswith(".cc") or own not in paths:
            continue
        first = next(iter(cxx_text.includes(file.text)), None)
        if first is None or first.path != own:
            yield Finding(file.path, first.line if first else 1, f'the first include is not "{own}", its own header')


def check_one_type_a_name(files):
    """Two types of one name in one namespace are one type to the linker, which takes whichever functions it meets first."""
    first = {}
    for file in files:
        if not file.is_cxx or file.path.endswith("_test.cc"):
            continue
        for line, name in cxx_text.shared_types(file.code):
            place = first.setdefault(name, (file.path, line))
            if place[0] != file.path:
                yield Finding(
                    file.path,
                    line,
                    f"{name} is defined in {place[0]}:{place[1]} too; give it another name, or an unnamed namespace",
                )


def check_libraries(files):
    users = {header: [] for header in house.SINGLE_USE}
    for file in files:
        if not file.is_cxx:
            continue
        earlier = []
        for include in cxx_text.includes(file.text):
            if include.is_system and re.search(r"[/.]", include.path):
                yield from check_library(file, include)
                for header in users:
                    if include.path.startswith(header) and file.path not in [path for path, _ in users[header]]:
                        users[header].append((file.path, include.line))
                if include.path == "rapidcheck/gtest.h" and "gtest/gtest.h" not in earlier:
                    yield Finding(
                        file.path, include.line, "rapidcheck/gtest.h stands before gtest/gtest.h; it needs it above"
                    )
            earlier.append(include.path)
    for header, places in users.items():
        for path, line in places[1:]:
            yield Finding(
                path,
                line,
                f"<{header}…> is already included by {places[0][0]}; one file may: {house.SINGLE_USE[header]}",
            )


def check_library(file, include):
    for library in house.LIBRARIES:
        if re.match(library.header, include.path):
            if not re.search(library.where, file.path):
                yield Finding(file.path, include.line, f"<{include.path}> may not stand here: {library.why}")
            return
    if longest_prefix(include.path, house.CODE_FOLDERS) is None:
        yield Finding(
            file.path,
            include.line,
            (
                f"<{include.path}> is of no library that the house knows; use the C++ header, or add a row to"
                " tools/lint/house.py"
            ),
        )


def check_bans(files):
    for file in files:
        bans = [
            b
            for b in house.BANS
            if file.is_cxx and re.search(b.where, file.path) and not (b.unless and re.search(b.unless, file.path))
        ]
        for ban in bans:
            for match in re.finditer(ban.what, file.code, re.MULTILINE):
                yield Finding(
                    file.path,
                    cxx_text.line_of(file.code, match.start()),
                    f"`{' '.join(match.group(0).split())}`: {ban.why}",
                )


def check_co_await(files):
    for file in files:
        if file.is_cxx and "co_await" in file.code:
            for line, what in cxx_text.co_await_traps(file.text):
                yield Finding(
                    file.path,
                    line,
                    (
                        f"{what} in a statement with co_await, which g++ 12 destroys twice; name it on the line"
                        " above and move it in"
                    ),
                )


def check_length(files):
    for file in files:
        lines = file.text.splitlines() if file.is_cxx else []
        if len(lines) > house.LONG_FILE_LINES and not any(
            line.startswith(house.LONG_FILE_REASON) for line in lines[: house.LONG_FILE_REASON_WITHIN]
        ):
            yield Finding(
                file.path,
                len(lines),
                (
                    f"{len(lines)} lines; split it at {house.LONG_FILE_LINES}, or say `{house.LONG_FILE_REASON} …`"
                    " near the top"
                ),
            )


def check_headers(files):
    for file in files:
        if not file.path.endswith(".h"):
            continue
        if not file.text.startswith("//"):
            yield Finding(file.path, 1, "a header opens with a comment: what it is, and when to use it")
        if not re.search(r"^#pragma once$", file.code, re.MULTILINE):
            yield Finding(file.path, 1, "no #pragma once")


def check_listed_in_cmake(files):
    """Every source and header is named by a CMakeLists.txt of its folder or of one above; else nothing compiles it."""
    listed = set()
    for file in files:
        if os.path.basename(file.path) == "CMakeLists.txt":
            folder = os.path.dirname(file.path)
            for word in re.findall(r"[^\s()\"]+", re.sub(r"#[^\n]*", "", file.text)):
                listed.add(
                    os.path.normpath(
                        os.path.join(folder, re.sub(r"^\$\{CMAKE_CURRENT_(?:SOURCE|LIST)_DIR\}/", "", word))
                    )
                )
    for file in files:
        if file.is_cxx and file.path not in listed:
            yield Finding(
                file.path,
                1,
                (
                    f"no CMakeLists.txt lists it; expected in that of {os.path.dirname(file.path)}/ or of a folder"
                    " above"
                ),
            )


def check_scripts(files):
    for file in files:
        if file.text.startswith("#!") and not file.is_executable:
            yield Finding(file.path, 1, "a script, by its first line, that is not executable")
        if file.is_executable and not file.text.startswith("#!"):
            yield Finding(file.path, 1, "executable, but its first line names no interpreter")


def check_machine_paths(files):
    for file in files:
        for number, line in enumerate(file.text.splitlines(), 1):
            match = house.MACHINE_PATH.search(line)
            if match:
                yield Finding(
                    file.path,
                    number,
                    (
                        f"`{line[match.start():].split()[0]}` is a path of one machine; expected one relative to"
                        " the tree, or a made-up folder"
                    ),
                )


def check_binaries(files):
    for file in files:
        if file.is_binary:
            yield Finding(file.path, 1, "a binary file; the tree holds text only")


CHECKS = [
    check_include_arrows,
    check_own_header_first,
    check_one_type_a_name,
    check_libraries,
    check_bans,
    check_co_await,
    check_length,
    check_headers,
    check_listed_in_cmake,
    check_scripts,
    check_machine_paths,
    check_binaries,
]


def lint(root):
    """(number of files looked at, findings in order of place)."""
    files = [File(root, path) for path in tree_files(root)]
    return len(files), sorted(finding for check in CHECKS for finding in check(files))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--root", default=pathlib.Path(__file__).resolve().parents[2], help="the tree to check (default: this one)"
    )
    arguments = parser.parse_args()
    count, findings = lint(str(arguments.root))
    for finding in findings:
        print(finding)
    print(f"lint: {count} files, {len(findings)} findings", file=sys.stderr)
    return 1 if findings or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
