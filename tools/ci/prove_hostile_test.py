"""tools/ci/prove against what means harm, or looks like it: a gateway that speaks to the CI server, and lines of --env that would turn prove
itself.   prove_hostile_test.py PATH-OF-PINPROOF
"""
import json
import re
import socketserver
import subprocess
import sys
import threading
import unittest

sys.dont_write_bytecode = True
from ci_testing import KIT, PROVE, CiTest, write_script

PROFILE = ["--profile", "ci/gateway.json", "--env", "ci/gateway.env"]
COMMANDS = "::error::owned ##[error]owned"
# What GitLab takes for a section's start, and Jenkins for a note.
CONTROL = "\x1b[0Ksection_start:1:owned\r\x1b[0K\x1b[8mha:owned"
# It leaves a result, and shows what it was given: the variables of its environment and its arguments.
SHOWS = """#!/bin/sh
[ "$1" = run ] || exit 0
for o; do [ "$p" = --out ] && echo '{}' >"$o/result.json"; p=$o; done
env -0 >environment
printf '%s\\n' "$@" >arguments
"""


class Gateway(socketserver.ThreadingTCPServer):
    """Refuses every request, in the words given."""

    daemon_threads = True

    def __init__(self, words):
        body = f"\n{words}\n".encode()
        head = f"HTTP/1.1 407 {COMMANDS}\r\nX-Helodata-Error-Code: {words}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                while self.rfile.readline().strip():
                    pass
                self.wfile.write(head.encode() + body)

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever).start()

    def close(self):
        self.shutdown()
        self.server_close()


class HostileGatewayTest(CiTest):
    def prove(self, words, **more):
        gateway = Gateway(words)
        self.addCleanup(gateway.close)
        account = {"name": "one", "user": {"env": "ACCOUNT"}, "password": {"env": "PASSWORD"}}
        profile = {
            "profile": 1,
            "name": "gateway",
            "title": "A gateway that means harm",
            "dialect": "helodata",
            "gateway": {"url": f"http://127.0.0.1:{gateway.server_address[1]}"},
            "accounts": [account],
            "origin": {"echo": "http://127.0.0.1:9/ip"},
            "clock": {"kind": "wall"},
        }
        (self.home / "ci" / "gateway.json").write_text(json.dumps(profile))
        (self.home / "ci" / "gateway.env").write_text("ACCOUNT=s1a2b3c4d5e\nPASSWORD=secret-9431\n")
        options = ["--max-time", "5s", "--filter", "helodata/rotating/kept-alive"]
        return self.run_in_home(PROVE, *PROFILE, "--", *options, code=1, **more)

    def test_github_takes_no_commands_from_a_gateway(self):
        tokens = set()
        for _ in range(2):
            done = self.prove(COMMANDS, GITHUB_ACTIONS="true")
            self.assertEqual(done.stderr, "")  # a second stream could be read before the first says stop
            first, *between, last = done.stdout.splitlines()
            (token,) = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first).groups()
            self.assertEqual(last, f"::{token}::")
            self.assertNotIn(token, "\n".join(between))
            self.assertIn("owned", "\n".join(between))  # or this test proves nothing
            tokens.add(token)
        self.assertEqual(len(tokens), 2)

    def test_commands_are_taken_again_whatever_happens(self):
        write_script(self.home / "dies", "#!/bin/sh\nprintf 'no end of line'\nkill -9 $$\n")
        (self.home / "ci" / "gateway.env").write_text("")
        done = self.run_in_home(PROVE, *PROFILE, code=3, PINPROOF_PROGRAM=str(self.home / "dies"), GITHUB_ACTIONS="true")
        lines = done.stdout.splitlines()
        self.assertEqual(lines[-1], f"::{lines[0].split('::')[2]}::")

    def test_elsewhere_nothing_is_added(self):
        done = self.prove(COMMANDS)
        self.assertIn("owned", done.stdout)
        self.assertNotIn("stop-commands", done.stdout + done.stderr)

    def test_no_control_character_reaches_gitlab_or_jenkins(self):
        for words in [COMMANDS, CONTROL, CONTROL.replace("\r", "")]:
            done = self.prove(words)
            self.assertEqual(re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.stdout + done.stderr), [])

    def test_no_secret_is_printed(self):
        done = self.prove(COMMANDS)
        self.assertNotIn("secret-9431", done.stdout + done.stderr)


