"""Which values are secrets, wherever they stand; no report may show one."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nb2prod.model.patterns import pattern
from nb2prod.model.secret_names import names_secret
from nb2prod.rules._flow import constant

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

# Credentials that are known by their shape alone.
SHAPES = {
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{50,}\b",
    "a GitLab token": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "an API key": r"\bsk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{24,}|\b[sr]k_live_[A-Za-z0-9]{20,}",
    "a Google API key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a Hugging Face token": r"\bhf_[A-Za-z0-9]{30,}\b",
    "a Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a SendGrid key": r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{20,20000}",
    "a password in a URL": r"\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@'\"{}]{0,100}:(?P<password>[^\s:/@'\"{}<>$]{3,100})@[\w.-]",
}
# What each of them holds to the letter: one look at a text says whether it is worth trying.
MARKS = {
    "an AWS access key": ("AKIA", "ASIA"),
    "a GitHub token": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "a GitLab token": ("glpat-",),
    "an API key": ("sk-", "k_live_"),
    "a Google API key": ("AIza",),
    "a Hugging Face token": ("hf_",),
    "a Slack token": ("xox",),
    "a SendGrid key": ("SG.",),
    "a JSON web token": ("eyJ",),
    "a private key": ("PRIVATE KEY",),
    "a password in a URL": ("://",),
}
IN_URL = pattern(r"://[^\s:/@'\"{}]{0,100}:[^\s:/@'\"{}<>$]{3,100}@")

PASSWORD = pattern(r"pass|pwd", re.IGNORECASE)
PLACEHOLDER = pattern(
    r"x{3,}|\*{3,}|\.{3}|…|[<>{}$\[\]()%]|(?<![a-z0-9])(?:your|my|the|this|change|example|sample|placeholder|insert|replace|dummy|fake|todo|"
    r"enter|paste|here|some|test|secret|token|password|passwd|key|none|null|redacted|removed|hidden|env|null|false|true)(?![a-z0-9])|"
    r"example|changeme|placeholder|^(.)\1*$|0{6}|123456",
    re.IGNORECASE,
)


class Secret(NamedTuple):
    """One secret: what it is, its value, and where it stands; `node` is the literal if it is one in code."""

    kind: str
    value: str
    cell: int
    line: int
    place: str
    node: ast.Constant | None = None


def secrets(context: "Context") -> list[Secret]:
    """Every secret of a notebook: in code, in prose, in saved outputs."""
    if context.found_secrets is None:
        kinds = _kinds(context.everything)
        context.found_secrets = [*_in_code(context, kinds), *(_in_text(context, kinds) if kinds else ())]
    return context.found_secrets


def secret_values(context: "Context") -> frozenset[str]:
    """The texts that no report may show: the values, as they are and as they were written."""
    found: set[str] = set()
    for secret in secrets(context):
        written = context.text(secret.node)[1:-1].strip("'\"") if secret.node else ""
        lines = [*secret.value.split("\n"), *written.split("\n")]
        found.update(text for text in (secret.value, *lines) if len(text.strip()) >= 4)
    return frozenset(found)


def _in_code(context: "Context", kinds: Sequence[str]) -> Iterator[Secret]:
    seen: set[ast.Constant] = set()
    for name, node in _named(context):
        if isinstance(node.value, str) and node not in seen and _looks_secret(name, node.value):
            seen.add(node)
            kind = "a password" if PASSWORD.search(name) else f"the value of {name}"
            yield Secret(kind, node.value, context.cell_of(node).index, node.lineno, "code", node)
    marks = tuple(mark for kind in kinds for mark in MARKS[kind])
    for node in context.holding(marks) if marks else ():
        if node in seen or not any(map(context.cell_of(node).source.__contains__, marks)):
            continue
        for kind, value in shaped_in(str(node.value), kinds):
            yield Secret(kind, value, context.cell_of(node).index, node.lineno, "code", node)


def _in_text(context: "Context", kinds: Sequence[str]) -> Iterator[Secret]:
    """Secrets known by their shape: in comments and shell lines, in prose, in outputs."""
    for cell in context.notebook.cells:
        texts = [(cell.source, "code" if cell.kind == "code" else "prose"), *((o.text, "output") for o in cell.outputs)]
        for text, place in texts:
            for kind, value in shaped_in(text, kinds):
                line = text.count("\n", 0, text.find(value)) + 1 if place != "output" else 1
                yield Secret(kind, value, cell.index, line, place)


@cache
def _compiled(kind: str) -> re.Pattern[str]:
    """A shape, compiled when a text first asks for it."""
    return re.compile(SHAPES[kind])


def shaped_in(text: str, kinds: Iterable[str] = SHAPES) -> Iterator[tuple[str, str]]:
    """The credentials in a text that are known by their shape, of some kinds."""
    for kind in kinds:
        if not any(map(text.__contains__, MARKS[kind])):
            continue
        for match in _compiled(kind).finditer(text):
            value = match.group("password") if "password" in match.re.groupindex else match.group()
            if not PLACEHOLDER.search(value.partition("-----")[0] or "ok"):
                yield kind, value


def _kinds(text: str) -> list[str]:
    """The kinds of credentials that a text may hold: plain searches, since every text is asked."""
    found = [kind for kind, marks in MARKS.items() if any(map(text.__contains__, marks))]
    return [kind for kind in found if kind != "a password in a URL" or ("@" in text and IN_URL.search(text))]


def _named(context: "Context") -> Iterator[tuple[str, ast.Constant]]:
    """Literals with the name under which they are kept or passed, where that is the name of a secret."""
    for name, keywords in context.keywords.items():
        if names_secret(name):
            yield from ((name, k.value) for k in keywords if isinstance(k.value, ast.Constant))
    for assign in context.nodes(ast.Assign):
        if isinstance(assign.value, ast.Constant):
            yield from ((name, assign.value) for target in assign.targets if names_secret(name := _name(target)))
    for annotated in context.nodes(ast.AnnAssign):
        if isinstance(annotated.value, ast.Constant) and names_secret(name := _name(annotated.target)):
            yield name, annotated.value
    for mapping in context.nodes(ast.Dict):
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            if isinstance(value, ast.Constant) and isinstance(text := constant(key), str) and names_secret(text):
                yield text, value
    for arguments in context.nodes(ast.arguments):
        yield from ((name, value) for name, value in _defaults(arguments) if names_secret(name))


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.Constant]]:
    """The parameters that have literals as defaults."""
    named = [*arguments.posonlyargs, *arguments.args]
    defaults = zip(named[len(named) - len(arguments.defaults) :], arguments.defaults, strict=True)
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for argument, default in (*defaults, *keywords):
        if isinstance(default, ast.Constant):
            yield argument.arg, default


@lru_cache(maxsize=4096)
def _name(target: ast.expr) -> str:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str() as name)):
            return name
    return ""


def _looks_secret(name: str, value: str) -> bool:
    """Whether a value under a name is a real credential, not a placeholder, a token of text or another name."""
    if len(value) < 4:
        return False
    if (
        not value.isascii()
        or any(c.isspace() for c in value)
        or PLACEHOLDER.search(value)
        or value.lower() == name.lower()
    ):
        return False
    if "/" in value and value.startswith(("/", "http", "./", "~")):
        return False
    if PASSWORD.search(name):
        return not value.isidentifier() or any(c.isdigit() for c in value)
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return len(value) >= 12 and mixed and not re.fullmatch(r"[A-Z][A-Z_]+\d?", value)
