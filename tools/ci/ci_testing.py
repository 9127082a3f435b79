"""What the tests of the CI kit share: a gateway's repository as its owner would have it, whose gateway is the lab's, and a repository of
pinproof to clone, whose launcher is the program under test. The program is the first argument of every test file.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
KIT = pathlib.Path(__file__).resolve().parent
ROOT = KIT.parents[1]
PROVE = str(KIT / "prove")
TIMEOUT = 300
REPORTS = ["badge.shields.json", "badge.svg", "comment.md", "ctrf.json", "junit.xml", "report.html", "result.json", "summary.md"]

# A broken promise that few scenarios show, and one of those.
DEVIATION = "helodata-cap-of-31"
BROKEN = "H-STK-6"
SHOWS_IT = "helodata/sticky/over-thirty-rejected"

START_GATEWAY = """#!/bin/sh
set -e
"$PINPROOF_PROGRAM" lab --stay --dialect helodata --clock controlled $LAB_OPTIONS >ci/ready 2>ci/gateway.log &
while ! [ -s ci/ready ]; do kill -0 $!; sleep 0.1; done
echo "PINPROOF_LAB=$(cat ci/ready)" >ci/gateway.env
"""


def write_script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def wait_for(path):
    deadline = time.monotonic() + TIMEOUT
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came to be"
        time.sleep(0.02)


def git(*arguments, cwd):
    identity = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *identity, *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout


def commit_all(folder):
    git("init", "--quiet", cwd=folder)
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message", "all", cwd=folder)


class CiTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = pathlib.Path(folder.name)
        self.home = self.base / "gateway"
        write_script(self.home / "ci" / "start-gateway", START_GATEWAY)
        profile = json.loads((ROOT / "scenarios" / "profiles" / "lab-helodata.json").read_text())
        del profile["$schema"]
        (self.home / "ci" / "gateway.json").write_text(json.dumps({**profile, "name": "gateway"}))
        self.addCleanup(self.stop_gateway)

    def stop_gateway(self):
        ready = self.home / "ci" / "ready"
        if not ready.exists() or not ready.stat().st_size:
            return
        pid = json.loads(ready.read_text())["pid"]
        ready.unlink()
        try:
            os.kill(pid, signal.SIGTERM)
            # It is no child of this process: it has gone when there is nobody to signal.
            for _ in range(600):
                os.kill(pid, 0)
                time.sleep(0.05)
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GIT_", "PINPROOF_"))}
        return {**kept, "PINPROOF_PROGRAM": PROGRAM, "PINPROOF_ROOT": str(ROOT), "LAB_OPTIONS": "", **more}

    def run_in_home(self, *command, code=0, **more):
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        self.assertEqual(done.returncode, code, f"{command}\nstdout: {done.stdout[-3000:]}\nstderr: {done.stderr[-3000:]}")
        return done

    def start_gateway(self, *options):
        self.stop_gateway()
        self.run_in_home("ci/start-gateway", LAB_OPTIONS=" ".join(options))

    def write_ledger(self, scenarios=None, requirements=None):
        entry = lambda verdict: {"verdict": verdict, "why": "The test says so."}
        ledger = {
            "ledger": 1,
            "target": "gateway",
            "reasons": {},
            "scenarios": {id: entry(verdict) for id, verdict in (scenarios or {}).items()},
            "requirements": {id: entry(verdict) for id, verdict in (requirements or {}).items()},
        }
        (self.home / "ci" / "ledger.json").write_text(json.dumps(ledger))

    @property
    def out(self):
        return self.home / "pinproof-report"

    def junit(self):
        return xml.etree.ElementTree.parse(self.out / "junit.xml").getroot()

    def failed_cases(self):
        """(class name, name up to a space) of every case that CI counts as failed."""
        return sorted(
            (case.get("classname"), case.get("name").split(" ")[0])
            for case in self.junit().iter("testcase")
            if case.find("failure") is not None or case.find("error") is not None
        )

    def assert_all_reports(self):
        self.assertEqual(sorted(path.name for path in self.out.iterdir() if path.is_file()), REPORTS)
        for name in REPORTS:
            self.assertTrue((self.out / name).stat().st_size, name)
