"""Clients that were not written here, each behind the same call: one GET through a gateway, as a proxy user."""
import dataclasses
import json
import pathlib
import shutil
import subprocess

from gateways import node

HERE = pathlib.Path(__file__).resolve().parent
WITHIN = 30  # seconds for one request, the browser's first included


@dataclasses.dataclass
class Answer:
    """What the client's own interface tells its user."""

    status: int = 0  # 0: an error instead of an answer
    headers: dict = dataclasses.field(default_factory=dict)  # names in lower case
    body: str = ""
    error: str = ""
    connect: dict = dataclasses.field(default_factory=dict)  # of the reply to CONNECT, where the client shows it


def header_blocks(text):
    """[(status, headers)] of every head in what a client dumped of them."""
    blocks = []
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("HTTP/"):
            blocks.append((int(line.split()[1]), {}))
        elif blocks and ":" in line:
            name, value = line.split(":", 1)
            blocks[-1][1][name.strip().lower()] = value.strip()
    return blocks


def answer_of(blocks, url, body, error):
    """`blocks`: of one request; the first is the reply to CONNECT where the URL is encrypted."""
    connect = blocks.pop(0) if blocks and url.startswith("https:") else None
    if blocks:
        return Answer(*blocks[-1], body=body, connect=connect[1] if connect else {})
    return Answer(error=error or "no answer", connect=connect[1] if connect else {})


class Program:
    """A client that is a program of its own, started for each request."""

    def __init__(self, stage, gateway, ca):
        self.stage, self.gateway, self.ca = stage, gateway, ca
        self.count = 0

    def close(self):
        pass

    def run(self, command):
        self.count += 1
        process = self.stage.start(f"{type(self).__name__}-{self.count}".lower(), command, environment=self.environment)
        status = process.popen.wait(WITHIN)
        output = process.output()
        self.stage.stop(process)
        return status, output

    environment = {}


class Curl(Program):
    def get(self, url, user, password, headers=()):
        head, body = self.stage.folder / "curl.head", self.stage.folder / "curl.body"
        head.unlink(missing_ok=True)
        body.unlink(missing_ok=True)
        command = ["curl", "--silent", "--show-error", "--max-time", WITHIN, "--cacert", self.ca, "--dump-header", head, "--output", body]
        for header in headers:
            command += ["--header", header]
        status, said = self.run([*command, "--proxy", f"http://{self.gateway}", "--proxy-user", f"{user}:{password}", url])
        blocks = header_blocks(head.read_text()) if head.exists() else []
        return answer_of(blocks, url, body.read_text() if body.exists() else "", f"{status}: {said}")


class Wget(Program):
    def get(self, url, user, password):
        body = self.stage.folder / "wget.body"
        body.unlink(missing_ok=True)
        self.environment = {f"{scheme}_proxy": f"http://{self.gateway}" for scheme in ("http", "https")} | {"no_proxy": ""}
        command = ["wget", "--no-config", "--no-verbose", "--tries=1", f"--timeout={WITHIN}", f"--ca-certificate={self.ca}"]
        command += ["--server-response", "--content-on-error", f"--output-document={body}"]
        status, said = self.run([*command, f"--proxy-user={user}", f"--proxy-password={password}", url])
        # It shows the heads of answers from the origin and, for a plain request, from the gateway; of CONNECT only a message.
        blocks = header_blocks("\n".join(line for line in said.splitlines() if line.startswith("  ")))
        if not blocks:
            return Answer(error=f"{status}: {said}")
        return Answer(*blocks[-1], body=body.read_text() if body.exists() else "")


class Conversation:
    """A client library in a program of its own that makes one request after the other: a JSON line in, a JSON line out."""

    def __init__(self, stage, gateway, ca, **more):
        self.stage, self.asked = stage, {"gateway": gateway, "ca": str(ca), "within": WITHIN, **more}
        self.process = stage.start(type(self).__name__.lower(), self.command(ca), pipe=True, input=True, environment=self.environment(ca))

    def environment(self, ca):
        return {}

    def get(self, url, user, password):
        asked = {**self.asked, "url": url, "user": user, "password": password}
        self.process.say(json.dumps(asked))
        return Answer(**json.loads(self.process.next_line()))

    def close(self):
        """Lets it end by itself, and be heard doing so."""
        self.process.popen.stdin.close()
        status = self.process.popen.wait(WITHIN)
        if status:
            raise RuntimeError(f"{self.process.name} ended with {status}: {self.process.output()}")
        self.stage.stop(self.process)


class Requests(Conversation):
    def command(self, ca):
        return ["/usr/bin/python3", HERE / "clients" / "requests_client.py"]  # Debian's, which Debian's requests is for


class Undici(Conversation):
    def command(self, ca):
        return [node(), HERE / "clients" / "undici_client.mjs"]


class Chained(Conversation):
    def command(self, ca):
        return [node(), HERE / "clients" / "chained_client.mjs"]


class Browser(Conversation):
    def command(self, ca):
        return [node(), HERE / "clients" / "browser_client.mjs", shutil.which("chromium-headless-shell")]

    def environment(self, ca):
        """A home whose certificate store trusts the CA, as a user would have it."""
        home = self.stage.folder / "browser"
        store = home / ".pki" / "nssdb"
        store.mkdir(parents=True)
        for command in (["-N", "--empty-password"], ["-A", "-n", "lab", "-t", "C,,", "-i", ca]):
            subprocess.run(["certutil", "-d", f"sql:{store}", *map(str, command)], check=True, timeout=WITHIN)
        return {"HOME": str(home)}
