"""curl and Scrapy where the gateway issues the sessions, and reads inside tunnels to do so.

    issued_sessions_test.py PINPROOF [unittest's arguments]
"""
import itertools
import json
import pathlib
import sys
import unittest
import urllib.parse

sys.dont_write_bytecode = True
import clients
from lab import Lab
from stage import Stage

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
SCALE = 20  # twelve seconds between requests are 0.6 s
DELAY_NS = 12_000_000_000
TOLERANCE_NS = 1_200_000_000  # 60 ms on the wall: the request's way from the gateway to the exit may take longer or shorter
SPIDER_WITHIN = 60
numbers = itertools.count(1)


def setUpModule():
    global stage, lab, gateway, key
    stage = Stage()
    unittest.addModuleCleanup(stage.close)
    lab = Lab(stage, PINPROOF, "--dialect", "crawlera", "--clock", f"scaled:{SCALE}")
    gateway = urllib.parse.urlsplit(lab.ready["gateway"]).netloc
    key = lab.ready["credentials"]["one"]["user"]


def page(scheme):
    """A URL and its token."""
    token = f"t-{next(numbers)}"
    return f"{scheme}://shop.origin.test/t/{token}?size=5", token


def forwarded(token):
    """What exits and origin saw of the request, in order: the origin's view is the one that tells the time and the exit of it."""
    return [event for event in lab.journal() if event.get("token") == token and event["seen_by"] == "origin"]


def check_pace(test, tokens):
    """The requests with these tokens left one exit in this order, never closer than the delay."""
    seen = [forwarded(token) for token in tokens]
    test.assertEqual([len(events) for events in seen], [1] * len(tokens))
    test.assertEqual(len({events[0]["from"] for events in seen}), 1)
    instants = [events[0]["at_ns"] for events in seen]
    for before, after in itertools.pairwise(instants):
        test.assertGreaterEqual(after - before, DELAY_NS - TOLERANCE_NS)


class CurlTest(unittest.TestCase):
    def setUp(self):
        self.client = clients.Curl(stage, gateway, lab.ready["ca"])

    def get(self, url, session):
        return self.client.get(url, key, "", headers=[f"X-Crawlera-Session: {session}"])

    def test_a_session_of_plain_requests_goes_on_inside_tunnels(self):
        pages = [page(scheme) for scheme in ("http", "https", "https", "http")]
        session, answers = "create", []
        for url, _ in pages:
            answers.append(self.get(url, session))
            session = answers[-1].headers["x-crawlera-session"]
        self.assertEqual([(answer.status, answer.body) for answer in answers], [(200, "abcde")] * 4)
        self.assertEqual({answer.headers["x-crawlera-session"] for answer in answers}, {session})
        # In the tunnel the headers are those of the answer; the reply to CONNECT knows no session yet.
        self.assertNotIn("x-crawlera-session", answers[1].connect)
        check_pace(self, [token for _, token in pages])

    def test_an_id_never_issued_is_told_by_name_and_not_forwarded(self):
        for scheme in ("http", "https"):
            url, token = page(scheme)
            answer = self.get(url, "123456789")
            with self.subTest(scheme=scheme):
                self.assertEqual((answer.status, answer.headers.get("x-crawlera-error")), (400, "bad_session_id"), answer)
                self.assertEqual(forwarded(token), [])

    def test_the_origin_is_told_nothing_of_the_gateway(self):
        for scheme in ("http", "https"):
            url, token = page(scheme)
            self.assertEqual(self.get(url, "create").status, 200)
            names = {name.lower() for name, _ in forwarded(token)[0]["headers"]}
            with self.subTest(scheme=scheme):
                self.assertEqual({name for name in names if name.startswith(("x-crawlera", "proxy-"))}, set())


class ScrapyTest(unittest.TestCase):
    def test_a_spider_crawls_in_one_session_and_finds_back_when_it_is_gone(self):
        pages = [page(scheme) for scheme in ("http", "https", "http", "http", "https")]
        urls = [url for url, _ in pages]
        poisoned = 3
        asked = {"gateway": gateway, "key": key, "urls": urls, "poison": urls[poisoned]}
        command = ["/usr/bin/python3", clients.HERE / "clients" / "spider.py", json.dumps(asked)]
        spider = stage.start("spider", command)
        self.addCleanup(stage.stop, spider)
        self.assertEqual(spider.popen.wait(SPIDER_WITHIN), 0, spider.output())
        said = [json.loads(line) for line in spider.output().splitlines() if line.startswith("{")]
        self.assertEqual(
            [(answer.get("url"), answer.get("status"), answer.get("headers", {}).get("X-Crawlera-Error")) for answer in said],
            [
                *((url, 200, None) for url in urls[:poisoned]),
                (urls[poisoned], 400, "bad_session_id"),
                *((url, 200, None) for url in urls[poisoned:]),
            ],
            spider.output(),
        )
        sessions = [answer["headers"]["X-Crawlera-Session"] for answer in said if answer["status"] == 200]
        self.assertEqual(len(set(sessions[:poisoned])), 1)
        self.assertEqual(len(set(sessions[poisoned:])), 1)
        self.assertNotEqual(sessions[0], sessions[-1])
        tokens = [token for _, token in pages]
        check_pace(self, tokens[:poisoned])
        check_pace(self, tokens[poisoned:])


if __name__ == "__main__":
    unittest.main()
