"""What the gateways of other people's really do, seen with curl and bare sockets: the ledgers' reasons, without our player and
our judge.

    gateway_facts_test.py PINPROOF [unittest's arguments]
"""
import base64
import itertools
import pathlib
import socket
import sys
import time
import unittest

sys.dont_write_bytecode = True
import clients
import gateways
from lab import Lab
from stage import Stage

PINPROOF = str(pathlib.Path(sys.argv.pop(1)).resolve())
REPINNED = "x-helodata-session-repinned"
SCALE = 600
MINUTE = 60 / SCALE  # on the wall
numbers = itertools.count(1)


def user_of(rest):
    return f"helo_s1a2b3c4d5e-type-res-region-{rest}"


def session(minutes=30, region="us"):
    return user_of(f"{region}-session-s{next(numbers)}-sesstime-{minutes}")


class Facts:
    """What holds of all three; `name` is the gateway's."""

    @classmethod
    def setUpClass(cls):
        stage = Stage()
        cls.addClassCleanup(stage.close)
        cls.lab = Lab(stage, PINPROOF, "--no-gateway", "--clock", "wall")
        cls.exits = gateways.parents(cls.lab.exits())
        cls.gateway = gateways.START[cls.name](stage, cls.exits, scale=SCALE)
        cls.curl = clients.Curl(stage, f"127.0.0.1:{cls.gateway.port}", cls.lab.ready["ca"])

    def setUp(self):
        self.lab.reset()
        self.gateway.restart()

    def get(self, user, scheme="http", password="any"):
        token = f"t-{next(numbers)}"
        return self.curl.get(f"{scheme}://shop.origin.test/t/{token}?size=5", user, password), token

    def exit_of(self, user, scheme="http"):
        answer, token = self.get(user, scheme)
        self.assertEqual((answer.status, answer.body), (200, "abcde"), answer)
        return self.lab.exit_of(token)

    def raw(self, user, head, body=b"", until_closed=False):
        """What comes back for these bytes, credentials added after the first line."""
        credentials = base64.b64encode(f"{user}:any".encode()).decode()
        first, rest = head.split("\r\n", 1)
        with socket.create_connection(("127.0.0.1", self.gateway.port), timeout=10) as connection:
            connection.sendall(f"{first}\r\nProxy-Authorization: Basic {credentials}\r\n{rest}\r\n".encode() + body)
            received = b""
            while b"\r\n\r\n" not in received or until_closed:
                more = connection.recv(65536)
                if not more:
                    break
                received += more
            return received

    def cut_off(self):
        """What comes back for a GET whose exit is lost while it has it, its token, and that exit."""
        user, token = session(), f"t-{next(numbers)}"
        exit = self.exit_of(user)
        self.lab.call("POST", f"/exits/{exit}", {"action": "blackhole", "count": 1})
        credentials = base64.b64encode(f"{user}:any".encode()).decode()
        with socket.create_connection(("127.0.0.1", self.gateway.port), timeout=10) as connection:
            connection.sendall(
                f"GET http://shop.origin.test/t/{token} HTTP/1.1\r\nHost: shop.origin.test\r\n"
                f"Proxy-Authorization: Basic {credentials}\r\n\r\n".encode()
            )
            while not any(event.get("token") == token for event in self.lab.journal()):
                pass  # until it is at the exit that does not answer
            self.lab.drop(exit)
            return connection.recv(65536), token, exit

    def seen(self, token):
        return [event for event in self.lab.journal() if event.get("token") == token and event["seen_by"] == "origin"]

    def names_at_origin(self, head, body=b""):
        """Of the fields with which a request came to the origin, in lower case."""
        token = f"t-{next(numbers)}"
        answer = self.raw(session(), head.replace("TOKEN", token), body)
        self.assertRegex(answer[:16], rb"^HTTP/1.1 200 ")
        return {name.lower() for name, _ in self.seen(token)[0]["headers"]}

    def test_a_session_keeps_its_exit(self):
        user = session()
        self.assertEqual(len({self.exit_of(user, scheme) for scheme in ("http", "https", "http")}), 1)

    def test_credentials_are_asked_for_and_not_looked_at(self):
        token = f"t-{next(numbers)}"
        with socket.create_connection(("127.0.0.1", self.gateway.port), timeout=10) as connection:
            connection.sendall(f"GET http://shop.origin.test/t/{token} HTTP/1.1\r\nHost: shop.origin.test\r\n\r\n".encode())
            self.assertRegex(connection.recv(65536)[:16], rb"^HTTP/1.1 407 ")
        self.assertEqual(self.seen(token), [])
        user = session()
        self.assertEqual([self.get(user, password=password)[0].status for password in ("one", "other")], [200, 200])

    def test_user_names_are_not_read(self):
        wrong = ["us-session-UPPER-sesstime-30", "us-session-a-sesstime-31", "us-session-a-sesstime-0", "us-session-a", "zz"]
        wrong += ["us-session-" + 33 * "a" + "-sesstime-30"]
        self.assertEqual([self.get(user_of(rest))[0].status for rest in wrong], [200] * len(wrong))
        self.assertIn(self.exit_of(session(region="de")), [exit["ip"] for exit in self.exits])  # all of them in the US

    def test_reset_connections_are_no_loss(self):
        user = session()
        exit = self.exit_of(user)
        self.lab.call("POST", f"/exits/{exit}", {"action": "reset"})
        self.assertEqual([self.exit_of(user) for _ in range(2)], [exit] * 2)

    def test_nothing_is_said_of_the_exit(self):
        answer, _ = self.get(session())
        self.assertEqual([name for name in answer.headers if name.startswith("x-helodata")], [])