class EnvironmentTest(CiTest):
    def prove(self, text, code=0, **more):
        (self.home / "ci" / "gateway.env").write_text(text)
        write_script(self.home / "shows", SHOWS)
        return self.run_in_home(PROVE, *PROFILE, code=code, **{"PINPROOF_PROGRAM": str(self.home / "shows"), **more})

    def test_no_line_turns_prove(self):
        """Names of its own variables, of its functions, and of what shells like to call things."""
        text = (KIT / "prove").read_text()
        names = set(re.findall(r"\b([a-z_]+)=|\blocal ([a-zA-Z_ ]+)|^([a-z_]+)\(\)", text, re.MULTILINE))
        names = {name for found in names for words in found for name in words.split()} - {"LC_ALL"}
        self.assertLessEqual({"profile", "out", "ledger", "compare", "here", "run_options", "given", "pinproof", "code"}, names)
        kept = self.home / "elsewhere" / "histories"
        kept.mkdir(parents=True)
        names = sorted(names | {"i", "root", "program", "A", "PINPROOF_LAB"})
        (self.home / "elsewhere" / "junit.xml").write_text("kept")
        self.prove("".join(f"{name}=elsewhere\n" for name in names))
        self.assertEqual((self.home / "arguments").read_text(), "run\n--target\nci/gateway.json\n--out\npinproof-report\n")
        given = dict(entry.split("=", 1) for entry in (self.home / "environment").read_text().split("\0") if "=" in entry)
        self.assertEqual({name: given.get(name) for name in names}, {name: "elsewhere" for name in names})
        self.assertTrue(kept.exists())
        self.assertEqual((self.home / "elsewhere" / "junit.xml").read_text(), "kept")

    def test_a_value_is_data(self):
        """Nothing in a line is run, and a value may have any characters; of two lines the later counts."""
        self.prove('# a comment\n\n  # another\nA=first\nA="b" $(touch ran)`touch ran`; touch ran\nB==c= \nC=\nD=\u00e9\\n')
        given = (self.home / "environment").read_text().split("\0")
        for entry in ['A="b" $(touch ran)`touch ran`; touch ran', "B==c= ", "C=", "D=\u00e9\\n"]:
            self.assertIn(entry, given)
        self.assertFalse((self.home / "ran").exists())

    def test_names_that_the_shell_the_loader_or_pinproof_goes_by(self):
        shell = subprocess.run(["env", "-i", "bash", "--norc", "--noprofile", "-c", "compgen -v"], capture_output=True, text=True, check=True)
        more = ["BASH_ENV", "ENV", "HOME", "LD_PRELOAD", "LD_LIBRARY_PATH", "GLIBC_TUNABLES", "LC_ALL", "PINPROOF_ROOT", "PINPROOF_PROGRAM"]
        for name in [*shell.stdout.split(), *more]:
            done = self.prove(f"A=1\n{name}=secret-9431\n", code=2)
            self.assertEqual(done.stderr, f"prove: --env: line 2 of ci/gateway.env sets {name}, which no profile may ask for\n")
            self.assertFalse((self.home / "arguments").exists())

    def test_lines_that_are_none(self):
        for line in ["not-a-name=1", "export A=1", " A=1", "1A=1", "secret-9431", "A", "=1", "a[0]=1", "\u00e9=1"]:
            done = self.prove(f"A=1\n\n{line}\n", code=2)
            self.assertEqual(done.stderr, "prove: --env: line 3 of ci/gateway.env is not NAME=value\n", line)


if __name__ == "__main__":
    unittest.main()
