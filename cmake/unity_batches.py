#!/usr/bin/env python3
"""Which sources of a target can be compiled as one.

    cmake/unity_batches.py SIZE SOURCE…

Prints a number for each source, in their order, with `;` between: sources of one number, at most SIZE of them, are compiled in that order, and none
says a name that an earlier one hides in its unnamed namespace, or takes from another with `using`. So each file may go on calling its cases kCases.
"""
import pathlib
import re
import sys
from typing import NamedTuple

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools" / "lint"))
import cxx_text  # noqa: E402


class Source(NamedTuple):
    hidden: set  # names in its unnamed namespaces
    taken: set  # `other::Name`, of using
    words: set


def fits(source, earlier):
    not_said_by_itself = earlier.taken - source.taken
    return source.words.isdisjoint(earlier.hidden | {name.rpartition("::")[2] for name in not_said_by_itself})


def batches(sources, size):
    """The first batch that has room and where it fits."""
    so_far = []  # (how many sources, all of them as one)
    chosen = []
    for source in sources:
        fitting = (i for i, (count, earlier) in enumerate(so_far) if count < size and fits(source, earlier))
        batch = next(fitting, len(so_far))
        if batch == len(so_far):
            so_far.append((0, Source(set(), set(), set())))
        count, earlier = so_far[batch]
        so_far[batch] = (count + 1, Source(*map(set.union, earlier, source)))
        chosen.append(batch)
    return chosen


def read(path):
    code = cxx_text.strip(pathlib.Path(path).read_text(encoding="utf-8"))
    return Source(
        {name for _, name in cxx_text.hidden_names(code)},
        set(re.findall(r"^using ([a-z_][\w:]*::\w+);", code, re.MULTILINE)),
        set(re.findall(r"\w+", re.sub(r"^[ \t]*#.*", "", code, flags=re.MULTILINE))),
    )


def main():
    size, sources = int(sys.argv[1]), sys.argv[2:]
    print(";".join(map(str, batches(map(read, sources), size))), end="")


if __name__ == "__main__":
    main()
