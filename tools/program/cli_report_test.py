#!/usr/bin/env python3
"""`pinproof report` and `run --report` from outside: what is written where, from what, and what is refused.   cli_report_test.py PROGRAM"""
import hashlib
import json
import os
import pty
import signal
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from cli_testing import PROGRAM, ROOT, TIMEOUT, CliTest

FORMATS = {
    "html": ".html", "markdown": ".md", "junit": ".xml", "ctrf": ".ctrf.json", "tap": ".tap", "json": ".json", "badge": ".svg", "shields": ".shields.json",
}
TODAY = {"SOURCE_DATE_EPOCH": "1795348200"}  # 2026-11-22T11:50:00Z
FEW = ("--filter", "helodata/sticky/*")
WRONG = (*FEW, "--deviate", "helodata-cap-of-31")
CAPPED = "helodata/sticky/over-thirty-rejected"


class ReportTest(CliTest):
    def out(self, name, *arguments, code=0, env=TODAY):
        self.run_program("run", *arguments, "--out", name, "--quiet", code=code, env=env)
        return json.loads((self.folder / name / "result.json").read_text())

    def check_format(self, name, text):
        if name in ("json", "ctrf", "shields"):
            json.loads(text)
        elif name in ("junit", "badge"):
            ElementTree.fromstring(text)
        elif name == "tap":
            self.assertTrue(text.startswith("TAP version 14\n"))
        elif name == "html":
            self.assertTrue(text.startswith("<!doctype html>"), text[:100])
        else:
            self.assertGreater(len(text), 100, name)

    def test_every_format_of_a_run_and_of_its_result_is_the_same(self):
        reports = [argument for name in FORMATS for argument in ("--report", f"{name}:run.{name}")]
        self.out("results", *WRONG, *reports, code=1)
        for name in FORMATS:
            done = self.run_program("report", "results/result.json", "--format", name)
            self.assertEqual(done.stderr, "")
            self.check_format(name, done.stdout)
            self.assertEqual(done.stdout, (self.folder / f"run.{name}").read_text(), name)
        self.assertEqual((self.folder / "run.json").read_text(), (self.folder / "results" / "result.json").read_text())

    def test_the_ending_says_the_format(self):
        self.run_program("run", *FEW, *(word for ending in FORMATS.values() for word in ("--report", f"report{ending}")))
        for name, ending in FORMATS.items():
            text = (self.folder / f"report{ending}").read_text()
            self.check_format(name, text)
            self.run_program("report", "report.json", "--out", f"again{ending}")
            if name != "html":  # with timelines in the run only
                self.assertEqual((self.folder / f"again{ending}").read_text(), text)
        left = {path.name for path in self.folder.iterdir()}
        self.assertEqual(left, {f"{stem}{ending}" for stem in ("report", "again") for ending in FORMATS.values()}, "nothing half-written")

    def test_equal_runs_have_equal_bytes_but_for_the_time_they_took(self):
        one = self.out("one", *WRONG, code=1)
        other = self.out("other", *WRONG, "--jobs", "1", code=1)
        self.assertEqual(one["volatile"].keys(), {"date", "wall_seconds"})
        self.assertEqual(one["volatile"]["date"], "2026-11-22T11:50:00Z")
        del one["volatile"]["wall_seconds"], other["volatile"]["wall_seconds"]
        self.assertEqual(json.dumps(one), json.dumps(other))

    def test_a_result_says_who_what_and_how_to_do_it_again(self):
        result = self.out("results", *WRONG, "--seed", "5", code=1)
        self.assertEqual(result["format"], 2)
        self.assertEqual(result["how_to_reproduce"], "pinproof run --filter 'helodata/sticky/*' --deviate helodata-cap-of-31 --seed 5")
        self.assertEqual(result["implementation"]["name"], "pinproof's reference gateway")
        self.assertEqual({(row["dialect"], row["set"], row["result"]) for row in result["profiles"]}, {("helodata", "core", "fail"), ("helodata", "extended", "partial")})
        self.assertIn({"dialect": "helodata", "name": "wire", "present": False}, result["capabilities"])
        row = next(row for row in result["requirements"] if row["id"] == "H-STK-6")
        self.assertEqual(row["evidence"][0]["replay"], f"pinproof replay {row['evidence'][0]['scenario']} --seed 5 --deviate helodata-cap-of-31")
        for history in result["histories"]:
            content = (self.folder / "results" / history["file"]).read_bytes()
            self.assertEqual(hashlib.sha256(content).hexdigest(), history["sha256"])

    def test_a_date_that_is_none(self):
        self.assert_refused("run", *FEW, says='SOURCE_DATE_EPOCH: found "soon", expected a number of seconds since 1970', env={"SOURCE_DATE_EPOCH": "soon"})
        self.assert_refused("replay", CAPPED, says='SOURCE_DATE_EPOCH: found "soon"', env={"SOURCE_DATE_EPOCH": "soon"})

    def test_histories_that_are_gone_or_changed_are_said_and_the_report_goes_on(self):
        self.out("results", *FEW)
        histories = sorted((self.folder / "results" / "histories").iterdir())
        histories[0].unlink()
        histories[1].write_text(histories[1].read_text().replace("127.20.", "127.21."))
        done = self.run_program("report", "results/result.json", "--out", "report.html")
        self.assertEqual(
            done.stderr.splitlines(),
            [
                f"pinproof: a history cannot be found, and is shown without a timeline: histories/{histories[0].name}",
                f"pinproof: a history changed since it was judged (SHA-256), and is shown without a timeline: histories/{histories[1].name}",
            ],
        )
        self.check_format("html", (self.folder / "report.html").read_text())
        self.assertEqual(self.run_program("report", "results/result.json").stderr, "", "nobody asked for them")

    def test_a_history_that_cannot_be_read_to_its_end_is_said_and_shown_up_to_there(self):
        result = self.out("results", *WRONG, code=1)
        history = next(history for history in result["histories"] if history["scenario"] == CAPPED)
        path = self.folder / "results" / history["file"]
        lines = path.read_bytes().splitlines(keepends=True)
        for content in (b"".join(lines[:-1]) + b"{}\n", b"".join(lines)[:-5]):
            path.write_bytes(content)
            history["sha256"] = hashlib.sha256(content).hexdigest()
            self.write("results/result.json", json.dumps(result))
            done = self.run_program("report", "results/result.json", "--out", "report.html")
            self.assertEqual(
                done.stderr,
                f"pinproof: a history cannot be read to the end (pinproof validate tells why), and is shown up to there: {history['file']}\n",
            )
            self.check_format("html", (self.folder / "report.html").read_text())

    def test_names_of_histories_lead_nowhere_else(self):
        result = self.out("results", *FEW)
        outside = self.write("outside.jsonl", (self.folder / "results" / result["histories"][0]["file"]).read_bytes())
        for name in ("../outside.jsonl", str(outside)):
            result["histories"] = [{**result["histories"][0], "file": name}]
            self.write("results/result.json", json.dumps(result))
            done = self.run_program("report", "results/result.json", "--format", "html")
            self.assertIn("a history cannot be found", done.stderr)

    def test_compare(self):
        self.out("old", *FEW)
        self.out("new", *WRONG, code=1)
        text = self.run_program("report", "new/result.json", "--compare", "old/result.json").stdout
        self.assertIn("H-STK-6", text)
        self.assertIn(CAPPED, text)
        page = self.run_program("report", "new/result.json", "--compare", "old/result.json", "--format", "html").stdout
        self.assertIn(CAPPED, page)
        self.assertNotEqual(page, self.run_program("report", "new/result.json", "--format", "html").stdout)

    def test_a_deviation_matrix_is_shown_beside_results_or_alone(self):
        self.out("results", *FEW)
        matrix = self.run_program("deviations", "--filter", "H-STK-6", "--json").stdout
        self.write("deviations.json", matrix)
        self.assertEqual(self.run_program("validate", "deviations.json").stdout, "deviations.json: deviation matrix, OK\n")
        page = self.run_program("report", "results/result.json", "deviations.json", "--format", "html").stdout
        self.assertIn("helodata-cap-of-31", page)
        alone = self.run_program("report", "deviations.json", "--format", "html").stdout
        self.assertIn("helodata-cap-of-31", alone)
        self.assert_refused("report", "deviations.json", "--format", "junit", says="junit shows results, and there is only a deviation matrix")
        self.assert_refused("report", "deviations.json", "deviations.json", "--format", "html", says="found a second deviation matrix")

    def test_inputs_that_are_no_good(self):
        self.out("results", *FEW)
        self.assert_refused("report", says="results is required")
        self.assert_refused("report", "none.json", says="none.json: found nothing that can be read, expected a result")
        self.assert_refused("report", self.folder, says="found a folder, expected a result")
        self.assert_refused("report", self.write("text", "not JSON"), says="found text that is not JSON")
        result = json.loads((self.folder / "results" / "result.json").read_text())
        self.assert_refused("report", self.write("old.json", json.dumps({**result, "format": 1})), says="old.json: at /format: found 1, expected 2")
        self.assert_refused("report", self.write("bad.json", json.dumps({**result, "seed": -1})), says="bad.json: at /seed: found -1")
        self.assert_refused("report", "results/result.json", "--compare", "none.json", says="none.json: found nothing")
        self.assert_refused("report", "results/result.json", "results/result.json", "--compare", "results/result.json", says="--compare is for one result")
        self.assert_refused("report", "results/result.json", "results/result.json", "--format", "json", says="json shows one result, and there are more")
        self.assert_refused("report", "results/result.json", "--format", "pdf", says='--format: found "pdf"')
        self.assert_refused("report", "results/result.json", "--out", "report.pdf", says="--out: found report.pdf, whose ending says no format")
        self.assert_refused("report", "results/result.json", "--out", "none/report.md", says="--out: found no folder none")
        self.assertEqual({path.name for path in self.folder.iterdir()} & {"report.pdf", "none"}, set())

    def test_where_a_report_cannot_go_is_known_before_anything_is_played(self):
        self.assert_refused("run", *FEW, "--report", "report.pdf", says='--report: found "report.pdf", expected a file whose ending says its format')
        self.assert_refused("run", *FEW, "--report", "none/report.xml", says="--report: found no folder none to write to")
        self.assert_refused("run", *FEW, "--report", "junit:.", says="expected a file")
        self.run_program("run", *FEW, "--report", "markdown:/dev/full", "--report", "after.xml", code=3)
        self.check_format("junit", (self.folder / "after.xml").read_text())
        self.run_program("run", *WRONG, "--report", "markdown:/dev/full", code=1)

    def test_no_output_replaces_another_or_an_input(self):
        self.write("rules.json", (ROOT / "scenarios" / "rules" / "helodata.json").read_bytes())
        (self.folder / "here").symlink_to(".")
        cases = [
            (("--out", "o1", "--report", "tap:o1/result.json"), "--report: found o1/result.json, which is the result of --out"),
            (("--out", "o1", "--report", "tap:./none/../o1//result.json"), "which is the result of --out"),
            (("--report", "a.xml", "--report", "tap:./a.xml"), "--report: found ./a.xml, which is another report"),
            (("--report", "a.xml", "--report", "tap:here/a.xml"), "--report: found here/a.xml, which is another report"),
            (("--write-ledger", "l.json", "--report", "json:l.json"), "--report: found l.json, which is what --write-ledger writes"),
            (("--write-ledger", "o1/result.json", "--out", "o1"), "--write-ledger: found no folder o1"),
            (("--out", "o1", "--report", "o1/histories/a.xml"), "--report: found no folder o1/histories"),
            (("--out", "o1", "--report", "junit:o1"), "--report: found o1, which is the folder of --out"),
            (("--rules", "rules.json", "--report", "json:here/rules.json"), "--report: found here/rules.json, which is the rules of --rules"),
        ]
        for arguments, says in cases:
            self.assert_refused("run", *FEW, *arguments, says=says)
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"rules.json", "here"}, "nothing was made")
        self.out("o1", *FEW)
        again = [
            (("--report", "o1/histories/a.xml"), "--report: found o1/histories/a.xml, which is in the folder of histories of --out"),
            (("--write-ledger", "here/o1/result.json"), "--write-ledger: found here/o1/result.json, which is the result of --out"),
        ]
        for arguments, says in again:
            self.assert_refused("run", *FEW, "--out", "o1", *arguments, says=says)
        self.run_program("run", *FEW, "--report", "tap:/dev/null", "--report", "junit:/dev/null")
        before = (self.folder / "o1" / "result.json").read_bytes()
        history = next((self.folder / "o1" / "histories").iterdir()).name
        for arguments, says in [
            (("--out", "o1/result.json"), "--out: found o1/result.json, which is what the report is made of"),
            (("--out", "here/o1/result.json"), "which is what the report is made of"),
            (("--format", "html", "--out", f"o1/histories/{history}"), "which is a history of the result"),
        ]:
            self.assert_refused("report", "o1/result.json", *arguments, says=says)
        self.write("old.json", before)
        self.assert_refused("report", "o1/result.json", "--compare", "old.json", "--format", "html", "--out", "old.json", says="which is the result of --compare")
        self.assertEqual((self.folder / "o1" / "result.json").read_bytes(), before)

    def test_what_a_format_would_not_show_is_refused(self):
        self.out("results", *FEW)
        result = "results/result.json"
        for name in FORMATS:
            if name not in ("html", "markdown"):
                self.assert_refused("report", result, "--compare", result, "--format", name, says=f"--compare: {name} shows no comparison")
            if name != "markdown":
                self.assert_refused("report", result, "--short", "--format", name, says=f"--short is for markdown: {name} has no short form")
        for name in ("html", "markdown"):
            self.run_program("report", result, "--compare", result, "--format", name)
        self.run_program("report", result, "--short")

    def test_a_report_that_cannot_be_written(self):
        self.out("results", *FEW)
        self.assert_refused("report", "results/result.json", "--format", "html", "--out", "/dev/full", says="/dev/full cannot be written", code=3)
        self.assertIn("3 where the report cannot be written", self.run_program("report", "--help").stdout)

    def test_numbers_that_nobody_measured(self):
        result = self.out("results", *FEW)
        for seconds in (1e300, -5, 31_622_401):
            bad = {**result, "volatile": {**result["volatile"], "wall_seconds": seconds}}
            self.write("bad.json", json.dumps(bad))
            for name in ("ctrf", "junit"):
                self.assert_refused("report", "bad.json", "--format", name, says="bad.json: at /volatile/wall_seconds: found ")
            self.run_program("validate", "bad.json", code=2)
        self.write("bad.json", json.dumps(result).replace('"seed": 1', '"seed": 1e999', 1))
        self.assert_refused("report", "bad.json", says="bad.json: found a number that is too large for any")

    def test_a_report_may_go_into_the_folder_that_out_makes(self):
        self.out("new/", *FEW, "--report", "./new/report.md")
        self.check_format("markdown", (self.folder / "new" / "report.md").read_text())
        self.assert_refused("run", *FEW, "--out", "newer", "--report", "newer/deep/report.md", says="found no folder newer/deep")
        self.assertFalse((self.folder / "newer").exists())

    def test_a_run_that_failed_leaves_its_reports(self):
        scenario = {
            "scenario": 1, "id": "helodata/failed/a", "title": "A precondition that cannot be met", "dialect": "helodata", "requirements": ["H-STK-1"],
            "steps": [{"request": "a", "user": {"type": "res", "region": "us"}, "expect": [{"status": 418}]}],
        }
        self.run_program("run", self.write("failed.json", json.dumps(scenario)), "--report", "report.xml", "--report", "report.html", code=3)
        in_error = [case.get("name") for case in ElementTree.parse(self.folder / "report.xml").getroot().iter("testcase") if case.find("error") is not None]
        self.assertIn("a", in_error)
        self.check_format("html", (self.folder / "report.html").read_text())

    def test_what_is_refused_leaves_nothing(self):
        self.assert_refused("run", "--filter", "H-STK-66", "--out", "results", "--report", "report.html", says="matches nothing")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_short_markdown(self):
        self.run_program("run", "--json", "--report", "full.json")
        short = self.run_program("report", "full.json", "--short").stdout
        self.assertLess(len(short.encode()), 64_000)
        self.assertLess(len(short), len(self.run_program("report", "full.json").stdout))

    def test_an_interrupted_run_leaves_its_reports(self):
        many = self.folder / "many"
        many.mkdir()
        source = json.loads((ROOT / "scenarios" / f"{CAPPED}.json").read_text())
        for number in range(3000):
            (many / f"{number}.json").write_text(json.dumps({**source, "id": f"helodata/interrupted/number-{number}"}))
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "run", "many", "--jobs", "1", "--report", "report.xml", "--report", "report.json"], cwd=self.folder,
            env={**os.environ, "PINPROOF_ROOT": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=follower,
        )
        os.close(follower)
        shown = b""
        while b" left" not in shown:
            shown += os.read(leader, 1000)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(TIMEOUT), 3)
        os.close(leader)
        self.assertFalse(json.loads((self.folder / "report.json").read_text())["complete"])
        self.check_format("junit", (self.folder / "report.xml").read_text())


class LedgerWithEndTest(CliTest):
    def test_an_entry_excuses_until_its_last_day(self):
        self.run_program("run", *WRONG, "--write-ledger", "ledger.json", code=1)
        ledger = json.loads((self.folder / "ledger.json").read_text())
        for entry in [*ledger["scenarios"].values(), *ledger["requirements"].values()]:
            entry["until"] = "2026-11-22"
        self.write("ledger.json", json.dumps(ledger))
        self.assertIn(": ledger, OK\n", self.run_program("validate", "ledger.json").stdout)
        expect = ("run", *WRONG, "--expect", "ledger.json")
        done = self.run_program(*expect, env=TODAY)
        self.assertIn(f"{CAPPED} fail (until 2026-11-22)", " ".join(done.stdout.split()))
        tomorrow = {"SOURCE_DATE_EPOCH": str(int(TODAY["SOURCE_DATE_EPOCH"]) + 86_400)}
        done = self.run_program(*expect, "--report", "report.md", code=1, env=tomorrow)
        self.assertIn("its entry ran out: 2026-11-22 was the last day", done.stdout)
        self.assertIn("2026-11-22", (self.folder / "report.md").read_text())


if __name__ == "__main__":
    unittest.main()
