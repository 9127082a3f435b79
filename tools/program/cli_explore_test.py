#!/usr/bin/env python3
"""`pinproof explore` from outside: what it finds, leaves behind and exits with, and that the scenario it hands back is one.

    cli_explore_test.py PROGRAM
"""
import json
import unittest

from cli_testing import CliTest

SILENT = ["--deviate", "helodata-repin-silent", "--requirement", "H-PIN-2"]


class ExploreTest(CliTest):
    def explore(self, *arguments, code=0):
        return self.run_program("explore", *arguments, code=code)

    def dialects(self, *arguments, code=0):
        return json.loads(self.explore("--json", *arguments, code=code).stdout)["dialects"]

    def test_the_reference_breaks_nothing(self):
        done = self.explore("--cases", 300, "--seed", 5)
        self.assertEqual(
            done.stderr,
            "pinproof: seed 5, 300 cases a dialect of up to 50 commands, shard 1/1, target sim (crawlera, helodata)\n",
        )
        self.assertNotIn("\x1b", done.stdout)
        self.assertRegex(done.stdout, r"\nNo promise was broken in 600 cases, \d+\.\d s \(\d+ cases a second\)\n\Z")

    def test_a_counterexample_is_a_scenario(self):
        self.explore(*SILENT, "--out", "found", code=1)
        (file,) = (self.folder / "found" / "helodata" / "explore").iterdir()
        scenario = json.loads(file.read_text())
        self.assertEqual(scenario["id"], f"helodata/explore/{file.stem}")
        self.assertEqual(scenario["requirements"], ["H-PIN-2"])
        self.assertEqual(
            scenario["steps"][:2] + [scenario["steps"][2]["request"]],
            [{"request": "r1", "user": "u1"}, {"drop": {"served": "r1"}}, "r2"],
        )
        self.run_program("validate", file)
        for target in ["sim", "lab"]:
            replay = ["replay", file, "--target", target, "--json"]
            wrong = json.loads(self.run_program(*replay, "--deviate", "helodata-repin-silent", code=1).stdout)
            self.assertEqual([one["verdict"] for one in wrong["scenarios"]], ["fail"])
            right = json.loads(self.run_program(*replay).stdout)
            self.assertEqual([one["verdict"] for one in right["scenarios"]], ["pass"])

    def test_the_same_seed_gives_the_same_bytes(self):
        arguments = ["--deviate", "crawlera-lost-ip-kept", "--cases", 400, "--keep-going", "--json"]
        first = self.explore(*arguments, "--out", "one", "--jobs", 1, code=1)
        second = self.explore(*arguments, "--out", "two", "--jobs", 3, code=1)
        self.assertEqual(first.stdout, second.stdout)
        files = sorted(path.relative_to(self.folder / "one") for path in (self.folder / "one").rglob("*.json"))
        self.assertGreater(len(files), 1)
        for file in files:
            self.assertEqual((self.folder / "one" / file).read_bytes(), (self.folder / "two" / file).read_bytes(), file)

    def test_shards_share_the_cases(self):
        (whole,) = self.dialects("--dialect", "crawlera", "--cases", 301)
        parts = [self.dialects("--dialect", "crawlera", "--cases", 301, "--shard", f"{i}/3")[0] for i in (1, 2, 3)]
        for count in ["cases", "commands", "steps", "virtual_seconds"]:
            self.assertAlmostEqual(sum(part[count] for part in parts), whole[count], delta=3, msg=count)
        for requirement, cases in whole["coverage"]["requirements"].items():
            self.assertEqual(sum(part["coverage"]["requirements"].get(requirement, 0) for part in parts), cases)

    def test_caps_are_scaled_and_the_scenario_is_not(self):
        (found,) = self.dialects("--deviate", "crawlera-cap-of-5001", "--requirement", "C-SES-9", code=1)
        (counterexample,) = found["counterexamples"]
        self.assertTrue(counterexample["confirmed"])
        self.assertRegex(json.dumps(counterexample["scenario"]["steps"]), r'"count": (4995|4999|5000|5001)')

    def test_coverage_can_be_required(self):
        done = self.explore("--dialect", "helodata", "--cases", 2, "--require-coverage", code=1)
        self.assertIn("not reached", done.stdout)
        self.explore("--cases", 4000, "--seed", 5, "--require-coverage")

    def test_what_is_wrong_is_said(self):
        for shard in ["0/2", "3/2", "2", "a/b"]:
            self.assert_refused("explore", "--shard", shard, says="I/N, with I from 1 to N: 2/8")
        self.assert_refused("explore", "--for", "soon", says="a duration: 10m")
        self.assert_refused("explore", "--requirement", "H-PIN-99", says='--requirement "H-PIN-99"')
        self.assert_refused("explore", "--deviate", "no-such", says="no-such")


if __name__ == "__main__":
    unittest.main()
