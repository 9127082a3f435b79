#!/usr/bin/env python3
"""The pinproof program from outside: what each subcommand prints where, and the exit code it gives. `run` and `replay` are in
cli_run_test.py, deviations in cli_deviations_test.py.

    cli_test.py PROGRAM
"""
import json
import os
import re
import subprocess
import unittest

from cli_testing import PROGRAM, ROOT, TIMEOUT, VERDICT_WORDS, CliTest

SUBCOMMANDS = ["run", "list", "explain", "validate", "judge", "replay", "deviations", "explore", "lab", "check-determinism"]


class HelpTest(CliTest):
    def test_version(self):
        self.assertRegex(self.run_program("--version").stdout, r"\Apinproof \d+\.\d+\.\d+\n\Z")

    def test_help_everywhere(self):
        text = self.run_program("--help").stdout
        for subcommand in SUBCOMMANDS:
            self.assertIn(subcommand, text)
            done = self.run_program(subcommand, "--help")
            self.assertIn("Examples:", done.stdout)
            self.assertEqual(done.stderr, "")
        for absent in ["simulate"]:
            self.assertNotRegex(text, rf"(?m)^  {absent}\b", "offers what does not exist")

    def test_usage_errors(self):
        self.assert_refused(says="a subcommand is missing")
        self.assert_refused("rnu", says="did you mean run?")
        self.assert_refused("run", "--bogus", says="unknown option --bogus")
        self.assert_refused("run", "--seed", "abc", says='--seed: found "abc", expected an integer')
        self.assert_refused("run", "--jobs", "0", says='--jobs: found "0", expected an integer from 1')
        self.assert_refused("run", "--target", "lba", says="did you mean lab?")
        self.assert_refused("run", "--target", "haproxi", says="did you mean haproxy?")
        self.assert_refused("run", "--target", "lab-helodata", "--deviate", "helodata-cap-of-31", says="are for the reference gateway")
        self.assert_refused("explain", says="id is required")

    def test_hostile_arguments_are_escaped(self):
        self.assert_refused("explain", "\x1b[31mred", says="\\x1b[31mred")


