"""Reports, read by programs that were not written here: xmllint with the schema of the JUnit dialect, the reference implementation of CTRF with
its published schema, a TAP parser, GitHub's own Markdown. Of real runs, and of results in which every string is hostile.

    report_formats_test.py PINPROOF [unittest's arguments]
"""
import html.parser
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import yaml

sys.dont_write_bytecode = True
from gateways import node

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMA = ROOT / "scenarios" / "schema" / "junit.xsd"
TIMEOUT = 120

# Name, options of `pinproof run`, the exit code that they give.
RUNS = [
    ("all right", [], 0),
    ("both sets decide", ["--set", "extended", "--filter", "crawlera/headers/*"], 0),
    ("a broken promise", ["--deviate", "helodata-cap-of-31"], 1),
    ("many broken promises", ["--deviate", "helodata-key-is-the-id"], 1),
    ("issued sessions", ["--deviate", "crawlera-delay-a-session"], 1),
    ("only best effort", ["--deviate", "helodata-repins-without-a-loss", "--filter", "helodata/pin/no-repin-without-a-drop"], None),
    ("strict", ["--strict", "--filter", "helodata/pin/on-https"], None),
]

ATTACKS = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;&#60;",
    "CDATA": ']]><![CDATA[ <!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "a table": "a|b||c \\| \\\\| |\n|---|",
    "backticks": "` `` ``` ````text\n```\n~~~ `code`x`",
    "Markdown": "[x](javascript:alert(1)) ![y](https://evil.test/z) **b** _i_ ~~s~~\n# h\n> q\n- [ ] l\n---\n",
    "references": "@everyone #1 GH-1 !1 ~l %\"m\" https://evil.test www.evil.test me@evil.test",
    "controls": "\x00\x01\x07\x1b[31mred\x1b[0m\x7f\x9b\r\n\t",
    "directions": "\u202egnp.exe\u2066\u200b\ufeff\u2028",
    "TAP": "ok 1 # SKIP yes\nnot ok 2 # TODO\n1..9\nBail out!\n  ...\n  ---\n\\# TODO x \\",
    "JSON": '","status":"passed"}]} \\u0000 \\',
    "emptiness": "",
    "a flood": "A" * 10_000,
}
# What decides where a thing is shown keeps its words, or there would be little to see; the reader insists on most of them.
WORDS = {"verdict", "result", "set", "level", "dialect", "kind", "sha256", "date", "found", "expected", "file", "history"}


def poisoned(value, attack, key=""):
    if isinstance(value, dict):
        return {name: poisoned(member, attack, name) for name, member in value.items()}
    if isinstance(value, list):
        return [poisoned(one, attack, key) for one in value]
    if isinstance(value, str) and key not in WORDS:
        return attack + value if attack else ""
    return value