class Moves:
    """Of those that go on through another exit when one is lost."""

    def test_another_exit_is_taken_and_nobody_told(self):
        for scheme in ("http", "https"):
            user = session()
            lost = self.exit_of(user)
            self.lab.drop(lost)
            answer, token = self.get(user, scheme)
            with self.subTest(scheme=scheme):
                self.assertEqual(answer.status, 200)
                self.assertNotEqual(self.lab.exit_of(token), lost)
                self.assertEqual((answer.headers.get(REPINNED), answer.connect.get(REPINNED)), (None, None))

    def test_503_when_no_exit_is_left(self):
        user = session()
        for exit in self.exits:
            self.lab.drop(exit["ip"])
        self.assertEqual(self.get(user)[0].status, 503)

    def test_a_get_cut_off_before_its_answer_is_sent_again(self):
        answer, token, lost = self.cut_off()
        self.assertRegex(answer[:16], rb"^HTTP/1.1 200 ")
        self.assertNotEqual(self.lab.exit_of(token), lost)


    def test_of_two_framings_one_goes_on(self):
        """Which RFC 9112, 6.3 allows, where it is that of Transfer-Encoding."""
        head = "POST http://shop.origin.test/t/TOKEN HTTP/1.1\r\nHost: shop.origin.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
        names = self.names_at_origin(head, b"5\r\nabcde\r\n0\r\n\r\n")
        self.assertEqual(len(names & {"content-length", "transfer-encoding"}), 1)


class Hands:
    """Of those that hand on what was meant for them."""

    def test_fields_that_end_at_a_proxy_go_on(self):
        head = "GET http://shop.origin.test/t/TOKEN HTTP/1.1\r\nHost: shop.origin.test\r\nConnection: X-Goes\r\nX-Goes: 1\r\n"
        self.assertIn("x-goes", self.names_at_origin(head))
        head = "GET http://shop.origin.test/t/TOKEN HTTP/1.1\r\nHost: shop.origin.test\r\nProxy-Connection: keep-alive\r\n"
        self.assertIn("proxy-connection", self.names_at_origin(head))


