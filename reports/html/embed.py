"""Puts the style sheet and the script of the HTML report into a C++ file.

    embed.py OUT.cc --css FILE… --js FILE…

The files are put one behind the other in the order given. A file that could end its element early, or that is not plain ASCII, is an error.
"""
import argparse
import base64
import hashlib
import pathlib
import sys

PIECE = 8000  # characters of one literal; compilers take no endless ones


def text_of(paths, end_tag):
    text = "".join(pathlib.Path(path).read_text(encoding="ascii") for path in paths)
    for forbidden in (end_tag, "<!--", ')asset"'):
        if forbidden in text.lower():
            sys.exit(f"embed.py: the {end_tag[2:]} files must not contain {forbidden!r}")
    return text


def function(name, text):
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    pieces = "\n".join(f'R"asset({text[at:at + PIECE]})asset"' for at in range(0, len(text), PIECE))
    return f'HtmlAsset {name}() {{\n  return {{{pieces},\n          "{digest}"}};\n}}\n'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--css", nargs="+", required=True)
    parser.add_argument("--js", nargs="+", required=True)
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(
        '#include "reports/html/html_assets.h"\n\nnamespace pinproof::reports {\n\n'
        + function("html_style", text_of(arguments.css, "</style"))
        + "\n"
        + function("html_script", text_of(arguments.js, "</script"))
        + "\n}  // namespace pinproof::reports\n"
    )


main()
