"""A residential gateway in another language, small and whole: what docs/contracts.md says is all that it knows of pinproof.

    other_gateway.py UPSTREAMS_URL < {"token": …, "accounts": {"USER": "PASSWORD", …}, "counts": true}

Sticky sessions in the user name, re-pins announced, plain HTTP and CONNECT; its parents are the exits that the upstreams list. Prints a line of
JSON with its addresses, and ends when its standard input does. The clock is the one that the page shows, taken from there.
"""
import asyncio
import base64
import contextlib
import heapq  # for the clock of the page
import json
import pathlib
import random
import re
import sys
import urllib.parse
import urllib.request

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "contracts.md"
USER_NAME = re.compile(
    r"helo_(?P<account>[a-z0-9]+)-type-(?P<type>res|mob)(?:-region-(?P<region>[a-z]{2}))?"
    r"(?:-state-(?P<state>[a-z]{2,3}))?(?:-city-(?P<city>[a-z0-9]+))?(?:-asn-(?P<asn>[0-9]+))?"
    r"(?:-session-(?P<session>[a-z0-9]{1,32}))?(?:-sesstime-(?P<minutes>[1-9][0-9]{0,4}|0))?"
)
REGIONS = "us de fr gb br jp nl ca au in".split()
MINUTE = 60 * 10**9
MINUTES_MAX = 30  # of a residential pin
PATIENCE = 30 * 10**9  # with an exit that says nothing
HEAD_MAX = 65536
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}


def clock_of_the_page():
    """The class in docs/contracts.md, as a reader would copy it."""
    text = PAGE.read_text()
    begin = text.index("    class Clock:")
    code = text[begin : text.index("\n## ", begin)]
    names = {"heapq": heapq}
    exec("\n".join(line[4:] for line in code.splitlines()), names)
    return names["Clock"]()


class Refused(Exception):
    def __init__(self, status, code, *headers):
        super().__init__(code)
        self.status, self.code, self.headers = status, code, list(headers)


class Lost(Exception):
    """The exit went in the middle of a request."""


class Reader(asyncio.StreamReader):
    """Tells when its peer goes, while nobody reads."""

    def __init__(self):
        super().__init__(limit=HEAD_MAX)
        self.gone = asyncio.get_running_loop().create_future()

    def feed_eof(self):
        super().feed_eof()
        if not self.gone.done():
            self.gone.set_result(None)

    def set_exception(self, exc):
        super().set_exception(exc)
        if not self.gone.done():
            self.gone.set_result(None)


async def read_head(reader):
    """First line and fields; nothing when the peer closed before it said anything."""
    try:
        text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError as cut:
        if cut.partial:
            raise Refused(400, "bad-request") from None
        return None
    except asyncio.LimitOverrunError:
        raise Refused(431, "bad-request") from None
    first, *lines = text[:-4].split("\r\n")
    fields = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise Refused(400, "bad-request")
        fields.append((name, value.strip()))
    return first, fields


def values(fields, name):
    return [value for each, value in fields if each.lower() == name]


def framing(fields):
    """The length of a body, or "chunked", or nothing said."""
    lengths, codings = values(fields, "content-length"), values(fields, "transfer-encoding")
    if codings:
        if lengths or [coding.lower() for coding in codings] != ["chunked"]:
            raise Refused(400, "bad-request")
        return "chunked"
    if len(set(lengths)) > 1 or any(not length.isdigit() for length in lengths):
        raise Refused(400, "bad-request")
    return int(lengths[0]) if lengths else None


async def body_pieces(reader, length):
    """As they came: (bytes as on the wire, how many of them are the body's). Raises Lost where they end too early."""
    if length == "chunked":
        while True:
            line = await reader.readline()
            size = int(line.split(b";")[0], 16) if line.endswith(b"\n") else -1
            if size < 0:
                raise Lost
            piece = await reader.readexactly(size + 2) if size else await reader.readline()
            yield line + piece, size
            if size == 0:
                return
    left = length
    while left is None or left > 0:
        piece = await reader.read(16384 if left is None else min(left, 16384))
        if not piece:
            if left is None:
                return
            raise Lost
        left = None if left is None else left - len(piece)
        yield piece, len(piece)


