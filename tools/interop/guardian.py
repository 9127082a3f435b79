"""Outlives the program that started it, and ends what that one leaves behind: process groups, then a folder.

    guardian.py FOLDER      lines on standard input: "started GROUP", "ended GROUP"

Its standard input ends when the program does, whether it finished, failed or was killed outright; so there is one way of
cleaning up, and it always runs.
"""
import contextlib
import os
import shutil
import signal
import sys


def main(folder):
    groups = set()
    for line in sys.stdin:
        word, group = line.split()
        (groups.add if word == "started" else groups.discard)(int(group))
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