class DataTest(CliTest):
    def test_missing_data(self):
        done = self.run_program("list", "requirements", code=3, env={"PINPROOF_ROOT": str(self.folder)})
        self.assertIn("PINPROOF_ROOT", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_runs_from_anywhere(self):
        environment = {name: value for name, value in os.environ.items() if name != "PINPROOF_ROOT"}
        done = subprocess.run(
            [PROGRAM, "explain", "H-STK-6"], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)


class ListTest(CliTest):
    def test_requirements(self):
        text = self.run_program("list", "requirements").stdout
        listed = json.loads(self.run_program("list", "requirements", "--json").stdout)
        self.assertGreaterEqual(len(listed), 74)
        by_id = {requirement["id"]: requirement for requirement in listed}
        self.assertEqual(by_id["H-STK-6"]["level"], "must")
        self.assertEqual(by_id["H-STK-6"]["promised"]["window_cap"], "30m")
        self.assertEqual(by_id["H-EXT-1"]["set"], "extended")
        for requirement in listed:
            self.assertRegex(text, rf"(?m)^{requirement['id']} ")
        cap = by_id["H-STK-6"]
        self.assertIn("helodata/sticky/over-thirty-rejected", cap["scenarios"])
        self.assertEqual(cap["properties"], 1)
        self.assertIn("helodata-cap-of-31", cap["deviations"])
        counts = rf"{len(cap['scenarios'])} +1 +{len(cap['deviations'])}"
        self.assertRegex(text, rf"(?m)^H-STK-6 +must +core +{counts}  no residential pin beyond 30 minutes$")

    def test_scenarios(self):
        listed = json.loads(self.run_program("list", "scenarios", "--json").stdout)
        for dialect in ["helodata", "crawlera"]:
            self.assertGreaterEqual(sum(scenario["dialect"] == dialect for scenario in listed), 25)
        text = self.run_program("list", "scenarios").stdout
        self.assertEqual(len(text.splitlines()), len(listed))
        for scenario in listed:
            self.assertTrue(scenario["requirements"], scenario["id"])


    def test_deviations(self):
        listed = {deviation["id"]: deviation for deviation in json.loads(self.run_program("list", "deviations", "--json").stdout)}
        text = self.run_program("list", "deviations").stdout
        self.assertEqual([line.split()[0] for line in text.splitlines()], list(listed))
        cap = listed["helodata-cap-of-31"]
        self.assertEqual(cap["requirement"], "H-STK-6")
        self.assertFalse(cap["conforms"])
        self.assertEqual(cap["file"], "scenarios/deviations/helodata-cap-of-31.json")
        self.assertIn({"op": "replace", "path": "/session/window/minutes_cap", "value": 31}, cap["edits"])
        self.assertRegex(text, r"(?m)^helodata-cap-of-31 +H-STK-6 +The residential cap is 31 minutes$")
        self.assertTrue(any(deviation["conforms"] for deviation in listed.values()))


class ExplainTest(CliTest):
    def test_requirement(self):
        text = self.run_program("explain", "H-STK-6").stdout
        for wanted in ["H-STK-6", "must, core set, helodata", "helodata-sessions", "window_cap = 30m", "over_cap = reject by default", "clamp:"]:
            self.assertIn(wanted, text)
        self.assertRegex(text, r"scenarios  helodata/")
        self.assertRegex(text, r"(deviations|          ) helodata-cap-of-31\n")
        self.assertIn("property   watched in every history", text)
        self.assertIn("property   none", self.run_program("explain", "G-2").stdout)

    def test_deviation(self):
        text = self.run_program("explain", "helodata-cap-of-31").stdout
        for wanted in [
            "The residential cap is 31 minutes", "breaks     H-STK-6, no residential pin", '{"op":"replace","path":"/session/window/minutes_cap","value":31}',
            "scenarios/rules/helodata.json", "scenarios/deviations/helodata-cap-of-31.json", "pinproof run --deviate helodata-cap-of-31\n",
        ]:
            self.assertIn(wanted, text)
        self.assert_refused("explain", "helodata-cap-of-3l", says="did you mean helodata-cap-of-31")

    def test_reading_and_verdict_words(self):
        self.assertIn("reject (default)", self.run_program("explain", "over_cap").stdout)
        for word in VERDICT_WORDS:
            self.assertTrue(self.run_program("explain", word).stdout.startswith(word + "  "))

    def test_every_scenario(self):
        scenarios = json.loads(self.run_program("list", "scenarios", "--json").stdout)
        told = self.run_program("explain", *(scenario["id"] for scenario in scenarios)).stdout
        texts = re.split(r"\n\n(?=(?:helodata|crawlera)/)", told)
        self.assertEqual(len(texts), len(scenarios))
        for scenario, text in zip(scenarios, texts):
            self.assertTrue(text.startswith(scenario["id"] + "  "), text)
            self.assertIn("  1. ", text)
            self.assertIn(scenario["requirements"][0], text)
            self.assertIn(scenario["file"], text)
            if scenario["dialect"] == "crawlera":
                self.assertNotIn(" as res ", text, "sessions are issued there, not named by the user")

    def test_several(self):
        text = self.run_program("explain", "over_cap", "inconclusive", "H-STK-6").stdout
        self.assertEqual(text, "\n".join(self.run_program("explain", one).stdout for one in ["over_cap", "inconclusive", "H-STK-6"]))
        self.assert_refused("explain", "H-STK-6", "H-STK-99", says='nothing is called "H-STK-99"')

    def test_unknown(self):
        self.assert_refused("explain", "H-STK-66", says="did you mean H-STK-6")
        self.assert_refused("explain", "inconclusiv", says="did you mean inconclusive?")


class ValidateTest(CliTest):
    def test_what_ships(self):
        scenarios = sorted(str(path) for dialect in ["helodata", "crawlera"] for path in (ROOT / "scenarios" / dialect).rglob("*.json"))
        rules = sorted(str(path) for path in (ROOT / "scenarios" / "rules").glob("*.json"))
        lines = self.run_program("validate", *scenarios, *rules).stdout.splitlines()
        self.assertEqual(lines, [f"{path}: scenario, OK" for path in scenarios] + [f"{path}: rules, OK" for path in rules])

    def test_readings(self):
        good = self.write("good.json", '{"over_cap": "clamp"}')
        self.assertEqual(self.run_program("validate", good).stdout, f"{good}: readings, OK\n")
        bad = self.write("bad.json", '{"over_cap": "clmap"}')
        self.assert_refused("validate", bad, says=f'{bad}: at /over_cap: found "clmap"')

    def test_deviations(self):
        files = sorted(str(path) for path in (ROOT / "scenarios" / "deviations").glob("*.json"))
        self.assertGreaterEqual(len(files), 60)
        lines = self.run_program("validate", *files).stdout.splitlines()
        self.assertEqual(lines, [f"{path}: deviation, OK" for path in files])
        text = (ROOT / "scenarios" / "deviations" / "helodata-cap-of-31.json").read_text()
        self.assert_refused("validate", self.write("other.json", text), says='other.json: at /id: found "helodata-cap-of-31", expected "other"')
        bad = self.write("helodata-cap-of-31.json", text.replace('"value": 31', '"value": "31"'))
        self.assert_refused("validate", bad, says='helodata-cap-of-31.json: at /edits/')

    def test_bad_files(self):
        cases = {
            "malformed.json": ('{"scenario": 1,', "malformed.json: at "),
            "empty.json": ("", "empty.json: "),
            "binary.json": (bytes(range(256)), "binary.json: at 1:1: "),
            "array.json": ("[1]", "array.json: found an array"),
            "stranger.json": ('{"colour": "red"}', 'found the key "colour" first'),
            "nothing.json": ("{}", "found an object with no keys"),
            "scenario.json": ('{"scenario": 1, "id": 7}', "scenario.json: "),
            "rules.json": ('{"rules": 1, "colour": "red"}', "rules.json: at /colour: "),
            "result.json": ('{"format": 1}', "result.json: at /format: found 1, expected 2"),
            "history.jsonl": ('{"record": "header", "version": 99}\n', "history.jsonl:1: at /version: found 99"),
        }
        for name, (content, says) in cases.items():
            with self.subTest(name):
                self.assert_refused("validate", self.write(name, content), says=says)

    def test_not_files(self):
        self.assert_refused("validate", self.folder / "none.json", says="found nothing")
        self.assert_refused("validate", self.folder, says="found a folder")

    @unittest.skipIf(os.geteuid() == 0, "root can read everything")
    def test_unreadable(self):
        path = self.write("secret.json", "{}")
        path.chmod(0)
        self.assert_refused("validate", path, says="a file that can be read")

    def test_goes_on_after_a_bad_one(self):
        good = self.write("good.json", '{"over_cap": "clamp"}')
        done = self.run_program("validate", self.folder / "none.json", good, code=2)
        self.assertEqual(done.stdout, f"{good}: readings, OK\n")


class JudgeTest(CliTest):
    def test_no_history(self):
        self.assert_refused("judge", self.folder / "none.jsonl", says="none.jsonl")
        self.assert_refused("judge", self.folder, says="folder")
        self.assert_refused("judge", self.write("empty.jsonl", ""), says="empty.jsonl")

    def test_the_history_of_the_documentation(self):
        result = json.loads(self.run_program("judge", ROOT / "docs" / "example-history.jsonl", "--json", code=1).stdout)
        broken = [row for row in result["requirements"] if row["verdict"] == "fail"]
        self.assertEqual([row["id"] for row in broken], ["H-STK-1"])
        self.assertEqual(broken[0]["evidence"][0]["observations"], [1, 2])

    HEADER = {
        "record": "header", "version": 1, "dialect": "helodata", "clock": "wall", "tolerance": 0, "readings": {}, "promised": {},
        "vocabulary": {"user_name": "helo_{account}-type-{type}-region-{region}[-session-{session}-sesstime-{minutes}]"},
        "capabilities": ["time"],
    }

    def seen(self, number, exit_address):
        return {
            "record": "observation", "id": number, "account": "one", "via": "plain", "method": "GET", "host": "shop.test", "path": "/",
            "user_name": "helo_{account}-type-res-region-us-session-a-sesstime-30", "sent_at": number * 1000000,
            "answered_at": number * 1000000, "ended_at": number * 1000000, "end": "complete", "status": 200,
            "exit_by_header": exit_address,
        }

    def log(self, *edited, header=None, observations=100, changes_at=None):
        """A log as a client of another program would keep it; the exit changes once, or never."""
        records = [self.HEADER if header is None else header]
        for number in range(1, observations + 1):
            changed = changes_at is not None and number >= changes_at
            records.append(self.seen(number, "10.0.0.2" if changed else "10.0.0.1"))
        records.extend(edited)
        return "".join(json.dumps(record) + "\n" for record in records)

    def verdicts_of(self, done):
        result = json.loads(done.stdout)
        return result, {row["id"]: row["verdict"] for row in result["requirements"]}

    def test_a_log_of_other_traffic(self):
        good, verdicts = self.verdicts_of(self.run_program("judge", "--json", self.write("good.jsonl", self.log())))
        self.assertEqual((good["complete"], verdicts["H-STK-1"]), (True, "pass"))
        bad = self.write("bad.jsonl", self.log(changes_at=50))
        result, verdicts = self.verdicts_of(self.run_program("judge", "--json", bad, code=1))
        self.assertEqual([name for name, verdict in verdicts.items() if verdict == "fail"], ["H-STK-1"])
        text = self.run_program("judge", bad, code=1).stdout
        self.assertEqual([line.split()[1] for line in text.splitlines() if line.strip().startswith("▶")], ["0:00:00.049", "0:00:00.050"])

    def test_what_stands_before_an_error_is_judged(self):
        cases = [
            (self.seen(7, "10.0.0.1"), "bad.jsonl:102: at /id: found 7, which a record above has"),
            ({**self.seen(101, "10.0.0.1"), "status": "200"}, 'bad.jsonl:102: at /status: found "200", expected an integer from 100 to 999'),
            ({**self.seen(101, "10.0.0.1"), "ended_at": 1}, "bad.jsonl:102: at /ended_at: found 1, expected no earlier than"),
            ({"record": "journal_complete", "at": -1}, "bad.jsonl:102: at /at: found -1"),
            (
                {"record": "upstream_saw", "exit": "10.0.0.1", "event": "answered", "token": "t", "at": 1},
                'bad.jsonl:102: at /event: found an answer to "t", which was not forwarded',
            ),
            (
                {"record": "origin_saw", "from": "10.0.0.1", "method": "GET", "token": "t", "at": 1},
                'bad.jsonl:102: at /token: found "t", which no observation has',
            ),
            (
                {"record": "expected", "expectation": {"requirement": "H-STK-77", "of": "a", "status": 200}, "at": 1},
                'bad.jsonl:102: at /expectation/requirement: found "H-STK-77"',
            ),
        ]
        for record, says in cases:
            with self.subTest(says):
                path = self.write("bad.jsonl", self.log(record, changes_at=50))
                done = self.run_program("judge", "--json", path, code=2)
                result, verdicts = self.verdicts_of(done)
                self.assertEqual((result["complete"], verdicts["H-STK-1"]), (False, "fail"))
                self.assertIn(says, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)
                text = self.run_program("judge", path, code=2).stdout
                self.assertIn("H-STK-1", text)
                self.assertIn("! incomplete", text)
                self.assert_refused("validate", path, says=says)

    def test_a_cut_line_is_tolerated_and_said(self):
        for changes_at, code, verdict in [(50, 1, "fail"), (None, 3, "pass")]:
            path = self.write("cut.jsonl", self.log(changes_at=changes_at)[:-30])
            done = self.run_program("judge", "--json", path, code=code)
            result, verdicts = self.verdicts_of(done)
            self.assertEqual((result["complete"], verdicts["H-STK-1"]), (False, verdict))
            self.assertIn("cut.jsonl: cut off in its last line", done.stderr)
            self.assertIn("99 records, cut off in its last line", self.run_program("validate", path).stdout)

    def test_a_header_that_says_what_nobody_knows(self):
        cases = [
            ({"version": 2}, "h.jsonl:1: at /version: found 2, expected version 1"),
            ({"requirements": ["H-STK-77"]}, 'h.jsonl:1: at /requirements/0: found "H-STK-77"'),
            ({"readings": {"over_cap": "honour"}}, 'h.jsonl:1: at /readings/over_cap: found "honour", expected one of "reject", "clamp"'),
            ({"readings": {"over_cup": "clamp"}}, 'h.jsonl:1: at /readings/over_cup: found unknown key "over_cup"'),
            ({"dialect": "other"}, 'h.jsonl:1: at /dialect: found "other", expected one of "helodata", "crawlera"'),
            ({"capabilities": ["tme"]}, 'h.jsonl:1: at /capabilities/0: found "tme"'),
        ]
        for edit, says in cases:
            with self.subTest(says):
                path = self.write("h.jsonl", self.log(header={**self.HEADER, **edit}))
                self.assert_refused("judge", path, says=says)
                self.assert_refused("validate", path, says=says)


class CheckDeterminismTest(CliTest):
    def test_repeats_itself(self):
        done = self.run_program("check-determinism", "--dialect", "crawlera", "--seed", "3")
        self.assertRegex(done.stdout, r"crawlera.*digest [0-9a-f]{16}")
        self.assertNotEqual(done.stdout, self.run_program("check-determinism", "--dialect", "crawlera", "--seed", "4").stdout)


if __name__ == "__main__":
    unittest.main()