class MarkdownReader(html.parser.HTMLParser):
    """Which elements GitHub's Markdown makes of a report, and the text that is not code."""

    def __init__(self):
        super().__init__()
        self.elements = set()
        self.attributes = set()
        self.open = []
        self.words = []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.add(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if "code" not in self.open:
            self.words.append(data)


OUR_ELEMENTS = {"h2", "h3", "h4", "p", "br", "strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}


class ReportFormatsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def command(self, *command, code=0):
        environment = {**os.environ, "PINPROOF_ROOT": str(ROOT)}
        done = subprocess.run(
            [str(word) for word in command], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        if code is not None:
            self.assertEqual(done.returncode, code, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done

    def result_of_run(self, options, code):
        done = self.command(PINPROOF, "run", "--json", *options, code=code)
        return json.loads(done.stdout), done.returncode

    def render(self, *results):
        """Writes the results, and a report in every format; the paths by format."""
        files = []
        for number, result in enumerate(results):
            files.append(self.folder / f"result-{number}.json")
            files[-1].write_text(json.dumps(result))
        paths = {}
        for name in ["junit", "ctrf", "tap", "markdown", "badge", "shields"]:
            paths[name] = self.folder / f"report.{name}"
            self.command(PINPROOF, "report", *files, "--format", name, "--out", paths[name])
        return paths

    def check(self, paths):
        """Everything that holds of any report. Gives what JUnit counts."""
        self.command("xmllint", "--noout", "--nonet", "--schema", SCHEMA, paths["junit"])
        totals = self.junit_totals(paths["junit"])
        read = json.loads(self.command(node(), HERE / "read_reports.mjs", paths["ctrf"], paths["tap"]).stdout)
        self.check_ctrf(read["ctrf"], totals)
        self.check_tap(read["tap"], totals, paths["tap"])
        self.check_markdown(paths["markdown"])
        self.command("xmllint", "--noout", "--nonet", paths["badge"])
        self.assertEqual(list(json.loads(paths["shields"].read_text()))[:4], ["schemaVersion", "label", "message", "color"])
        return totals

    def junit_totals(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        counted = {"tests": len(list(root.iter("testcase")))}
        for attribute, element in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
            counted[attribute] = len(list(root.iter(element)))
        for name, count in counted.items():
            self.assertEqual(int(root.get(name)), count, name)
            self.assertEqual(sum(int(suite.get(name)) for suite in root), count, name)
        return counted

    def check_ctrf(self, ctrf, totals):
        self.assertEqual((ctrf["valid"], ctrf["errors"]), (True, []))
        summary = ctrf["summary"]
        self.assertEqual((summary["tests"], summary["failed"]), (totals["tests"], totals["failures"] + totals["errors"]))
        self.assertEqual(summary["skipped"] + summary["other"], totals["skipped"])

    def check_tap(self, tap, totals, path):
        self.assertEqual((tap["errors"], tap["strays"]), ([], []))
        self.assertEqual((tap["count"], tap["plan"]), (totals["tests"], totals["tests"]))
        self.assertEqual(sum(1 for point in tap["points"] if not point["ok"] and not point["todo"]), totals["failures"] + totals["errors"])
        self.assertEqual(tap["skip"] + tap["todo"], totals["skipped"])
        self.assertEqual(tap["ok"], totals["failures"] + totals["errors"] == 0)
        blocks = path.read_text().split("\n  ---\n")[1:]
        for block in blocks:
            read = yaml.safe_load(block[: block.index("\n  ...\n")])
            self.assertLessEqual({"verdict", "message"}, set(read))
            self.assertTrue(all(isinstance(line, str) for line in read.get("detail", [])))

    def check_markdown(self, path):
        self.assertLess(path.stat().st_size, 1_048_576)
        extensions = [word for name in ("table", "autolink", "strikethrough", "tasklist") for word in ("-e", name)]
        reader = MarkdownReader()
        reader.feed(self.command("cmark-gfm", "--unsafe", *extensions, path).stdout)
        reader.close()
        self.assertEqual(reader.open, [])
        self.assertLessEqual(reader.elements, OUR_ELEMENTS)
        self.assertLessEqual(reader.attributes, {"class", "align"})
        words = " ".join(reader.words)
        # What GitHub and GitLab make of text outside of code: mentions, references, addresses.
        self.assertNotRegex(words, r"@\w|#\d|!\d|GH-\d|://|www\.|~\w|%\"|\*|`")

    def test_real_runs(self):
        for name, options, expected in RUNS:
            with self.subTest(name):
                result, code = self.result_of_run(options, expected)
                totals = self.check(self.render(result))
                # CI that counts cases and CI that looks at the exit code say the same.
                self.assertEqual((totals["failures"] > 0, totals["errors"] > 0 and totals["failures"] == 0), (code == 1, code == 3))

    def test_several_runs_in_one_report(self):
        right, _ = self.result_of_run(["--dialect", "helodata"], 0)
        wrong, _ = self.result_of_run(["--deviate", "helodata-cap-of-31"], 1)
        paths = self.render(right, wrong, right)
        totals = self.check(paths)
        self.assertEqual(totals["failures"], 1)

    def test_a_ledger(self):
        self.command(PINPROOF, "run", "--deviate", "helodata-cap-of-31", "--write-ledger", self.folder / "ledger.json", code=None)
        known, _ = self.result_of_run(["--deviate", "helodata-cap-of-31", "--expect", self.folder / "ledger.json"], 0)
        totals = self.check(self.render(known))
        self.assertEqual((totals["failures"], totals["errors"]), (0, 0))
        stale, _ = self.result_of_run(["--dialect", "helodata", "--expect", self.folder / "ledger.json"], 1)
        self.assertGreater(self.check(self.render(stale))["failures"], 0)

    def test_hostile_results(self):
        self.command(PINPROOF, "run", "--deviate", "helodata-cap-of-31", "--write-ledger", self.folder / "ledger.json", code=None)
        broken, _ = self.result_of_run(["--deviate", "helodata-cap-of-31", "--filter", "helodata/sticky/*"], 1)
        differs, _ = self.result_of_run(["--filter", "helodata/*", "--expect", self.folder / "ledger.json"], 1)
        for number, (name, attack) in enumerate(ATTACKS.items()):
            with self.subTest(name):
                paths = self.render(poisoned([broken, differs][number % 2], attack))
                self.check(paths)
                for path in paths.values():
                    text = path.read_bytes().decode("utf-8")
                    self.assertNotIn("<script", text, path.name)
                    self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028]", path.name)

    def test_the_workflow_for_github(self):
        self.command(node(), HERE / "node_modules" / "@action-validator" / "cli" / "cli.mjs", ROOT / "tools" / "ci" / "github.yml")
        # The validator that says so would say otherwise.
        wrong = self.folder / "wrong.yml"
        wrong.write_text((ROOT / "tools" / "ci" / "github.yml").read_text().replace("timeout-minutes:", "timeout:"))
        self.command(node(), HERE / "node_modules" / "@action-validator" / "cli" / "cli.mjs", wrong, code=1)


if __name__ == "__main__":
    unittest.main()
