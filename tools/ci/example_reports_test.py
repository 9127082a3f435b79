"""tools/example-reports, and tools/interop/gateway_run.py that it plays real gateways with: 0 only where every report is there, and no
trouble that is taken for a verdict.   example_reports_test.py PATH-OF-PINPROOF
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from ci_testing import DEVIATION, PROGRAM, ROOT, TIMEOUT, write_script

FILES = ["badge.svg", "junit.xml", "report.ctrf.json", "report.html", "report.md", "report.tap", "result.json"]
# Of what a machine without gateways has: as much as the scripts call.
PROGRAMS = ["awk", "bash", "cat", "chmod", "dirname", "env", "find", "mkdir", "mktemp", "openssl", "python3", "readlink", "rm", "sh"]


class ExampleReportsTest(unittest.TestCase):
    def setUp(self):
        """A tree that is built: the program under test stands where the release build has it, and Node packages are not installed."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = pathlib.Path(folder.name)
        self.tree, self.out = self.base / "tree", self.base / "out"
        (self.tree / "tools").mkdir(parents=True)
        for name in ["example-reports", "common.bash"]:
            shutil.copy(ROOT / "tools" / name, self.tree / "tools" / name)
        shutil.copytree(ROOT / "tools" / "interop", self.tree / "tools" / "interop", ignore=shutil.ignore_patterns("node_modules"))
        (self.tree / "scenarios").symlink_to(ROOT / "scenarios")
        write_script(self.tree / "tools" / "pinproof", "#!/bin/sh\nexit 0\n")
        self.program = self.tree / "build" / "release" / "tools" / "program" / "pinproof"
        self.program.parent.mkdir(parents=True)
        self.program.symlink_to(PROGRAM)
        self.bin = self.base / "bin"
        self.bin.mkdir()
        for name in PROGRAMS:
            if found := shutil.which(name):
                (self.bin / name).symlink_to(found)

    def run_it(self, *command, code):
        environment = {**os.environ, "PATH": str(self.bin), "PINPROOF_ROOT": str(ROOT), "TMPDIR": str(self.base)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False, cwd=self.base)
        self.assertEqual(done.returncode, code, f"{command}\nstdout: {done.stdout[-3000:]}\nstderr: {done.stderr[-3000:]}")
        return done

    def make(self, *names, code):
        return self.run_it(str(self.tree / "tools" / "example-reports"), str(self.out), *names, code=code)

    def gateway_run(self, *arguments, code):
        return self.run_it("python3", str(self.tree / "tools" / "interop" / "gateway_run.py"), *arguments, code=code)

    def test_whatever_the_reports_say(self):
        self.make("reference", DEVIATION, code=0)
        self.assertEqual(sorted(path.name for path in self.out.iterdir()), [DEVIATION, "reference"])
        for name in ["reference", DEVIATION]:
            self.assertEqual(sorted(path.name for path in (self.out / name).iterdir() if path.is_file()), FILES)

    def test_a_report_that_cannot_be_written(self):
        """Also where the run has a verdict to give: a broken promise."""
        folder = self.out / DEVIATION
        folder.mkdir(parents=True)
        (folder / "report.html").symlink_to("/dev/full")
        done = self.make(DEVIATION, code=1)
        self.assertIn(f"example-reports: {folder.resolve()}/report.html was not made\n", done.stderr)
        self.assertEqual(done.stderr.count("was not made"), 1)

    def test_what_an_earlier_call_made_does_not_count(self):
        """A program that says all is well, and makes nothing, or nothing whole."""
        self.make(DEVIATION, code=0)
        self.program.unlink()
        for script, missing in [("exit 0", 8), ("exit 1", 8), (f"cd out/{DEVIATION}; for f in *.*; do : >$f; done; exit 1", 8)]:
            write_script(self.program, f"#!/bin/sh\n{script}\n")
            done = self.make(DEVIATION, code=1)
            self.assertEqual(done.stderr.count(" was not made\n"), missing)

    def test_gateways_that_are_not_installed(self):
        for name, lack in [
            ("haproxy", "no program haproxy on PATH"),
            ("squid", "no program squid on PATH"),
            ("proxy-chain", "no proxy-chain in tools/interop/node_modules"),
        ]:
            done = self.gateway_run(PROGRAM, name, code=3)
            self.assertEqual(done.stdout, "")
            self.assertEqual(done.stderr, f"gateway_run.py: {name}: {lack}; tools/install-dependencies interop installs it\n")
            done = self.make(name, code=1)
            self.assertIn(f"example-reports: {name}: no report, exit status 3\n", done.stderr)
        (self.tree / "tools" / "interop" / "node_modules" / "proxy-chain").mkdir(parents=True)
        done = self.gateway_run(PROGRAM, "proxy-chain", code=3)
        self.assertIn("proxy-chain: no program node on PATH; ", done.stderr)

    def test_gateways_that_do_not_start(self):
        """Each in one line: they end at once, there is no pinproof, the packages are broken."""
        write_script(self.bin / "haproxy", "#!/bin/sh\necho some; echo lines\nexit 1\n")
        write_script(self.bin / "node", "#!/bin/sh\necho no package >&2\nexit 1\n")
        (self.tree / "tools" / "interop" / "node_modules" / "proxy-chain").mkdir(parents=True)
        for program, name, said in [
            (PROGRAM, "haproxy", "does not accept connections"),
            (PROGRAM, "proxy-chain", "no package"),
            ("/no/such/pinproof", "haproxy", "FileNotFoundError"),
            ("/bin/false", "haproxy", "lab ended without a line"),
        ]:
            done = self.gateway_run(program, name, code=3)
            self.assertRegex(done.stderr, rf"\Agateway_run\.py: {name}: .*{said}.*\n\Z")
            self.assertEqual(done.stdout, "")

    def test_what_is_asked_for_wrongly(self):
        for arguments in [[], [PROGRAM], [PROGRAM, "nginx"]]:
            done = self.gateway_run(*arguments, code=2)
            self.assertEqual(done.stderr, "usage: gateway_run.py PINPROOF haproxy|squid|proxy-chain [options of `pinproof run`]\n")
        self.make("no-such-deviation", code=1)
        (self.base / "file").write_text("")
        self.out = self.base / "file" / "below"
        done = self.make("reference", code=2)
        self.assertEqual(done.stderr, f"example-reports: the folder {self.out} cannot be made\n")


if __name__ == "__main__":
    unittest.main()
