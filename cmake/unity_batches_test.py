#!/usr/bin/env python3
"""Which sources go together: what hides one name goes apart, and nothing is forgotten."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import unity_batches

SCRIPT = pathlib.Path(unity_batches.__file__)


def hiding(text):
    return f"namespace a {{\nnamespace {{\n\n{text}\n\n}}  // namespace\n\n}}  // namespace a\n"


class UnityBatchesTest(unittest.TestCase):
    def test_the_first_batch_with_room_where_nothing_earlier_is_hidden_of_what_it_says(self):
        def source(hidden="", taken="", words=""):
            return unity_batches.Source(set(hidden.split()), set(taken.split()), set((hidden + " " + words).split()))

        none, hides, says, both = source(), source(hidden="one"), source(words="one"), source(hidden="one two")
        takes, also_takes = source(taken="other::one", words="one"), source(taken="other::one third::two", words="one two")
        cases = [
            ([], 2, []),
            ([none, none, none], 2, [0, 0, 1]),
            ([hides, hides, hides], 9, [0, 1, 2]),
            ([hides, says, none], 9, [0, 1, 0]),
            ([says, hides], 9, [0, 0]),
            ([hides, both, source(words="two"), none], 9, [0, 1, 0, 0]),
            ([takes, says], 9, [0, 1]),
            ([takes, takes, also_takes], 9, [0, 0, 0]),
            ([also_takes, takes, says], 9, [0, 0, 1]),
            ([hides, hides, none, none, none], 2, [0, 1, 0, 1, 2]),
        ]
        for sources, size, expected in cases:
            with self.subTest(sources=sources, size=size):
                self.assertEqual(expected, unity_batches.batches(sources, size))

    def test_what_a_source_hides(self):
        cases = {
            "struct Case {\n  int kInside;\n};": {"Case"},
            "template <class T>\nclass Box : public T {\n};": {"Box"},
            "enum class Kind { kOne };": {"Kind"},
            "using Json = nlohmann::json;": {"Json"},
            "using testing::ElementsAre;": set(),
            "constexpr int kMost = 3;": {"kMost"},
            "const Case kCases[] = {\n    {1},\n};": {"kCases"},
            "const std::string kName = joined(kOther);": {"kName"},
            "std::vector<int> all(int most) {\n  return {};\n}": {"all"},
            "const Case& one_of(const std::vector<Case>& cases) {\n  return cases[0];\n}": {"one_of"},
            "template <class T>\nvoid write(T& out) {\n  helper(out);\n}": {"write"},
            "TEST(Box, Opens) {\n  helper();\n}": set(),
            "struct Forward;\nclass Other;": set(),
            "// int remark(int);": set(),
        }
        with tempfile.TemporaryDirectory() as folder:
            for text, expected in cases.items():
                with self.subTest(text=text):
                    path = pathlib.Path(folder, "a.cc")
                    path.write_text(hiding(text))
                    self.assertEqual(expected, unity_batches.read(path).hidden)
                    path.write_text("namespace a {\n\n" + text + "\n\n}  // namespace a\n")
                    self.assertEqual(set(), unity_batches.read(path).hidden, "not hidden")

    def test_one_number_a_source_in_their_order(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"a.cc": "int f();", "b.cc": "int f();", "c.cc": "int g();"}.items():
                pathlib.Path(folder, name).write_text(hiding(text))
            done = subprocess.run([SCRIPT, "12", "a.cc", "b.cc", "c.cc"], cwd=folder, capture_output=True, text=True, check=True)
            self.assertEqual("0;1;0", done.stdout)


if __name__ == "__main__":
    unittest.main()
