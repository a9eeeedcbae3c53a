"""Names of columns: what is computed of them, which ones a type chooses, and other names for them."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from nb2prod.plan.serving.arguments import argument
from nb2prod.plan.serving.values import Known, Table, Value

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions

# Methods of texts, and of `.str` of a list of names, that need no argument or plain ones.
TEXTS: dict[str, Callable[..., str]] = {
    "lower": str.lower, "upper": str.upper, "strip": str.strip, "lstrip": str.lstrip, "rstrip": str.rstrip, "title": str.title,
    "capitalize": str.capitalize, "replace": str.replace, "casefold": str.casefold, "swapcase": str.swapcase,
}  # fmt: skip
# What `select_dtypes` calls kinds of columns, by those that a schema tells.
NUMBERS = frozenset({"number", "np.number", "numpy.number", "int64", "float64", "int", "float"})
WORDS = frozenset({"object", "O", "str", "string"})


def named_text(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Known) -> Value | None:
    """A method of a text, or of each name of a list; None if it is none that we know."""
    method = TEXTS.get(func.attr)
    given = [known.value(part) for part in node.args]
    plain = [each.value for each in given if isinstance(each, Known) and isinstance(each.value, str)]
    if method is None or node.keywords or len(plain) != len(given) or (func.attr == "replace") != (len(plain) == 2):
        return None
    if any(not text.replace(" ", "_").isidentifier() and len(text) > 1 for text in plain[:1]):
        return None  # it may be a pattern
    if isinstance(owner.value, str):
        return Known(method(owner.value, *plain), owner.trail)
    if isinstance(owner.value, list) and all(isinstance(name, str) for name in owner.value):
        return Known([method(name, *plain) for name in owner.value], owner.trail)
    return None


def renamed(known: "Expressions", table: Table, target: ast.Attribute, expression: ast.expr) -> str:
    """`df.columns = [...]`: the reason if the table can't be followed, "" if its columns have their names now.

    A row to serve has fewer columns, so that a list of names becomes other names for some of them.
    """
    value = known.value(expression)
    names = value.value if isinstance(value, Known) else None
    before = list(table.columns)
    if not isinstance(names, list) or len(names) != len(before) or table.group is not None or table.unread:
        return ".columns is set to what is not known"
    if len(set(names)) < len(names) or sum(other is table for other in known.names.values()) > 1:
        return ".columns is set for a table that has another name too"
    if isinstance(expression, ast.List):
        pairs = ", ".join(f"{old!r}: {new!r}" for old, new in zip(before, names, strict=True) if old != new)
        owner = ast.unparse(target.value)
        known.instead(target, owner)
        known.instead(expression, f"{owner}.rename(columns={{{pairs}}})")
    table.columns = {str(new): table.columns[old] for old, new in zip(before, names, strict=True)}
    table.own = table.own.by(known.statement) | value.trail
    return ""


def of_kind(known: "Expressions", node: ast.Call, owner: Table) -> Value | None:
    """`df.select_dtypes("number")`: the columns of a kind; None if a column's kind is not known."""
    raw = [name for trail in owner.columns.values() for name in trail.raw]
    if owner.group is not None or owner.unread or any(trail.made for trail in owner.columns.values()):
        return None
    include, exclude = _kinds(argument(node, 0, "include")), _kinds(argument(node, 1, "exclude"))
    if include is None or exclude is None or bool(include) == bool(exclude):
        return None
    of = {"numbers": known.texts.get("numbers", frozenset()), "words": known.texts.get("text", frozenset())}
    if not set(raw) <= of["numbers"] | of["words"]:
        return None
    chosen = frozenset().union(*(of[kind] for kind in include or exclude))
    kept = {n: t for n, t in owner.columns.items() if (t.raw <= chosen) == bool(include)}
    return Table(kept, owner.own)


def _kinds(node: ast.expr | None) -> frozenset[str] | None:
    """The kinds that an argument names: some of "numbers" and "words"; None if it names others."""
    if node is None:
        return frozenset()
    parts = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    names = {str(part.value) if isinstance(part, ast.Constant) else ast.unparse(part) for part in parts}
    if names & {"int64", "float64", "int", "float"} and not {"int64", "float64"} <= names:
        return None  # one kind of numbers alone
    if not names <= NUMBERS | WORDS:
        return None
    return frozenset(("numbers",) if names & NUMBERS else ()) | frozenset(("words",) if names & WORDS else ())


def split_source(known: "Expressions", source: ast.expr) -> tuple[Table, str] | None:
    """What `train_test_split(df[["a"]], ...)` splits, and its text for a row to serve; None if that is not plain."""
    if isinstance(source, ast.Name):
        value = known.value(source)
        return (value, source.id) if isinstance(value, Table) else None
    edits, filters = len(known.change().edits), len(known.change().filters)
    value = known.value(source)
    if not isinstance(value, Table) or len(known.change().filters) > filters:
        return None
    made = known.change().edits[edits:]
    del known.change().edits[edits:]
    text = ast.unparse(source)
    if made and (len(made) > 1 or not made[0].text.startswith(", errors=") or not text.endswith(")")):
        return None
    return value, f"{text[:-1]}{made[0].text})" if made else text
