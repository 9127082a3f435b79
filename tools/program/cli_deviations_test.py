#!/usr/bin/env python3
"""`pinproof deviations` from outside: what it prints where, and the exit codes it gives. Mostly on a copy of the data with few scenarios and
deviations; the whole matrix is a test of its own.

    cli_deviations_test.py PROGRAM
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import threading
import unittest

from cli_testing import PROGRAM, ROOT, TIMEOUT, CliTest

CAP = [{"op": "replace", "path": "/session/window/minutes_cap", "value": 31}]
GATEWAYS_TO_INTERRUPT = 2000  # seconds of work


class DeviationsTest(CliTest):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "root"
        scenarios = self.root / "scenarios"
        for name in ["conformance/requirements", "conformance/vocabulary", "scenarios/rules"]:
            shutil.copytree(ROOT / name, self.root / name)
        for name in ["helodata/sticky/over-thirty-rejected", "helodata/sticky/alive-at-29-59", "crawlera/session/same-ip"]:
            place = scenarios / f"{name}.json"
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "scenarios" / f"{name}.json", place)
        (scenarios / "deviations").mkdir()
        self.deviation("cap", requirement="H-STK-6", edits=CAP)

    def deviation(self, name, dialect="helodata", **members):
        path = self.root / "scenarios" / "deviations" / f"{name}.json"
        path.write_text(json.dumps({"id": name, "title": "t", "dialect": dialect, **members}))
        return path

    def deviations(self, *arguments, **options):
        return self.run_program("deviations", *arguments, env={"PINPROOF_ROOT": str(self.root)}, **options)

    def refused(self, *arguments, says):
        done = self.deviations(*arguments, code=2)
        self.assertEqual(done.stdout, "")
        self.assertIn(says, done.stderr)

    def test_all_killed(self):
        done = self.deviations()
        self.assertEqual(done.stderr, "", "talk where nobody watches")
        self.assertNotIn("\x1b", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^✓ helodata  as it ships$")
        self.assertRegex(done.stdout, r"(?m)^✓ cap +H-STK-6 +helodata/sticky/over-thirty-rejected \(expectation")
        self.assertIn("\nNo survivors\n", done.stdout)
        self.assertRegex(done.stdout, r"Scenarios that kill nothing \(2\):\n  crawlera/session/same-ip\n  helodata/sticky/alive-at-29-59\n")
        self.assertRegex(done.stdout, r"Requirements with no killer \(\d+\):\n  H-ROT-1\n")
        self.assertRegex(done.stdout, r"\n✓ 1 of 1 deviations killed by the requirement they break; 1 of 1 right gateways pass; 3 scenarios,\s+seed 1, \d+\.\d s\n\Z")

    def test_a_survivor(self):
        self.deviation("longer", requirement="H-STK-3", edits=[{"op": "replace", "path": "/session/window/minute", "value": "61s"}])
        done = self.deviations(code=1)
        self.assertRegex(done.stdout, r"(?m)^✗ longer +H-STK-3\n    survived; H-STK-3 is ")
        self.assertIn("\nSurvivors (1):\n  longer\n", done.stdout)
        self.assertIn("\n✗ 1 of 2 deviations killed", done.stdout)
        self.deviations("--filter", "cap")

    def test_killed_only_by_another(self):
        self.deviation("blamed", requirement="H-KEY-4", edits=CAP)
        done = self.deviations(code=1)
        self.assertRegex(done.stdout, r"(?m)^✗ blamed +H-KEY-4\n    killed only by H-STK-6")
        row = json.loads(self.deviations("--json", code=1).stdout)["deviations"][0]
        self.assertEqual((row["id"], row["outcome"]), ("blamed", "killed_by_others"))

    def test_a_false_alarm(self):
        self.deviation("right", conforms=True, edits=[{"op": "replace", "path": "/plans/1/connections", "value": 24}])
        self.assertIn("2 of 2 right gateways pass", self.deviations().stdout)
        self.deviation("right", conforms=True, edits=CAP)
        done = self.deviations(code=1)
        self.assertRegex(done.stdout, r"(?m)^✗ right +t\n    fails .*H-STK-6")
        self.assertRegex(done.stdout, r"(?m)^    fail  helodata/sticky/over-thirty-rejected: H-STK-6")

    def test_json_and_out(self):
        matrix = json.loads(self.deviations("--json", "--seed", "7", "--out", "results").stdout)
        self.assertTrue(matrix["proved"] and matrix["complete"] and matrix["whole"])
        self.assertEqual(matrix["seed"], 7)
        self.assertEqual(matrix["counts"], {"scenarios": 3, "deviations": 1, "killed": 1, "killed_by_others": 0, "survived": 0})
        (row,) = matrix["deviations"]
        self.assertEqual((row["id"], row["requirement"], row["outcome"], row["verdict"]), ("cap", "H-STK-6", "killed", "fail"))
        self.assertEqual(row["kills"][0]["scenario"], "helodata/sticky/over-thirty-rejected")
        self.assertIn("expectation", row["kills"][0]["by"])
        self.assertEqual(matrix["idle_scenarios"], ["crawlera/session/same-ip", "helodata/sticky/alive-at-29-59"])
        self.assertEqual(os.listdir(self.folder / "results"), ["deviations.json"])
        written = (self.folder / "results" / "deviations.json").read_text()
        self.assertEqual(json.loads(written), matrix)
        for jobs in ["1", "3"]:
            self.deviations("--seed", "7", "--out", f"jobs-{jobs}", "--jobs", jobs)
            self.assertEqual((self.folder / f"jobs-{jobs}" / "deviations.json").read_text(), written, "the same bytes")

    def test_filter(self):
        self.deviation("other", dialect="crawlera", requirement="C-SES-1", edits=[{"op": "replace", "path": "/session/key", "value": ["account"]}])
        self.deviation("clamps", conforms=True, readings={"over_cap": "clamp"}, edits=[{"op": "replace", "path": "/session/window/over_cap", "value": "clamp"}])
        matrix = json.loads(self.deviations("--filter", "H-STK-*", "--json").stdout)
        self.assertEqual([row["id"] for row in matrix["deviations"]], ["cap"])
        self.assertEqual([row["id"] for row in matrix["references"]], ["helodata"])
        self.assertEqual(matrix["conforming"], [])
        self.assertFalse(matrix["whole"])
        self.assertNotIn("idle_scenarios", matrix)
        self.deviation("clamped", requirement="H-STK-6", readings={"over_cap": "clamp"}, edits=CAP)
        matrix = json.loads(self.deviations("--filter", "clamped", "--json", code=1).stdout)
        self.assertEqual([row["id"] for row in matrix["conforming"]], ["clamps"], "stands for the gateway under those readings")

    def test_refusals(self):
        self.refused("--filter", "H-STK-66", says='--filter "H-STK-66" matches nothing; did you mean H-STK-6?')
        self.refused("--target", "lba", says='--target: found "lba", expected sim or lab')
        self.refused("--jobs", "0", says="--jobs: found")
        (self.folder / "file").write_text("mine")
        self.refused("--out", "file", says="which is no folder")
        path = self.deviation("broken", requirement="H-STK-66", edits=CAP)
        self.refused(says=f"{path}: at /requirement: found \"H-STK-66\"")
        shutil.rmtree(self.root / "scenarios" / "deviations")
        self.refused(says="deviations: found no files")

    def test_interrupted(self):
        for number in range(GATEWAYS_TO_INTERRUPT):
            self.deviation(f"cap-{number}", requirement="H-STK-6", edits=CAP)
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "deviations", "--json", "--jobs", "1"],
            env={**os.environ, "PINPROOF_ROOT": str(self.root)}, stdout=subprocess.PIPE, stderr=follower, text=True,
        )
        os.close(follower)
        shown = b""
        while b" left" not in shown:
            shown += os.read(leader, 1000)
        process.send_signal(signal.SIGINT)
        drain = threading.Thread(target=self.read_all, args=(leader,))
        drain.start()
        out, _ = process.communicate(timeout=TIMEOUT)
        drain.join()
        os.close(leader)
        self.assertEqual(process.returncode, 3)
        matrix = json.loads(out)
        self.assertFalse(matrix["complete"])
        self.assertFalse(matrix["proved"])
        self.assertLess(len(matrix["deviations"]), GATEWAYS_TO_INTERRUPT)
        self.assertNotIn("idle_scenarios", matrix)

    @staticmethod
    def read_all(descriptor):
        try:
            while os.read(descriptor, 65536):
                pass
        except OSError:  # how a terminal says that its other end is gone
            pass


if __name__ == "__main__":
    unittest.main()
