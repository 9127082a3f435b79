"""The rules of the house, as tables: which folder includes which, what may stand where. The checks are in lint.py.

To add a rule, add a row; each row says why, since its reason is what the offender reads. Paths are relative to the root
of the tree, with forward slashes; a pattern is a regular expression, searched for in the path or in the line.
"""
import re
from typing import NamedTuple

# Folder -> folders whose headers its files may include. The longest matching folder decides; the arrows run one way.
# Inside sim, the gateway and the pool never see each other: they meet in the world, through values.
INCLUDES = {
    "sim": ["sim"],
    "sim/core": ["sim/core"],
    "sim/http": ["sim/core", "sim/http"],
    "sim/pool": ["sim/core", "sim/http", "sim/pool"],
    "sim/gateway": ["sim/core", "sim/http", "sim/gateway"],
    "mock_upstream": ["sim", "mock_upstream"],
    "reports": ["reports"],
    "conformance": ["sim", "mock_upstream", "conformance", "reports"],
    # The judge sees histories and what was promised, never the rules that a gateway follows, nor who drove it.
    "conformance/history": [
        "sim/core",
        "sim/http",
        "conformance/catalogue",
        "conformance/history",
        "conformance/scenario",
    ],
    "conformance/judge": [
        "sim/core",
        "sim/http",
        "conformance/catalogue",
        "conformance/history",
        "conformance/judge",
        "conformance/scenario",
    ],
    "tools": ["sim", "mock_upstream", "conformance", "reports", "tools"],
}

CODE_FOLDERS = ["sim", "mock_upstream", "conformance", "reports", "tools"]

# Written as patterns that do not match their own text, here and in the tests.
MACHINE_PATH = re.compile(r"(?<![\w.~:/}-])/(?:home|Users|root|work|tmp)/[\w.]")

LIVE = r"^mock_upstream/|^conformance/(?:.*/)?(?:live|lab|gateway_server)"
JSON = r"_json(?:_test)?\.cc$"
TEST = r"_test\.cc$|_testing\.(?:h|cc)$"


class Library(NamedTuple):
    header: str  # matched at the start of what stands between < and >
    where: str  # the files that may include it
    why: str


# Third-party headers. The first row that matches decides; one that no row knows is reported, so that a new
# dependency is a decision.
LIBRARIES = [
    Library(r"boost/asio", LIVE, "Asio is for the live parts: mock_upstream/ and conformance's live and lab"),
    Library(
        r"boost/beast",
        rf"(?:{LIVE}).*codec",
        "Beast is for *codec* files of the live parts: it costs minutes to compile",
    ),
    Library(r"boost/system/", LIVE, "error codes of the system are for the live parts"),
    Library(
        r"boost/json",
        r"^conformance/history/flat_json\.cc$",
        "Boost.JSON is for the lines of histories, which come by the million; its sources are compiled once",
    ),
    Library(r"boost/url", rf"^sim/http/|{LIVE}", "URLs are parsed in sim/http/ and in the live parts"),
    Library(
        r"boost/unordered",
        r"^sim/core/lookup_table\.h$",
        "hash containers stand behind sim/core/lookup_table.h, which nobody iterates",
    ),
    Library(r"nlohmann/json_fwd", rf"_json\.h$|{JSON}", "JSON is for *_json.h and *_json.cc"),
    Library(r"nlohmann/", JSON, "JSON is for *_json.cc and *_json_test.cc: it costs five seconds a file"),
    Library(r"valijson/", r"_json\.cc$", "the JSON Schema validator is for one *_json.cc"),
    Library(r"CLI/", r"^tools/", "CLI11 is for programs"),
    Library(r"rapidcheck", rf"{TEST}|^conformance/explore/", "rapidcheck is for tests and conformance/explore/"),
    Library(r"g(?:test|mock)/", TEST, "GoogleTest is for *_test.cc and *_testing.h"),
    Library(r"benchmark/", r"^tools/bench/", "benchmarks stand in tools/bench/"),
    Library(r"ns3/", r"^tools/bench/", "ns-3 is only what the benchmarks compare with"),
    Library(r"openssl/evp", rf"{LIVE}|^conformance/run/sha256\.cc$", "digests that others can check are made in one place"),
    Library(r"openssl/", LIVE, "TLS is for the live parts"),
    Library(r"pugixml", r"^reports/", "XML is for the JUnit renderer"),
    Library(r"(?:fmt|spdlog)/", r"", "anywhere"),
    Library(
        r"(?:sys|netinet|arpa|net)/|(?:unistd|fcntl|poll|sched|signal|dirent|termios|netdb|ifaddrs|dlfcn)\.h$",
        rf"{LIVE}|^tools/",
        "the system's own headers are for the live parts and tools",
    ),
]

