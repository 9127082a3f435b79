#!/usr/bin/env python3
"""What the lint finds, and what it lets pass: each case is a small tree and the findings it must give."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import cxx_text
import lint

HEADER = "// A thing.\n#pragma once\n"


class TreeTest(unittest.TestCase):
    def findings(self, tree, executable=()):
        """Lints a tree given as {path: text}; a tree without a CMakeLists.txt is given one that lists everything."""
        tree = dict(tree)
        if not any(path.endswith("CMakeLists.txt") for path in tree):
            tree["CMakeLists.txt"] = " ".join(path for path in tree)
        with tempfile.TemporaryDirectory() as root:
            for path, text in tree.items():
                full = pathlib.Path(root, path)
                full.parent.mkdir(parents=True, exist_ok=True)
                full.write_bytes(text if isinstance(text, bytes) else text.encode())
                full.chmod(0o755 if path in executable else 0o644)
            return lint.lint(root)[1]

    def assert_finds(self, path, text, line, words):
        found = self.findings({path: text})
        self.assertEqual([(path, line)], [(f.path, f.line) for f in found], found)
        self.assertIn(words, found[0].message)

    def assert_clean(self, path, text):
        self.assertEqual([], self.findings({path: text}))

    def test_include_arrows(self):
        backward = [
            ("sim/core/a.cc", "sim/http/headers.h"),
            ("sim/http/a.cc", "sim/gateway/rules.h"),
            ("sim/http/a.cc", "sim/pool/pool.h"),
            ("sim/gateway/a.cc", "sim/pool/pool.h"),
            ("sim/gateway/a_test.cc", "sim/world/world.h"),
            ("sim/pool/a.cc", "sim/gateway/gateway.h"),
            ("sim/pool/a.cc", "sim/world/world.h"),
            ("sim/world/a.cc", "conformance/history/history.h"),
            ("sim/world/a.cc", "mock_upstream/net/server.h"),
            ("mock_upstream/net/a.cc", "conformance/history/history.h"),
            ("mock_upstream/net/a.cc", "reports/result.h"),
            ("reports/a.cc", "conformance/history/history.h"),
            ("reports/a.cc", "sim/core/time.h"),
            ("conformance/play/a.cc", "tools/program/commands.h"),
            ("conformance/judge/a.cc", "sim/gateway/rules.h"),
            ("conformance/judge/a.cc", "conformance/player/player.h"),
            ("conformance/history/a.cc", "conformance/judge/judge.h"),
        ]
        for path, header in backward:
            with self.subTest(path=path, header=header):
                self.assert_finds(
                    path, f'#include <vector>\n#include "{header}"\n', 2, f"includes {header}; it may include"
                )
        forward = [
            ("sim/http/a.cc", "sim/core/time.h"),
            ("sim/gateway/a.cc", "sim/http/headers.h"),
            ("sim/world/a.cc", "sim/gateway/gateway.h"),
            ("sim/world/a.cc", "sim/pool/pool.h"),
            ("mock_upstream/net/a.cc", "sim/gateway/gateway.h"),
            ("conformance/live/a.cc", "mock_upstream/net/server.h"),
            ("conformance/play/a.cc", "reports/result.h"),
            ("conformance/judge/a.cc", "conformance/history/history.h"),
            ("tools/program/a.cc", "conformance/player/player.h"),
        ]
        for path, header in forward:
            with self.subTest(path=path, header=header):
                self.assert_clean(path, f'#include "{header}"\n')

    def test_own_header_first(self):
        tree = {"sim/core/a.h": HEADER, "sim/core/b.h": HEADER}
        for text, line in [
            ('#include "sim/core/a.h"\n#include <string>\n', None),
            ('#include <string>\n#include "sim/core/a.h"\n', 1),
            ('\n#include "sim/core/b.h"\n#include "sim/core/a.h"\n', 2),
            ("int a;\n", 1),
        ]:
            found = self.findings(tree | {"sim/core/a.cc": text})
            self.assertEqual([("sim/core/a.cc", line)] if line else [], [(f.path, f.line) for f in found], text)
        self.assert_clean("sim/core/c.cc", "#include <string>\n")

    def test_one_type_a_name(self):
        def tree(first, second):
            return {
                "sim/core/a.h": HEADER + "\nnamespace pinproof::sim {\n\n" + first + "\n}\n",
                "sim/http/b.cc": "namespace pinproof::sim {\n\n" + second + "\n}\n",
            }

        clashing = [
            ("class A {\n};\n", "class A final : public B {\n};\n"),
            ("struct A {\n  int a;\n};\n", "namespace {\n\nint f() {\n}\n\n}\n\nstruct A {\n};\n"),
            ("enum class A : int { kOne };\n", "template <class T>\nstruct A {\n};\n"),
        ]
        for first, second in clashing:
            found = self.findings(tree(first, second))
            self.assertEqual(["sim/http/b.cc"], [f.path for f in found], second)
            self.assertIn("pinproof::sim::A is defined in sim/core/a.h:6 too", found[0].message)
        for second in [
            "class A;\n",
            "namespace {\n\nclass A {\n};\n\n}\n",
            "class B {\n  class A {\n  };\n};\n",
            "namespace more {\n\nclass A {\n};\n\n}\n",
            "struct A::B {\n};\n",
            "// class A {\n",
            "A f() {\n}\n",
        ]:
            self.assertEqual([], self.findings(tree("class A {\n};\n", second)), second)

    def test_include_is_a_path_from_the_root(self):
        self.assert_finds("sim/core/a.cc", '#include "time.h"\n', 1, "no path from the root")
        self.assert_finds("sim/core/a.cc", '#include "../core/time.h"\n', 1, "no path from the root")
        self.assert_finds("sim/core/a.cc", "#include <sim/core/time.h>\n", 1, "write it with quotes")

    def test_include_that_is_commented_out(self):
        self.assert_clean("sim/core/a.cc", '// #include "tools/x.h"\n/*\n#include "tools/x.h"\n*/\n')

    def test_libraries(self):
        misplaced = [
            ("sim/core/a.cc", "boost/asio.hpp"),
            ("conformance/judge/a.cc", "boost/asio/ip/tcp.hpp"),
            ("mock_upstream/net/server.cc", "boost/beast/http.hpp"),
            ("conformance/judge/a.cc", "boost/url.hpp"),
            ("conformance/history/record_reader.cc", "boost/json.hpp"),
            ("sim/gateway/sessions.cc", "boost/unordered/unordered_flat_map.hpp"),
            ("sim/gateway/rules.cc", "nlohmann/json.hpp"),
            ("sim/gateway/rules.cc", "nlohmann/json_fwd.hpp"),
            ("conformance/play/a.cc", "CLI/CLI.hpp"),
            ("conformance/judge/a.cc", "rapidcheck.h"),
            ("conformance/judge/a.cc", "gtest/gtest.h"),
            ("sim/core/event_queue_bench.cc", "benchmark/benchmark.h"),
            ("sim/core/a.cc", "ns3/simulator.h"),
            ("sim/core/a.cc", "openssl/sha.h"),
            ("sim/core/a.cc", "unistd.h"),
            ("conformance/judge/schema.cc", "valijson/schema.hpp"),
        ]
        for path, header in misplaced:
            with self.subTest(path=path, header=header):
                self.assert_finds(path, f"#include <{header}>\n", 1, f"<{header}> may not stand here")
        well_placed = [
            ("mock_upstream/net/server.cc", "boost/asio.hpp"),
            ("conformance/live/client.cc", "boost/asio.hpp"),
            ("conformance/targets/lab_target.cc", "boost/asio.hpp"),
            ("mock_upstream/wire/message_codec.cc", "boost/beast/http.hpp"),
            ("conformance/history/flat_json.cc", "boost/json/src.hpp"),
            ("sim/gateway/rules_json.cc", "nlohmann/json.hpp"),
            ("sim/gateway/rules_json_test.cc", "nlohmann/json.hpp"),
            ("tools/program/main.cc", "CLI/CLI.hpp"),
            ("conformance/explore/commands.cc", "rapidcheck.h"),
            ("sim/core/random_test.cc", "rapidcheck.h"),
            ("conformance/judge/history_testing.h", "gtest/gtest.h"),
            ("tools/bench/event_queue_bench.cc", "ns3/simulator.h"),
            ("reports/markdown.cc", "fmt/format.h"),
            ("sim/core/lookup_table.h", "boost/unordered/unordered_flat_map.hpp"),
        ]
        for path, header in well_placed:
            with self.subTest(path=path, header=header):
                self.assert_clean(path, f"{HEADER}#include <{header}>\n")

    def test_library_that_nobody_decided_on(self):
        self.assert_finds(
            "sim/core/a.cc", "#include <absl/strings/str_cat.h>\n", 1, "of no library that the house knows"
        )
        self.assert_finds("sim/core/a.cc", "#include <stdint.h>\n", 1, "use the C++ header")

    def test_valijson_in_one_file(self):
        found = self.findings(
            {
                "conformance/a_json.cc": "#include <valijson/schema.hpp>\n",
                "conformance/b_json.cc": "\n#include <valijson/schema.hpp>\n",
            }
        )
        self.assertEqual([("conformance/b_json.cc", 2)], [(f.path, f.line) for f in found])
        self.assertIn("already included by conformance/a_json.cc", found[0].message)

    def test_rapidcheck_after_gtest(self):
        self.assert_finds(
            "sim/core/a_test.cc", "#include <rapidcheck/gtest.h>\n#include <gtest/gtest.h>\n", 1, "stands before"
        )
        self.assert_clean("sim/core/a_test.cc", "#include <gtest/gtest.h>\n#include <rapidcheck/gtest.h>\n")

    def test_purity_of_sim(self):
        impure = [
            "#include <thread>",
            "#include <mutex>",
            "#include <random>",
            "#include <unordered_map>",
            "#include <fstream>",
            "#include <ctime>",
            "std::unordered_set<int> seen;",
            "auto now = std::chrono::steady_clock::now();",
            "using Clock = std::chrono::system_clock;",
            "auto now = Clock::now();",
            "auto now = std::time(nullptr);",
            "auto now = time(0);",
            "int draw = std::rand() % 6;",
            "int draw = rand();",
            "std::uniform_int_distribution<int> draw(0, 5);",
            "std::shuffle(a.begin(), a.end(), random);",
            "std::random_device seed;",
            "const char* home = std::getenv(name);",
            "std::FILE* file = std::fopen(name, mode);",
        ]
        for code in impure:
            with self.subTest(code=code):
                found = self.findings({"sim/pool/a.cc": f"int a;\n{code}\n"})
                self.assertEqual({("sim/pool/a.cc", 2)}, {(f.path, f.line) for f in found})
                self.assertEqual([], self.findings({"conformance/live/a.cc": f"int a;\n{code}\n"}))
        pure = [
            "// std::unordered_map would iterate by address, and rand() has no seed",
            'throw_error("no system_clock::now() here");',
            "Instant time() const; event.time(); set_time(instant);",
            "Instant World::now() const { return now_; }",
            "Operand(left); strand(); grand(1);",
            "std::map<int, int> sorted;",
            "#include <chrono>",
            "int fifty = 50'000; // 'rand('",
        ]
        for code in pure:
            with self.subTest(code=code):
                self.assert_clean("sim/pool/a.cc", f"{code}\n")
        self.assert_clean("sim/gateway/rules_json.cc", "#include <fstream>\n")

    def test_no_branch_on_the_dialect(self):
        for code in [
            "if (rules.dialect == Dialect::kHelodata) {",
            "if (dialect_ != kOther) {",
            "switch (rules.dialect) {",
            "if (a && b(c) && dialect() == d) {",
        ]:
            with self.subTest(code=code):
                self.assert_finds("sim/gateway/a.cc", f"void f() {{\n{code}\n}}}}\n", 2, "data, not a branch")
        self.assert_clean("sim/gateway/a.cc", "if (a) { dialect = b; }\nbool same = a.dialect == b.dialect;\n")
        self.assert_clean("conformance/play/a.cc", "if (dialect == kHelodata) {}\n")

    def test_no_sleep_in_tests(self):
        for code in ["std::this_thread::sleep_for(1s);", "::usleep(10);", "sleep(1);"]:
            with self.subTest(code=code):
                self.assert_finds("mock_upstream/a_test.cc", f"{code}\n", 1, "tests do not sleep")
        self.assert_clean("mock_upstream/a_test.cc", "harness.sleep(1s);\n")

    def test_length(self):
        line = "int a;\n"
        self.assert_clean("sim/core/a.cc", line * 400)
        self.assert_finds("sim/core/a.cc", line * 401, 401, "401 lines; split it at 400")
        self.assert_clean("sim/core/a.cc", "// Long because: one table.\n" + line * 900)
        self.assert_finds(
            "sim/core/a.cc", line * 20 + "// Long because: too late.\n" + line * 400, 421, "near the top"
        )

    def test_headers(self):
        self.assert_clean("sim/core/a.h", HEADER)
        self.assert_finds("sim/core/a.h", "// A thing.\nint a;\n", 1, "no #pragma once")
        self.assert_finds("sim/core/a.h", "// A thing.\n// #pragma once\n", 1, "no #pragma once")
        self.assert_finds("sim/core/a.h", "#pragma once\n// A thing.\n", 1, "opens with a comment")

    def test_listed_in_cmake(self):
        tree = {
            "sim/CMakeLists.txt": "pinproof_library(sim SOURCES core/a.cc HEADERS core/a.h)  # core/forgotten.cc\n",
            "sim/core/a.cc": '#include "sim/core/a.h"\n',
            "sim/core/a.h": HEADER,
        }
        self.assertEqual([], self.findings(tree))
        tree["sim/core/forgotten.cc"] = tree["sim/core/forgotten_test.cc"] = ""
        tree["sim/http/a.cc"] = ""
        self.assertEqual(
            ["sim/core/forgotten.cc", "sim/core/forgotten_test.cc", "sim/http/a.cc"],
            [f.path for f in self.findings(tree)],
        )

    def test_scripts(self):
        script = {"tools/run": "#!/bin/sh\n"}
        self.assertEqual([], self.findings(script, executable=["tools/run"]))
        self.assertIn("not executable", self.findings(script)[0].message)
        self.assertIn(
            "no interpreter", self.findings({"README.md": "Hello\n"}, executable=["README.md"])[0].message
        )

    def test_paths_of_a_machine(self):
        # Put together here, since this file is linted too.
        for path in ["/" + "home/ann/pinproof", "/" + "tmp/out", "/" + "root/.cache", "/" + "Users/ann"]:
            with self.subTest(path=path):
                self.assert_finds("docs/a.md", f"Hello\nSee {path} for it\n", 2, "a path of one machine")
        self.assert_clean(
            "docs/a.md", "https://example.test/" + "home/page /usr/share/x ${ROOT}/" + "tmp/x a/" + "work/b\n"
        )

    def test_binaries(self):
        found = self.findings({"docs/a.png": b"\x89PNG\0\0"})
        self.assertEqual(
            [("docs/a.png", "a binary file; the tree holds text only")], [(f.path, f.message) for f in found]
        )

    def test_build_folders_are_not_looked_at(self):
        self.assertEqual([], self.findings({"build/release/a.o": b"\0", "sim/core/a.cc": ""}))

    def test_findings_read_file_line_message(self):
        self.assertRegex(str(self.findings({"sim/core/a.h": "// A.\n"})[0]), r"^sim/core/a\.h:1: no #pragma once$")


class CoAwaitTest(unittest.TestCase):
    def test_traps(self):
        for code in [
            "co_await connect({.host = name, .port = 80});",
            "auto r = co_await connect(Endpoint{name, 80}, token);",
            "co_await\n    send(socket, std::vector<std::string>{a, b});",
            "if ((co_await fetch(Options{.a = 1})).ok) { go(); }",
            "co_return co_await fetch(Options{1});",
            "Result r{co_await fetch(), Options{1}};",
            "co_await run([name = std::move(name)]() { go(); });",
            "co_await run([=] { go(); });",
            "co_await run([&a, name] { go(); });",
            "while (true) { x(); co_await outer([&] { return f({.a = 1}); }, {.b = 2}); }",
        ]:
            with self.subTest(code=code):
                self.assertEqual(1, len(cxx_text.co_await_traps(f"awaitable<void> f() {{\n  {code}\n}}\n")))

    def test_not_traps(self):
        for code in [
            "Endpoint to{name, 80};\n  co_await connect(std::move(to));",
            "co_await connect(to, [&] { return Options{1}; });",
            "co_await connect(to, [this, &a](int b) -> bool { return f({.a = b}); });",
            "if (co_await done()) { list = {1, 2}; }",
            "if (co_await done()) {\n    use({.a = 1});\n  } else {\n    use(A{2});\n  }",
            "for (A a{1}; a; ++a) { co_await step(a); }",
            "while (co_await next()) { A a{1, 2}; }",
            "try { co_await step(); } catch (const E& e) { use(A{1}); }",
            "std::array<int, 2> a{1, 2}; a[co_await index()] = 3;",
            "co_await Later{};",
            "// co_await connect({.host = name});",
            'log("co_await f({1});");',
        ]:
            with self.subTest(code=code):
                self.assertEqual([], cxx_text.co_await_traps(f"awaitable<void> f() {{\n  {code}\n}}\n"))

    def test_line(self):
        text = "awaitable<void> f() {\n  co_await g(\n      A{1});\n}\n"
        self.assertEqual([(3, "a brace-initialised temporary")], cxx_text.co_await_traps(text))


class StripTest(unittest.TestCase):
    def test_blanks_comments_and_literals_and_keeps_lines(self):
        text = 'a("x // y"); // z\n/* b\nc */ d(R"--(e\n)" f)--", \'"\', 1\'000); g\n'
        stripped = cxx_text.strip(text)
        self.assertEqual(len(text), len(stripped))
        self.assertEqual(text.count("\n"), stripped.count("\n"))
        self.assertEqual(["a", "d", "g"], [word for word in "abcdefgxyz" if word in stripped])
        self.assertIn("1'000", stripped)


if __name__ == "__main__":
    unittest.main()
