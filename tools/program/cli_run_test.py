#!/usr/bin/env python3
"""`pinproof run` and `pinproof replay` from outside: what they print where, and the exit codes they give.

    cli_run_test.py PROGRAM
"""
import json
import os
import pty
import re
import signal
import subprocess
import threading
import unittest

from cli_testing import PROGRAM, ROOT, TIMEOUT, VERDICT_WORDS, CliTest

SCENARIOS_TO_INTERRUPT = 3000  # seconds of work


class RunTest(CliTest):
    def test_everything_passes(self):
        done = self.run_program("run")
        self.assertEqual(done.stderr, "", "talk where nobody watches")
        self.assertNotIn("\x1b", done.stdout)
        self.assertRegex(done.stdout, r"\n\S (pass|partial)  \d+ scenarios: \d+ pass")
        self.assertRegex(done.stdout, r"seed\s+1\s")

    def test_json_and_strict(self):
        done = self.run_program("run", "--json")
        result = json.loads(done.stdout)
        undecided = {"inconclusive", "not_testable", "not_exercised"}
        verdicts = {row["verdict"] for row in [*result["requirements"], *result["scenarios"]]}
        self.run_program("run", "--quiet", "--strict", code=4 if verdicts & undecided else 0)
        self.assertEqual(result["seed"], 1)
        self.assertEqual(result["target"]["kind"], "sim")
        self.assertEqual(sorted(result["statistics"]), sorted(VERDICT_WORDS))
        self.assertEqual(sum(result["statistics"].values()), len(result["scenarios"]))
        self.assertGreaterEqual(len(result["scenarios"]), 50)
        self.assertTrue(result["complete"])
        self.assertTrue((ROOT / result["scenarios"][0]["file"]).is_file())
        self.assertFalse(result["scenarios"][0]["file"].startswith("/"), "the same bytes wherever the tree lies")
        self.assertEqual([s["id"] for s in result["scenarios"] if s["verdict"] in ("fail", "setup_fail", "harness_error")], [])
        self.assertNotIn("fail", {requirement["verdict"] for requirement in result["requirements"]})
        self.assertEqual(self.write("result.json", done.stdout) and self.run_program("validate", "result.json").stdout, "result.json: result, OK\n")

    def test_same_seed_same_bytes_whatever_the_jobs(self):
        def without_volatile(*arguments):
            result = json.loads(self.run_program("run", "--json", "--seed", "9", *arguments).stdout)
            del result["volatile"]
            return result

        first = without_volatile("--jobs", "1")
        self.assertEqual(first, without_volatile("--jobs", "2"))
        self.assertEqual(first["seed"], 9)

    def test_dialect_and_filters(self):
        def ids(*arguments):
            return {scenario["id"]: scenario for scenario in json.loads(self.run_program("run", "--json", *arguments).stdout)["scenarios"]}

        crawlera = ids("--dialect", "crawlera")
        self.assertTrue(crawlera and all(name.startswith("crawlera/") for name in crawlera))
        pins = ids("--filter", "H-PIN-*")
        self.assertTrue(pins)
        for scenario in pins.values():
            self.assertTrue(any(requirement.startswith("H-PIN-") for requirement in scenario["requirements"]), scenario["id"])
        rest = ids("--skip", "H-PIN-*")
        self.assertFalse(pins.keys() & rest.keys())
        name = sorted(pins)[0]
        self.assertEqual(list(ids("--filter", name)), [name])
        self.assertEqual(len(ids(self.any_scenario())), 1)

    def test_a_filter_that_matches_nothing(self):
        self.assert_refused("run", "--filter", "H-STK-66", says='--filter "H-STK-66" matches nothing; did you mean H-STK-6')
        self.assert_refused("run", "--dialect", "crawlera", "--filter", "H-STK-6", says="matches nothing")
        self.assert_refused("run", "--skip", "*", says="nothing is left")

    def test_bad_inputs(self):
        self.assert_refused("run", self.folder / "none.json", says="none.json")
        self.assert_refused("run", self.write("empty.json", ""), says="empty.json")
        self.assert_refused("run", self.write("binary.json", bytes(range(256))), says="binary.json")
        self.assert_refused("run", self.write("malformed.json", '{"scenario": 1,'), says="malformed.json: at ")
        self.assert_refused("run", "--rules", self.folder / "none.json", says="none.json: found nothing")
        self.assert_refused("run", "--rules", self.folder, says="found a folder")
        self.assert_refused("run", "--readings", self.write("readings.json", '{"over_cap": "x"}'), says="readings.json: at /over_cap")
        rules = self.edited_rules(edit=lambda rules: rules.update(colour="red"))
        self.assert_refused("run", "--rules", rules, says="helodata-edited.json: at /colour")
        self.assert_refused("run", "--rules", self.edited_rules(), "--dialect", "crawlera", says="helodata")

    def test_rules_change_the_defendant_and_not_the_law(self):
        def raise_cap(rules):
            window = rules["session"]["window"]
            window["minutes_cap"] = 31

        done = self.run_program("run", "--rules", self.edited_rules(edit=raise_cap), code=1)
        self.assertIn("H-STK-6", done.stdout.splitlines()[0])
        self.assertIn("replay:", done.stdout)
        self.assertNotIn("crawlera/", done.stdout)

    def test_a_deviation_is_a_defendant(self):
        done = self.run_program("run", "--deviate", "helodata-cap-of-31", code=1)
        self.assertIn("H-STK-6", done.stdout.splitlines()[0])
        self.assertNotIn("crawlera/", done.stdout)
        found = re.search(r"replay: pinproof replay (\S+) --seed 1 --deviate helodata-cap-of-31\n", done.stdout)
        self.assertIsNotNone(found, done.stdout)
        replayed = self.run_program("replay", found[1], "--seed", "1", "--deviate", "helodata-cap-of-31", code=1)
        self.assertIn("H-STK-6", replayed.stdout)
        self.run_program("replay", found[1], "--seed", "1")
        result = json.loads(self.run_program("run", "--deviate", "helodata-cap-of-31", "--json", code=1).stdout)
        self.assertEqual(result["target"]["rules"], "helodata-cap-of-31")

    def test_a_deviation_is_judged_by_its_own_readings_unless_others_are_given(self):
        result = json.loads(self.run_program("run", "--deviate", "helodata-may-clamp", "--json").stdout)
        self.assertEqual([(row["name"], row["value"]) for row in result["readings"] if row["differs"]], [("over_cap", "clamp")])
        readings = self.write("readings.json", '{"over_cap": "reject"}')
        done = self.run_program("run", "--deviate", "helodata-may-clamp", "--readings", readings, code=1)
        self.assertIn("H-STK-6", done.stdout.splitlines()[0])
        self.assertRegex(done.stdout, r"--deviate helodata-may-clamp --readings \S+readings\.json\n")

    def test_deviations_that_cannot_be(self):
        self.assert_refused("run", "--deviate", "helodata-cap-of-3l", says="--deviate: no deviation is called \"helodata-cap-of-3l\"; did you mean helodata-cap-of-31")
        self.assert_refused("run", "--deviate", "../rules/helodata", says="no deviation is called")
        self.assert_refused("run", "--deviate", "helodata-cap-of-31", "--dialect", "crawlera", says='expected "crawlera", as --dialect says')
        for command in [("run",), ("replay", self.any_scenario())]:
            self.assert_refused(*command, "--deviate", "helodata-cap-of-31", "--rules", "a.json", says="--rules and --deviate exclude each other")

    def test_unedited_rules_pass(self):
        self.run_program("run", "--rules", ROOT / "scenarios" / "rules" / "crawlera.json")

    def test_out(self):
        out = self.folder / "results"
        self.run_program("run", "--dialect", "helodata", "--out", out)
        result = json.loads((out / "result.json").read_text())
        self.assertEqual(len(result["histories"]), len(result["scenarios"]))
        for history in result["histories"]:
            self.run_program("validate", out / history["file"])
        written = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
        self.assertEqual(written, sorted([*(history["file"] for history in result["histories"]), "result.json"]), "no half-written files")
        self.run_program("run", "--dialect", "helodata", "--out", out)
        judged = json.loads(self.run_program("judge", "--json", out / result["histories"][0]["file"]).stdout)
        self.assertEqual(judged["scenarios"][0]["verdict"], result["scenarios"][0]["verdict"])

    def test_out_in_the_way(self):
        self.assert_refused("run", "--out", self.write("file", "mine"), says="which is no folder")
        self.assertEqual((self.folder / "file").read_text(), "mine")

    def test_reader_goes_away(self):
        process = subprocess.Popen(
            [PROGRAM, "run", "--json"], env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        process.stdout.close()
        self.assertEqual(process.stderr.read(), "")
        process.stderr.close()
        self.assertEqual(process.wait(TIMEOUT), 0)

    def test_standard_output_that_fails(self):
        for redirection in [">&-", ">/dev/full"]:
            done = subprocess.run(
                ["sh", "-c", f'exec "$0" list requirements {redirection}', PROGRAM],
                env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, capture_output=True, text=True, timeout=TIMEOUT, check=False,
            )
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("cannot write to standard output", done.stderr)

    def test_colour_only_on_a_terminal(self):
        def on_terminal(**more):
            leader, follower = pty.openpty()
            process = subprocess.Popen(
                [PROGRAM, "explain", "pass"], stdout=follower, stderr=subprocess.DEVNULL,
                env={**os.environ, "TERM": "xterm", "PINPROOF_ROOT": str(ROOT), **more},
            )
            process.wait(TIMEOUT)
            os.close(follower)
            text = os.read(leader, 65536).decode()
            os.close(leader)
            return text

        self.assertIn("\x1b[1m", on_terminal())
        self.assertNotIn("\x1b", on_terminal(NO_COLOR="1"))

    def test_interrupted(self):
        # The progress line shows on a terminal once the first scenario is done: then the program is in the middle, and is asked to end.
        many = self.folder / "many"
        many.mkdir()
        source = json.loads(self.any_scenario().read_text())
        for number in range(SCENARIOS_TO_INTERRUPT):
            source["id"] = f"helodata/interrupted/number-{number}"
            (many / f"{number}.json").write_text(json.dumps(source))
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "run", many, "--json", "--jobs", "1"],
            env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.PIPE, stderr=follower, text=True,
        )
        os.close(follower)
        shown = b""
        while b" left" not in shown:
            shown += os.read(leader, 1000)
        self.assertIn(f"/{SCENARIOS_TO_INTERRUPT} ".encode(), shown)
        process.send_signal(signal.SIGINT)
        drain = threading.Thread(target=self.read_all, args=(leader,))
        drain.start()
        out, _ = process.communicate(timeout=TIMEOUT)
        drain.join()
        os.close(leader)
        self.assertEqual(process.returncode, 3)
        result = json.loads(out)
        self.assertFalse(result["complete"])
        self.assertNotEqual(result["result"], "pass")
        self.assertGreater(len(result["scenarios"]), 0)
        self.assertLess(len(result["scenarios"]), SCENARIOS_TO_INTERRUPT)

    @staticmethod
    def read_all(descriptor):
        try:
            while os.read(descriptor, 65536):
                pass
        except OSError:  # how a terminal says that its other end is gone
            pass


class ReplayTest(CliTest):
    def test_file_and_id_say_the_same(self):
        path = self.any_scenario()
        name = json.loads(path.read_text())["id"]
        by_file = json.loads(self.run_program("replay", path, "--json").stdout)
        by_id = json.loads(self.run_program("replay", name, "--json").stdout)
        self.assertEqual(by_file["scenarios"][0]["verdict"], "pass")
        self.assertEqual(by_file["scenarios"][0]["id"], by_id["scenarios"][0]["id"])

    def test_shows_every_exchange(self):
        text = self.run_program("replay", self.any_scenario()).stdout
        self.assertRegex(text, r"0:00:00\.000")

    def test_unknown(self):
        self.assert_refused("replay", "helodata/no/such", says="helodata/no/such")


if __name__ == "__main__":
    unittest.main()
