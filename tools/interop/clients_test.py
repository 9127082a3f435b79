"""Clients that were not written here, through the lab's gateway: what each of them makes of its promises.

    clients_test.py PINPROOF [unittest's arguments]
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
REPINNED = "x-helodata-session-repinned"
ERROR_CODE = "x-helodata-error-code"
EXITS = 12  # enough that sessions differ; all of them match the user names used here
numbers = itertools.count(1)


def setUpModule():
    global stage, lab, gateway
    stage = Stage()
    unittest.addModuleCleanup(stage.close)
    lab = Lab(stage, PINPROOF, "--dialect", "helodata", "--exits", str(EXITS), "--clock", "wall")
    gateway = urllib.parse.urlsplit(lab.ready["gateway"]).netloc


def user_of(session):
    account = lab.ready["credentials"]["one"]["user"]
    return f"helo_{account}-type-res-region-us-session-{session}-sesstime-10"


def new_session():
    return f"s{next(numbers)}"


class Sessions:
    """What holds for every client; a class below names the client, and what it does not tell its user."""

    @classmethod
    def setUpClass(cls):
        cls.client = cls.kind(stage, gateway, lab.ready["ca"], **cls.options)
        cls.addClassCleanup(cls.client.close)

    options = {}  # of the client
    shows_connect = False  # most clients throw away the headers of the reply to CONNECT
    always_tunnels = False  # CONNECT for http too: then nothing that the gateway has to say comes through

    def get(self, session, scheme="http", user=None, password=None):
        """The answer, and the token of the request."""
        token = f"t-{next(numbers)}"
        good = lab.ready["credentials"]["one"]["password"]
        url = f"{scheme}://shop.origin.test/t/{token}?size=5"
        return self.client.get(url, user or user_of(session), password or good), token

    def exit_of(self, session, scheme="http"):
        answer, token = self.get(session, scheme)
        self.assertEqual((answer.status, answer.body), (200, "abcde"), answer)
        return lab.exit_of(token)

    def lose_exit_of(self, session):
        exit = self.exit_of(session)
        lab.drop(exit)
        self.addCleanup(lab.restore, exit)
        return exit

    def test_a_session_keeps_its_exit_over_http_and_https(self):
        session = new_session()
        exits = {self.exit_of(session, scheme) for scheme in ("http", "https", "http", "https")}
        self.assertEqual(len(exits), 1)

    def test_sessions_are_kept_apart(self):
        sessions = [new_session() for _ in range(8)]
        first = {session: self.exit_of(session) for session in sessions}
        self.assertGreater(len(set(first.values())), 1)  # by chance once in 12^7
        self.assertEqual({session: self.exit_of(session, "https") for session in sessions}, first)

    def test_the_first_answer_after_a_drop_says_so(self):
        session = new_session()
        lost = self.lose_exit_of(session)
        first, token = self.get(session)
        self.assertEqual((first.status, first.headers.get(REPINNED)), (200, None if self.always_tunnels else "true"), first)
        exit = lab.exit_of(token)
        self.assertNotEqual(exit, lost)
        second, token = self.get(session)
        self.assertEqual((second.status, second.headers.get(REPINNED)), (200, None), second)
        self.assertEqual(lab.exit_of(token), exit)

    def test_under_https_only_the_reply_to_connect_says_so(self):
        session = new_session()
        lost = self.lose_exit_of(session)
        answer, token = self.get(session, "https")
        self.assertEqual((answer.status, answer.headers.get(REPINNED)), (200, None), answer)
        self.assertNotEqual(lab.exit_of(token), lost)
        self.assertEqual(answer.connect.get(REPINNED), "true" if self.shows_connect else None)

    def test_a_malformed_user_name_is_refused_with_its_code(self):
        answer, token = self.get(None, user=user_of("Upper"))
        self.check_refused(answer, 400, in_tunnel=self.always_tunnels)
        if not self.always_tunnels:
            self.assertEqual(answer.headers.get(ERROR_CODE), "bad-username")
        self.assertEqual([event for event in lab.journal() if event.get("token") == token], [])

    def test_a_wrong_password_ends_in_407(self):
        for scheme in ("http", "https"):
            answer, token = self.get(new_session(), scheme, password="wrong")
            with self.subTest(scheme=scheme):
                self.check_refused(answer, 407, in_tunnel=scheme == "https" or self.always_tunnels)
                self.assertEqual([event for event in lab.journal() if event.get("token") == token], [])

    def check_refused(self, answer, status, in_tunnel):
        """A refused CONNECT is an error of the client's own, with the status in it."""
        if in_tunnel:
            self.assertEqual(answer.status, 0)
            self.assertIn(str(status), answer.error)
        else:
            self.assertEqual(answer.status, status, answer)


class CurlTest(Sessions, unittest.TestCase):
    kind = clients.Curl
    shows_connect = True


class WgetTest(Sessions, unittest.TestCase):
    kind = clients.Wget

    def check_refused(self, answer, status, in_tunnel):
        if not in_tunnel:
            return super().check_refused(answer, status, in_tunnel)
        self.assertIn("Proxy tunneling failed", answer.error)  # and the reason phrase, which promises nothing


class RequestsTest(Sessions, unittest.TestCase):
    kind = clients.Requests

    def test_a_pool_of_twenty_round_robin(self):
        sessions = [new_session() for _ in range(20)]
        rounds = [[self.exit_of(session, scheme) for session in sessions] for scheme in ("http", "https", "http", "http")]
        for later in rounds[1:]:
            self.assertEqual(later, rounds[0])
        lost = rounds[0][0]
        lab.drop(lost)
        self.addCleanup(lab.restore, lost)
        for session, before in zip(sessions, rounds[0]):
            answer, token = self.get(session)
            with self.subTest(session=session):
                self.assertEqual(answer.headers.get(REPINNED), "true" if before == lost else None)
                if before == lost:
                    self.assertNotEqual(lab.exit_of(token), lost)
                else:
                    self.assertEqual(lab.exit_of(token), before)


class UndiciTest(Sessions, unittest.TestCase):
    kind = clients.Undici

    def check_refused(self, answer, status, in_tunnel):
        """407 is an error to it, in and out of tunnels."""
        super().check_refused(answer, status, in_tunnel or status == 407)


class UndiciTunnelledTest(Sessions, unittest.TestCase):
    """Its default."""

    kind = clients.Undici
    options = {"tunnelled": True}
    always_tunnels = True


class ChainedTest(Sessions, unittest.TestCase):
    """proxy-chain between a client and the gateway. It has a status of its own for a 407 of the next proxy."""

    kind = clients.Chained

    def check_refused(self, answer, status, in_tunnel):
        super().check_refused(answer, 597 if status == 407 else status, in_tunnel)


class BrowserTest(Sessions, unittest.TestCase):
    """It shows a refused CONNECT as a page, with the gateway's status."""

    kind = clients.Browser

    def check_refused(self, answer, status, in_tunnel):
        super().check_refused(answer, status, in_tunnel=False)


if __name__ == "__main__":
    unittest.main()
