#!/usr/bin/env python3
"""tools/pinproof from outside: when it builds, when it does not, and what it prints where.

Runs the real script in a small tree of its own, on a PATH whose `cmake`, `ninja` and `dpkg-query` are fakes that note
each call; the fake ninja "builds" a program that prints its arguments.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent

FAKES = {
    "dpkg-query": 'for package; do [ "$package" = "${package#-}" ] && echo "$package installed"; done; exit 0',
    "cmake": 'echo cmake >>"$CALLS"; mkdir -p build/release; echo >build/release/build.ninja',
    "ninja": """
echo ninja >>"$CALLS"
if [ -e "$BROKEN" ]; then echo "[1/2] compiling"; echo "sim/a.cc:7:3: error: expected ';'"; exit 1; fi
[ -z "$SLOW" ] || sleep 0.3
program="$2/tools/program/pinproof"
mkdir -p "$(dirname "$program")"
printf '#!/bin/sh\\necho "ran: $*"\\nexit 4\\n' >"$program.new" && chmod +x "$program.new" && mv "$program.new" "$program"
echo "[2/2] linked"
""",
}


class LauncherTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = pathlib.Path(folder.name)
        self.root = self.base / "a tree"
        self.calls = self.base / "calls"
        self.broken = self.base / "broken"
        (self.root / "sim").mkdir(parents=True)
        (self.root / "tools").mkdir()
        for name in ["pinproof", "common.bash", "install-dependencies"]:
            shutil.copy(TOOLS / name, self.root / "tools" / name)
        for name in ["CMakeLists.txt", "CMakePresets.json", "sim/a.cc"]:
            (self.root / name).write_text("")
        (self.base / "bin").mkdir()
        for name, body in FAKES.items():
            fake = self.base / "bin" / name
            fake.write_text(f"#!/bin/sh\n{body}\n")
            fake.chmod(0o755)

    def environment(self, **more):
        path = f"{self.base / 'bin'}:{os.environ['PATH']}"
        return {
            **os.environ,
            "PATH": path,
            "CALLS": str(self.calls),
            "BROKEN": str(self.broken),
            "SLOW": "",
            **more,
        }

    def run_launcher(self, *arguments, script=None, cwd=None):
        command = [script or self.root / "tools" / "pinproof", *arguments]
        return subprocess.run(
            command, cwd=cwd or self.base, env=self.environment(), capture_output=True, text=True, check=False
        )

    def called(self):
        return self.calls.read_text().split() if self.calls.exists() else []

    def test_builds_then_becomes_the_program(self):
        first = self.run_launcher("run", "--filter", "a b")
        self.assertEqual(["cmake", "ninja"], self.called())
        self.assertEqual("ran: run --filter a b\n", first.stdout)
        self.assertIn("pinproof: built release in", first.stderr)
        self.assertEqual(4, first.returncode)

    def test_second_call_does_nothing_but_run(self):
        self.run_launcher()
        second = self.run_launcher("list")
        self.assertEqual(["cmake", "ninja"], self.called())
        self.assertEqual(("ran: list\n", "", 4), (second.stdout, second.stderr, second.returncode))

    def test_builds_again_after_each_kind_of_change(self):
        old = self.base / "old.cc"
        old.write_text("int a;\n")
        os.utime(old, (0, 0))
        changes = {
            "an edit": lambda: (self.root / "sim/a.cc").write_text("int a;\n"),
            "a new file": lambda: (self.root / "sim/b.cc").write_text(""),
            "a file moved in that looks old": lambda: old.rename(self.root / "sim/old.cc"),
            "a deletion": lambda: (self.root / "sim/b.cc").unlink(),
            "the top CMakeLists.txt": lambda: (self.root / "CMakeLists.txt").write_text("#\n"),
            "the program is gone": lambda: (self.root / "build/release/tools/program/pinproof").unlink(),
        }
        self.run_launcher()
        for name, change in changes.items():
            with self.subTest(name):
                self.calls.unlink()
                change()
                self.run_launcher()
                self.assertEqual(["ninja"], self.called())
                self.run_launcher()
                self.assertEqual(["ninja"], self.called())

    def test_configures_again_when_the_presets_changed(self):
        self.run_launcher()
        self.calls.unlink()
        (self.root / "CMakePresets.json").write_text("{}\n")
        self.run_launcher()
        self.assertEqual(["cmake", "ninja"], self.called())

    def test_a_broken_build_shows_the_error_and_exits_3(self):
        self.broken.touch()
        failed = self.run_launcher("run")
        self.assertEqual(3, failed.returncode)
        self.assertEqual("", failed.stdout)
        self.assertIn("sim/a.cc:7:3: error: expected ';'", failed.stderr)
        self.assertIn("build.log", failed.stderr)
        self.broken.unlink()
        self.assertEqual("ran: run\n", self.run_launcher("run").stdout)

    def test_a_broken_edit_does_not_run_the_last_good_program(self):
        self.run_launcher()
        self.broken.touch()
        (self.root / "sim/a.cc").write_text("int a\n")
        for _ in range(2):
            failed = self.run_launcher("run")
            self.assertEqual((3, ""), (failed.returncode, failed.stdout))

    def test_through_a_symlink_from_elsewhere(self):
        link = self.base / "pp"
        link.symlink_to(self.root / "tools" / "pinproof")
        (self.base / "elsewhere").mkdir()
        self.assertEqual("ran: run\n", self.run_launcher("run", script=link, cwd=self.base / "elsewhere").stdout)

    def test_at_once(self):
        environment = self.environment(SLOW="yes")
        command = [self.root / "tools" / "pinproof", "run"]
        runs = [
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        outputs = [run.communicate() for run in runs]
        self.assertEqual(["ran: run\n"] * 3, [out for out, _ in outputs])
        self.assertEqual(1, self.called().count("cmake"))
        self.assertEqual(2, sum("waiting for it" in err for _, err in outputs))

    def test_says_what_is_missing_when_not_root(self):
        if os.geteuid() == 0 and not shutil.which("setpriv"):
            self.skipTest("runs as root, and has no setpriv to be somebody else")
        (self.base / "bin" / "dpkg-query").write_text("#!/bin/sh\necho 'cmake installed'; exit 1\n")
        self.base.chmod(0o755)
        as_nobody = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*as_nobody, self.root / "tools" / "install-dependencies", "build", "test"]
        refused = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        self.assertEqual((3, ""), (refused.returncode, refused.stdout))
        self.assertRegex(refused.stderr, r"missing Debian packages: .*\bg\+\+ ")
        self.assertNotIn(" cmake ", refused.stderr)
        self.assertRegex(refused.stderr, r"not root.* sudo .*tools/install-dependencies build test\n")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