class HaproxyTest(Facts, Moves, Hands, unittest.TestCase):
    name = "haproxy"

    def test_each_use_restarts_the_thirty_minutes_whatever_the_name_says(self):
        user = session(minutes=1)
        first = self.exit_of(user)
        for _ in range(5):
            time.sleep(20 * MINUTE)  # the gateway's own time: what is tested is that it passes
            self.assertEqual(self.exit_of(user), first)

    def test_first_requests_at_once_are_spread_over_exits(self):
        spread = 0
        for _ in range(5):
            user, tokens, connections = session(), [], []
            credentials = base64.b64encode(f"{user}:any".encode()).decode()
            for _ in range(8):
                connections.append(socket.create_connection(("127.0.0.1", self.gateway.port), timeout=10))
                tokens.append(f"t-{next(numbers)}")
            for connection, token in zip(connections, tokens):
                connection.sendall(
                    f"GET http://shop.origin.test/t/{token} HTTP/1.1\r\nHost: shop.origin.test\r\n"
                    f"Proxy-Authorization: Basic {credentials}\r\n\r\n".encode()
                )
            for connection in connections:
                self.assertRegex(connection.recv(65536)[:16], rb"^HTTP/1.1 200 ")
                connection.close()
            spread += len({self.lab.exit_of(token) for token in tokens}) > 1
        self.assertGreater(spread, 0)

    def test_a_session_unused_for_thirty_minutes_is_forgotten(self):
        users = [session() for _ in range(12)]
        before = [self.exit_of(user) for user in users]
        time.sleep(32 * MINUTE)
        self.assertNotEqual([self.exit_of(user) for user in users], before)  # by chance once in 15^12


class SquidTest(Facts, Moves, unittest.TestCase):
    name = "squid"

    def test_one_loss_moves_a_session_twice(self):
        twice = 0
        for _ in range(4):
            user = session()
            lost = self.exit_of(user)
            self.lab.drop(lost)
            tried_again, rehashed = self.exit_of(user), [self.exit_of(user) for _ in range(3)]
            self.assertEqual(len(set(rehashed)), 1)
            twice += tried_again != rehashed[0]
        self.assertGreater(twice, 0)

    def test_an_exit_that_answers_502_is_passed_by(self):
        user = session()
        failing = self.exit_of(user)
        self.lab.call("POST", f"/exits/{failing}", {"action": "fail"})
        answer, token = self.get(user)
        self.assertEqual((answer.status, answer.headers.get(REPINNED)), (200, None))
        self.assertNotEqual(self.lab.exit_of(token), failing)

    def test_a_user_without_a_session_is_kept_on_an_exit_too(self):
        self.assertEqual(len({self.exit_of(user_of("us")) for _ in range(10)}), 1)

    def test_the_range_of_a_post_is_taken_out(self):
        head = "{} http://shop.origin.test/t/TOKEN HTTP/1.1\r\nHost: shop.origin.test\r\nRange: bytes=0-99\r\nContent-Length: 2\r\n"
        self.assertNotIn("range", self.names_at_origin(head.format("POST"), b"ab"))


class ProxyChainTest(Facts, Hands, unittest.TestCase):
    name = "proxy-chain"

    def test_a_lost_exit_is_an_error_of_its_own_until_it_is_back(self):
        user = session()
        lost = self.exit_of(user)
        self.lab.drop(lost)
        self.assertEqual([self.get(user)[0].status for _ in range(3)], [594] * 3)
        refused, _ = self.get(user, "https")
        self.assertEqual(refused.status, 0)
        self.assertIn("594", refused.error)
        self.lab.restore(lost)
        self.assertEqual(self.exit_of(user), lost)

    def test_a_get_cut_off_before_its_answer_ends_in_595(self):
        answer, token, _ = self.cut_off()
        self.assertRegex(answer[:16], rb"^HTTP/1.1 595 ")
        self.assertEqual(self.seen(token), [])


if __name__ == "__main__":
    unittest.main()
