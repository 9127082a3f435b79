"""As much understanding of C++ text as the lint needs: what is code, and where a statement ends."""
import re
from typing import NamedTuple

_NOT_CODE = re.compile(
    r"""//(?:\\\n|[^\n])*"""
    r"""|/\*.*?\*/"""
    r"""|\b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)\""""
    r'''|"(?:\\.|[^"\\\n])*"'''
    r"""|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'""",
    re.DOTALL,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>]+)>|"([^"]+)")', re.MULTILINE)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def _blank(match):
    text = match.group(0)
    if text[0] == "/":
        return re.sub(r"[^\n]", " ", text)
    # The quotes stay, so that a string is still seen to be something.
    return '"' + re.sub(r"[^\n]", " ", text[1:-1]) + '"'


def strip(text):
    """The text with comments and literals blanked: of the same length, with every line where it was."""
    includes = [m.span() for m in _INCLUDE.finditer(text)]

    def keep_includes(match):
        return match.group(0) if any(a <= match.start() < b for a, b in includes) else _blank(match)

    return _NOT_CODE.sub(keep_includes, text)


class Include(NamedTuple):
    line: int
    path: str
    is_system: bool  # written with < and >


def includes(text):
    """Every #include that is not commented out."""
    found = []
    for match in _INCLUDE.finditer(strip(text)):
        found.append(
            Include(line_of(text, match.start(0)), match.group(1) or match.group(2), match.group(1) is not None)
        )
    return found


_SCOPE = re.compile(
    r"^(?:inline )?namespace(?: (?P<namespace>[\w:]+))? \{"
    r"|^\}(?P<end>)(?! *;)"
    r"|^(?:template <.*>\s)?(?:class|struct|union|enum class|enum) (?P<type>[\w:]+)(?: final)?(?:\s*:\s[^;{]*)?\s*\{",
    re.MULTILINE,
)


def shared_types(code):
    """(line, full name) of each type that stripped code defines in a namespace with a name: what other files can clash with. Knows the
    house's layout: namespaces, and types in them, begin at the first column."""
    scopes = []
    found = []
    for match in _SCOPE.finditer(code):
        if match["type"] is not None:
            if scopes and None not in scopes:
                found.append((line_of(code, match.start()), "::".join([*scopes, match["type"]])))
        elif match["end"] is None:
            scopes.append(match["namespace"])
        elif scopes and code[match.end() :].split("\n", 1)[0].strip() == "" and _closes_namespace(code, match.start()):
            scopes.pop()
    return found


_HIDDEN = re.compile(
    r"^(?:template <[^\n]*>\s)?(?:class|struct|union|enum class|enum) (?P<type>\w+)\b(?![^\n{]*;)"
    r"|^using (?P<alias>\w+) = "
    r"|^(?:constexpr|const|inline|static|thread_local)\b[^\n=({]*?\b(?P<constant>k[A-Z]\w*)\b(?!\()"
    r"|^(?!(?:return|using|else|case|public|private|protected|friend)\b)(?:[\w:<>,*&\[\]]+ )*[\w:<>,*&\[\]]+[ *&]+(?P<function>\w+)\(",
    re.MULTILINE,
)


def hidden_names(code):
    """(line, name) of what stripped code defines in unnamed namespaces."""
    return [
        (line_of(code, match.start()), next(filter(None, match.groups())))
        for start, end in _unnamed_spans(code)
        for match in _HIDDEN.finditer(code, start, end)
    ]


def _unnamed_spans(code):
    scopes = []
    spans = []
    for match in _SCOPE.finditer(code):
        if match["type"] is not None:
            continue
        if match["end"] is None:
            scopes.append((match["namespace"], match.end()))
        elif scopes and code[match.end() :].split("\n", 1)[0].strip() == "" and _closes_namespace(code, match.start()):
            name, start = scopes.pop()
            if name is None:
                spans.append((start, match.start()))
    return spans


def _closes_namespace(code, offset):
    """A brace at the first column after a function's body closes that function; after an empty line, a namespace."""
    return code[:offset].endswith("\n\n")


class _Statement:
    def __init__(self):
        self.parens = 0  # open ( and [ since the statement began
        self.awaits = []  # offsets of co_await
        self.temporaries = []  # (offset, what) of values that the statement builds
        self.braces = 0  # open braces of initialisers


_TOKEN = re.compile(r"[A-Za-z_]\w*|[(){}\[\];]|\S")
_VALUE_CAPTURE = re.compile(r"^\s*=|[\w]\s*=|(?:^|,)\s*(?!this\b)[A-Za-z_]\w*\s*(?:,|$)")


def co_await_traps(text):
    """(line, what) of each statement that has a co_await and builds an aggregate or a lambda owning its captures.

    g++ 12.2 destroys such temporaries twice. A brace is an initialiser when it stands inside parentheses and
    follows no `)`, or when `=`, a comma or a name after co_await precedes it; else it opens a block, whose statements
    are looked at one by one.
    """
    code = strip(text)
    traps = []
    stack = [_Statement()]
    previous = ""
    lambda_pending = False  # a capture list was closed, its body not yet opened

    def finish(statement):
        if statement.awaits:
            traps.extend((line_of(text, offset), what) for offset, what in statement.temporaries)

    for match in _TOKEN.finditer(code):
        token, offset, top = match.group(0), match.start(), stack[-1]
        if token == "co_await":
            top.awaits.append(offset)
        elif token == "(":
            top.parens += 1
        elif token == ")":
            top.parens -= 1
        elif token == "[":
            top.parens += 1
            capture = code[offset + 1 : code.find("]", offset)]
            if previous in ("(", ",", "=", "return", "{") and not code.startswith("[[", offset):
                lambda_pending = True
                if _VALUE_CAPTURE.search(capture):
                    top.temporaries.append((offset, "a lambda that captures by value"))
        elif token == "]":
            top.parens -= 1
        elif token == "{":
            initialises = not lambda_pending and (
                top.braces > 0
                or (top.parens > 0 and previous != ")")
                or (
                    top.parens == 0
                    and (
                        previous in ("=", ",", "co_await", "return", "co_return")
                        or bool(top.awaits)
                        and previous != ")"
                    )
                )
            )
            if initialises:
                top.braces += 1
                if not re.match(r"\{\s*\}", code[offset:]):
                    top.temporaries.append((offset, "a brace-initialised temporary"))
            else:
                lambda_pending = False
                if top.parens == 0:
                    finish(top)  # the head of if, while, for
                    stack[-1] = _Statement()
                stack.append(_Statement())
        elif token == "}":
            if top.braces > 0:
                top.braces -= 1
            elif len(stack) > 1:
                finish(stack.pop())
                if stack[-1].parens == 0 and stack[-1].braces == 0:
                    finish(stack[-1])
                    stack[-1] = _Statement()
        elif token == ";" and top.parens <= 0 and top.braces == 0:
            finish(top)
            stack[-1] = _Statement()
            lambda_pending = False
        previous = token
    return traps