# Headers that at most one file includes.
SINGLE_USE = {"valijson/": "its templates cost half a minute a file"}


class Ban(NamedTuple):
    what: str  # searched for in the code, comments and string literals blanked
    where: str
    why: str
    unless: str = ""  # files that are excused


SIM = r"^sim/"
PURE = "sim is a pure function of version, seed and input"
# A call of the C library's NAME, and not a member or a function of the house that is called the same.
C_CALL = r"(?<![\w.>:])(?:std::|::)?"

BANS = [
    Ban(
        r"#\s*include\s*<(?:thread|mutex|shared_mutex|condition_variable|future|stop_token|semaphore|latch|barrier)>",
        SIM,
        f"no threads: {PURE}",
    ),
    Ban(r"#\s*include\s*<random>", SIM, f"sim/core/random.h has a generator that is equal everywhere: {PURE}"),
    Ban(
        rf"{C_CALL}s?rand\s*\(|\brandom_device\b|\bmt19937|\bdefault_random_engine\b",
        SIM,
        f"use sim/core/random.h: {PURE}",
    ),
    Ban(
        r"std::\w+_distribution\b|std::(?:ranges::)?(?:shuffle|sample)\b",
        SIM,
        f"distributions differ between standard libraries; use sim/core/random.h: {PURE}",
    ),
    Ban(
        r"#\s*include\s*<unordered_\w+>|std::(?:pmr::)?unordered_",
        SIM,
        f"order by hash does not repeat; use a sorted container or sim/core/lookup_table.h: {PURE}",
    ),
    Ban(
        r"#\s*include\s*<(?:fstream|filesystem)>|" + C_CALL + r"fopen\s*\(",
        SIM,
        f"files are read in *_json.cc only: {PURE}",
        unless=JSON,
    ),
    Ban(r"#\s*include\s*<(?:ctime|time\.h|sys/time\.h)>", SIM, f"time is handed in: {PURE}"),
    Ban(r"\b(?:system|steady|high_resolution|utc|file)_clock\b|::now\s*\(\s*\)(?!\s*const\b)", SIM, f"time is handed in: {PURE}"),
    Ban(
        C_CALL
        + r"(?:time\s*\(\s*(?:nullptr|NULL|0|&\w+)\s*\)|clock\s*\(\s*\)|gettimeofday\s*\(|clock_gettime\s*\()",
        SIM,
        f"time is handed in: {PURE}",
    ),
    Ban(
        C_CALL + r"(?:secure_)?getenv\s*\(",
        r"^(?:sim|reports|conformance/(?:judge|history|scenario))/",
        "the environment is for programs and live parts",
        unless=TEST,
    ),
    Ban(
        r"\b(?:if|while)\s*\([^;{]*\bdialect\w*(?:\(\))?\s*[=!]=|\bswitch\s*\([^){]*\bdialect",
        r"^sim/gateway/",
        "what differs by vendor is a rule: data, not a branch on the dialect",
        unless=JSON,
    ),
    Ban(
        r"\bsleep_(?:for|until)\b|" + C_CALL + r"(?:u|nano)?sleep\s*\(",
        TEST,
        "tests do not sleep: use virtual time, events, or port 0",
    ),
]

LONG_FILE_LINES = 400
LONG_FILE_REASON = "// Long because:"
LONG_FILE_REASON_WITHIN = 20  # lines from the top
