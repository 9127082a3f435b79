"""The HTML report in a real browser, headless Chromium: reports of every kind are made by the program, opened, clicked through and measured.

    report_page_test.py PINPROOF

With PINPROOF_SCREENSHOTS=FOLDER in the environment, what it saw is left there.
"""
import copy
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from gateways import node

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TIMEOUT = 300  # seconds, for all of the browser's
VERDICTS = 10_000  # of the huge report: promises and scenarios together
OBSERVATIONS = 200_000  # of its longest history
ATTACK = "<img src=x onerror=window.acted=1>\"'><script>window.acted=1</script></style>\u202e\x1b[2J"


class Reports:
    """Reports of every kind, in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def program(self, *arguments, codes=(0,)):
        environment = {**os.environ, "PINPROOF_ROOT": str(ROOT)}
        done = subprocess.run([PINPROOF, *map(str, arguments)], env=environment, cwd=self.folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode not in codes:
            raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def run(self, name, *arguments):
        self.program("run", *arguments, "--out", name, codes=(0, 1))
        return json.loads((self.folder / name / "result.json").read_text())

    def report(self, name, *arguments):
        self.program("report", *arguments, "--out", f"{name}.html")

    def write(self, name, result):
        (self.folder / name).mkdir(exist_ok=True)
        (self.folder / name / "result.json").write_text(json.dumps(result))
        self.report(name, f"{name}/result.json")

    def make_all(self):
        reference = self.run("pass", "--target", "sim")
        self.report("pass", "pass/result.json")
        failed = self.run("fail", "--deviate", "helodata-everyone-repinned")
        self.report("fail", "fail/result.json")
        self.write("inconclusive", undecided(reference))
        self.write("hostile", poisoned(failed))
        self.write("long", poisoned(failed, attack="W" * 400))
        (self.folder / "matrix.json").write_text(self.program("deviations", "--filter", "helodata-*", "--json", codes=(0, 1)))
        self.report("matrix", "fail/result.json", "matrix.json", "--compare", "pass/result.json")
        self.write_huge(failed)

    def write_huge(self, result):
        (self.folder / "huge").mkdir()
        history = self.folder / "huge" / "long.jsonl"
        write_long_history(self.folder / "fail" / result["scenarios"][0]["history"], history)
        self.write("huge", huge(result, hashlib.sha256(history.read_bytes()).hexdigest()))


def undecided(result):
    result = copy.deepcopy(result)
    result["result"] = "inconclusive"
    row = next(row for row in result["requirements"] if row["id"] == "H-STK-1")
    row["verdict"], row["reason"] = "inconclusive", "the window may have ended: needs 0.4 s more room"
    result["scenarios"][0]["verdict"] = "setup_fail"
    result["scenarios"][1]["verdict"] = "harness_error"
    return result


KEPT = {"id", "verdict", "level", "set", "dialect", "result", "kind", "sha256", "scenario", "clock", "date", "program", "name", "file", "history"}


def poisoned(value, key="", attack=ATTACK):
    """Every text that is no word of the format's own, with the attack behind it."""
    if isinstance(value, dict):
        return {name: poisoned(one, name, attack) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key, attack) for one in value]
    return value + attack if isinstance(value, str) and key not in KEPT else value


def huge(result, digest):
    """Half promises, half scenarios, every tenth failed; and one scenario with a long history."""
    result = copy.deepcopy(result)
    row, scenario = result["requirements"][0], result["scenarios"][0]
    rows, scenarios = [], []
    for number in range(VERDICTS // 2):
        verdict = "pass" if number % 10 else "fail"
        name = f"helodata/huge/number-{number}" if number else "helodata/huge/history"
        seen = [5, 123_456] if number == 0 else []
        evidence = [{"scenario": name, "observations": seen, "reason": "expected the exit of `first`, saw another", "step": "", "replay": "pinproof replay"}]
        rows.append({**row, "id": f"H-HUGE-{number}", "verdict": verdict, "reason": "", "evidence": evidence})
        scenarios.append({**scenario, "id": name, "verdict": verdict, "requirements": [f"H-HUGE-{number}"], "history": "" if number else "long.jsonl"})
    result["requirements"], result["scenarios"] = rows, scenarios
    result["histories"] = [{"file": "long.jsonl", "sha256": digest, "scenario": "helodata/huge/history"}]
    result["result"] = "fail"
    return result


def write_long_history(example, path):
    header = json.loads(example.read_text().splitlines()[0])
    header |= {"scenario": "helodata/huge/history", "requirements": []}
    base = {"record": "observation", "actor": "client", "account": "one", "via": "plain", "method": "GET", "host": "site.origin.test", "path": "/"}
    with path.open("w") as file:
        file.write(json.dumps(header) + "\n")
        for number in range(1, OBSERVATIONS + 1):
            at = number * 9_000_000
            user = f"helo_{{account}}-type-res-region-us-session-job{number % 60}-sesstime-30"
            more = {"id": number, "connection": f"c{number}", "user_name": user, "sent_at": at, "answered_at": at, "ended_at": at, "end": "complete"}
            more["status"] = 502 if number % 5000 == 0 else 200
            file.write(json.dumps({**base, **more, "exit_by_header": f"127.20.0.{number % 60 % 24 + 1}"}) + "\n")


class BrowserTest(unittest.TestCase):
    def test_the_report_in_a_browser(self):
        chromium = shutil.which("chromium-headless-shell")
        self.assertIsNotNone(chromium, "no chromium-headless-shell: tools/install-dependencies interop")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            Reports(folder).make_all()
            environment = {**os.environ, "PINPROOF_REPORTS": str(folder), "PINPROOF_CHROMIUM": chromium}
            command = [node(), "--test", "--test-reporter=spec", HERE / "browser" / "report_browser_test.mjs"]
            done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False)
            print(done.stdout, file=sys.stderr)
            self.assertEqual(done.returncode, 0, done.stderr[-3000:])


if __name__ == "__main__":
    unittest.main()
