"""`pinproof lab` as a process of a stage, and calls of its API (docs/contracts.md)."""
import json
import urllib.request

CALL_WITHIN = 30  # seconds


class Lab:
    def __init__(self, stage, pinproof, *options):
        """`options` are those of `pinproof lab`."""
        self.stage = stage
        self.process = stage.start("lab", [pinproof, "lab", *options], pipe=True)
        self.ready = json.loads(self.process.next_line())
        self.events, self.next_event = [], 0

    def call(self, method, path, body=None):
        """The answer's JSON; an error status is an exception."""
        request = urllib.request.Request(
            self.ready["upstreams"] + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.ready['token']}"},
        )
        # Without a proxy, whatever the environment says.
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=CALL_WITHIN) as answer:
            return json.load(answer)

    def exits(self):
        return self.call("GET", "/exits")

    def drop(self, address):
        return self.call("POST", f"/exits/{address}", {"action": "drop"})

    def restore(self, address):
        return self.call("POST", f"/exits/{address}", {"action": "restore"})

    def reset(self):
        """Every exit up, nothing in the journal."""
        self.call("POST", "/reset", {})
        self.events, self.next_event = [], self.call("GET", "/journal")["next"]

    def journal(self):
        """All events since the start, or the last reset."""
        while True:
            page = self.call("GET", f"/journal?since={self.next_event}")
            self.events += page["events"]
            self.next_event = page["next"]
            if not page["events"]:
                return self.events

    def exit_of(self, token):
        """The address from which the origin saw the request with that token: the exit that served it."""
        seen = [event["from"] for event in self.journal() if event["seen_by"] == "origin" and event.get("token") == token]
        if len(seen) != 1:
            raise LookupError(f"the origin saw {token} {len(seen)} times")
        return seen[0]