class Pin:
    """An exit for a user name, until its window is over or its exit is lost."""

    def __init__(self, exit_, end, announced):
        self.exit, self.end, self.announced, self.lost = exit_, end, announced, False


class Gateway:
    def __init__(self, upstreams, options):
        self.clock = clock_of_the_page()
        self.exits, self.accounts = upstreams, options["accounts"]
        self.counts = options.get("counts", True)
        self.received = self.active = 0
        self.clients = set()
        self.reset(0)

    def reset(self, seed):
        self.random = random.Random(seed)
        self.pins = {}  # by user name
        for client in list(self.clients):
            client.transport.abort()

    # Who asks, and through which exit.

    def user_of(self, fields):
        given = values(fields, "proxy-authorization")
        challenge = ("Proxy-Authenticate", 'Basic realm="other"')
        if len(given) != 1 or not given[0].lower().startswith("basic "):
            raise Refused(407, "auth-failed", challenge)
        try:
            user, _, password = base64.b64decode(given[0][6:], validate=True).decode().partition(":")
        except ValueError:
            raise Refused(407, "auth-failed", challenge) from None
        match = USER_NAME.fullmatch(user)
        if not match:
            raise Refused(400, "bad-username")
        if self.accounts.get(match["account"]) is None:
            raise Refused(407, "unknown-subuser", challenge)
        if self.accounts[match["account"]] != password:
            raise Refused(407, "auth-failed", challenge)
        self.check(match)
        return user, match

    @staticmethod
    def check(user):
        if user["region"] is None:
            raise Refused(400, "state-without-region" if user["state"] else "bad-username")
        if user["region"] not in REGIONS:
            raise Refused(400, "unknown-region")
        if user["city"] and not user["state"]:
            raise Refused(400, "city-without-state")
        if (user["session"] is None) != (user["minutes"] is None):
            raise Refused(400, "session-incomplete")
        if user["minutes"]:
            minutes = int(user["minutes"])
            if minutes < 1 or (user["type"] == "res" and minutes > MINUTES_MAX):
                raise Refused(400, "sesstime-out-of-range")

    def pick(self, user, without=()):
        wanted = [(key, user[key]) for key in ("type", "region", "state", "city", "asn") if user[key]]
        fits = [one for one in self.exits if all(str(one[key]) == value for key, value in wanted) and one["ip"] not in without]
        return self.random.choice(fits) if fits else None

    def pin(self, name, user, exit_, announced):
        pin = Pin(exit_, self.clock.now + int(user["minutes"]) * MINUTE, announced)
        self.pins[name] = pin
        self.clock.at(pin.end, lambda: self.pins.get(name) is pin and self.pins.pop(name))
        return pin

    async def connect(self, name, user):
        """A connection to the exit, the pin if there is one, and the exit. One that refuses is lost, and another takes its place."""
        tried = set()
        pin = self.pins.get(name) if user["session"] else None
        is_new = pin is None
        if user["session"] and is_new:
            first = self.pick(user)
            if first is None:
                raise Refused(503, "no-exit")
            pin = self.pin(name, user, first, False)
        while True:
            exit_ = pin.exit if pin else self.pick(user, tried)
            if exit_ is None:
                raise Refused(503, "no-exit")
            if not (pin and pin.lost):
                with contextlib.suppress(OSError):
                    reader, writer = await asyncio.open_connection(exit_["ip"], exit_["port"], limit=HEAD_MAX)
                    return reader, writer, pin, exit_
            tried.add(exit_["ip"])
            if pin is None:
                continue
            now = self.pins.get(name)
            if now is not None and now is not pin:
                pin = now  # somebody else has found out before
                continue
            other = self.pick(user, tried)
            if other is None:
                if is_new:
                    self.pins.pop(name, None)  # it never stood
                raise Refused(503, "no-exit")
            pin = self.pin(name, user, other, not is_new)

    # One request after the other on a client's connection.

    async def serve(self, reader, writer):
        self.clients.add(writer)
        try:
            while await self.serve_one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.clients.discard(writer)
            with contextlib.suppress(OSError):
                writer.close()

    async def serve_one(self, reader, writer):
        try:
            head = await read_head(reader)
        except Refused as refused:
            self.received += 1
            await self.answer(writer, refused, "close")
            return False
        if head is None:
            return False
        self.received += 1
        self.active += 1
        answered = []  # once
        try:
            work = asyncio.ensure_future(self.forward(*head, reader, writer, answered))
            await asyncio.wait({work, reader.gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done() and not answered:
                work.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await work
                return False
            return await work
        finally:
            if not answered:
                self.active -= 1

    def answered(self, answered):
        if not answered:
            answered.append(True)
            self.active -= 1

    async def answer(self, writer, refused, connection):
        body = json.dumps({"error": refused.code}).encode()
        fields = [("X-Helodata-Error-Code", refused.code), *refused.headers, ("Content-Length", len(body)), ("Connection", connection)]
        lines = [f"HTTP/1.1 {refused.status} Refused", *(f"{name}: {value}" for name, value in fields)]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)
        await writer.drain()

    async def forward(self, first, fields, reader, writer, answered):
        upstream = None
        try:
            parts = first.split(" ")
            if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
                raise Refused(400, "bad-request")
            length = framing(fields)
            name, user = self.user_of(fields)
            method, target = parts[0], parts[1]
            if method != "CONNECT" and not target.lower().startswith("http://"):
                raise Refused(400, "bad-request")
            exit_reader, upstream, pin, exit_ = await self.connect(name, user)
            if method == "CONNECT":
                return await self.tunnel(target, exit_reader, upstream, pin, exit_, reader, writer, answered)
            return await self.exchange(first, fields, length, exit_reader, upstream, pin, exit_, reader, writer, answered)
        except Refused as refused:
            self.answered(answered)
            # What is left of a body would be taken for the next request.
            keep = refused.status == 407 and framing_is_empty(fields)
            await self.answer(writer, refused, "keep-alive" if keep else "close")
            return keep
        finally:
            if upstream is not None:
                upstream.close()

    async def head_of_exit(self, exit_reader, pin):
        """What the exit answers, within the patience there is on the clock. One that goes instead fails this request, and loses its pin."""
        late = asyncio.get_running_loop().create_future()
        self.clock.at(self.clock.now + PATIENCE, lambda: late.done() or late.set_result(None))
        head = asyncio.ensure_future(read_head(exit_reader))
        try:
            await asyncio.wait({head, late}, return_when=asyncio.FIRST_COMPLETED)
            if not head.done():
                head.cancel()
                raise Refused(504, "exit-timeout")
            answer = head.result()
        except (OSError, Refused) as error:
            if isinstance(error, Refused) and error.status == 504:
                raise
            lose(pin)
            raise Refused(502, "exit-reset") from None
        finally:
            late.done() or late.cancel()
        if answer is None:
            lose(pin)
            raise Refused(502, "exit-reset")
        if values(answer[1], "proxy-status"):
            raise Refused(502, "exit-failed")
        return answer

    async def tunnel(self, target, exit_reader, upstream, pin, exit_, reader, writer, answered):
        upstream.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode("latin-1"))
        first, _ = await self.head_of_exit(exit_reader, pin)
        if first.split(" ")[1] != "200":
            raise Refused(502, "exit-refused")
        announced = self.announce(pin)
        lines = ["HTTP/1.1 200 Connection established", f"X-Helodata-Exit-IP: {exit_['ip']}", *announced]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        await writer.drain()
        self.answered(answered)

        async def pump(source, sink):
            while piece := await source.read(16384):
                sink.write(piece)
                await sink.drain()
            sink.write_eof()

        ways = [asyncio.ensure_future(pump(*way)) for way in ((reader, upstream), (exit_reader, writer))]
        with contextlib.suppress(OSError):
            await asyncio.gather(*ways)
            return False
        for way in ways:
            way.cancel()
        writer.transport.abort()
        return False

    @staticmethod
    def announce(pin):
        if not (pin and pin.announced):
            return []
        pin.announced = False
        return ["X-Helodata-Session-Repinned: true"]

    async def exchange(self, first, fields, length, exit_reader, upstream, pin, exit_, reader, writer, answered):
        named = {token.strip().lower() for value in values(fields, "connection") for token in value.split(",")}
        dropped = HOP_BY_HOP | named | {"proxy-authorization", "proxy-authenticate"}
        lines = [first, *(f"{name}: {value}" for name, value in fields if name.lower() not in dropped and not name.lower().startswith("x-helodata-"))]
        if length == "chunked":
            lines.append("Transfer-Encoding: chunked")
        upstream.write(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1"))
        sent = 0
        if length:
            async for piece, size in body_pieces(reader, length):
                upstream.write(piece)
                sent += size
        try:
            answer, said = await self.head_of_exit(exit_reader, pin)
        except Refused as refused:
            refused.headers += [("X-Helodata-Bytes-In", 0), ("X-Helodata-Bytes-Out", sent)]
            raise
        status = int(answer.split(" ")[1])
        bodiless = first.startswith("HEAD ") or status in (204, 304)
        until_close = False if bodiless else framing(said) is None
        rest = 0 if bodiless else framing(said)
        keep = "close" not in named and not until_close
        lines = [answer, *(f"{name}: {value}" for name, value in said if name.lower() not in HOP_BY_HOP)]
        if rest == "chunked":
            lines.append("Transfer-Encoding: chunked")
        lines += [f"X-Helodata-Exit-IP: {exit_['ip']}", f"X-Helodata-Bytes-Out: {sent}"]
        if isinstance(rest, int):
            lines.append(f"X-Helodata-Bytes-In: {rest}")
        lines += [*self.announce(pin), f"Connection: {'keep-alive' if keep else 'close'}"]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        if not bodiless:
            try:
                async for piece, _ in body_pieces(exit_reader, rest):
                    writer.write(piece)
                    await writer.drain()
            except (OSError, Lost, asyncio.IncompleteReadError):
                lose(pin)
                writer.transport.abort()  # a cut body is not passed off as whole
                self.answered(answered)
                return False
        await writer.drain()
        self.answered(answered)
        return keep

    # The clock contract.

    def state(self):
        counts = {"received": self.received, "active": self.active, "held": 0} if self.counts else {}
        return {**self.clock.state(), **counts}

    def contract(self, method, path, body):
        if path == "/clock":
            return (200, self.state()) if method == "GET" else (405, {"error": "GET"})
        if method != "POST" or path not in ("/clock/advance", "/reset"):
            return 404, {"error": "no such path"}
        asked = json.loads(body)
        if path == "/reset":
            self.reset(asked.get("seed", 0))
            return 200, {}
        if asked["to_ns"] < self.clock.now:
            return 400, {"error": f"it is {self.clock.now} already"}
        self.clock.advance(asked["to_ns"])
        return 200, self.state()

    async def serve_contract(self, token, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, Refused):
            while head := await read_head(reader):
                method, path, _ = head[0].split(" ")
                body = await reader.readexactly(framing(head[1]) or 0)
                known = values(head[1], "authorization") == [f"Bearer {token}"]
                status, answer = self.contract(method, path, body) if known else (401, {"error": "the token"})
                text = json.dumps(answer).encode()
                writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: {len(text)}\r\n\r\n".encode() + text)
                await writer.drain()
        writer.close()


def lose(pin):
    if pin:
        pin.lost = True


def framing_is_empty(fields):
    with contextlib.suppress(Refused):
        return not framing(fields)
    return False


async def listen(serve):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: asyncio.StreamReaderProtocol(Reader(), serve, loop=loop), "127.0.0.1", 0)
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def main(upstreams, options):
    request = urllib.request.Request(upstreams + "/exits", headers={"Authorization": f"Bearer {options['token']}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        exits = json.load(answer)
    gateway = Gateway(exits, options)
    proxy = await listen(gateway.serve)
    clock = await listen(lambda reader, writer: gateway.serve_contract(options["token"], reader, writer))
    print(json.dumps({"gateway": proxy, "clock": clock}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], json.loads(sys.stdin.readline())))
