"""Which expressions do nothing but compute: their value may be left out when only a screen would have shown it."""

import ast
from collections.abc import Callable, Iterable

from nb2prod import catalogue

# Methods that only look, whatever the library; `info` is missing because it prints.
LOOKS = frozenset(
    "head tail describe sample_size value_counts nunique unique isnull isna notnull notna sum mean median std var min max "
    "count corr cov groupby agg aggregate mode quantile idxmax idxmin nlargest nsmallest sort_values sort_index "
    "to_frame to_string to_dict to_list tolist keys values items copy round abs cumsum query summary "
    "transpose pivot_table pivot crosstab unstack stack melt drop dropna fillna rename merge join astype "
    "reset_index set_index loc iloc get_params conf_int format upper lower strip split startswith endswith".split()
)


# Attributes that frames and arrays keep or compute anew; attributes of other objects may be computed once and kept.
PLAIN = frozenset(
    "shape columns index dtypes dtype values size T ndim empty name loc iloc at iat str dt cat plot real imag flat nbytes".split()
)
SAFE = ("pandas.", "numpy.", "polars.", "sklearn.", "matplotlib.", "datetime.", "pathlib.", "collections.")
# Builtins that use up what they iterate over, those of them that make something new, those that act when they are called.
ITERATES = frozenset(
    "all any sorted sum min max list tuple set dict frozenset enumerate zip iter join fromkeys".split()
)
FRESH = frozenset("list tuple set dict frozenset sorted enumerate zip map filter range reversed".split())
ACTS = frozenset("print next setattr delattr exec eval input open".split())
CHANGES = frozenset(
    "append extend add update insert remove pop clear discard write writelines setdefault popitem put send".split()
)
BUILTIN = frozenset(
    "int float str bool bytes complex list dict set tuple frozenset range module Callable Iterator".split()
)

DICTS = frozenset({"dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter"})
TEXTS = frozenset(
    {"__repr__", "__str__", "__format__", "_repr_html_", "_repr_markdown_", "_repr_pretty_", "_repr_latex_"}
)
TELLS = frozenset(
    "str repr len type round format join sorted map list tuple dict sum min max abs isinstance getattr int float zip enumerate".split()
)


def acts_when_shown(classes: Iterable[ast.ClassDef]) -> bool:
    """Whether any of the notebook's classes does more than tell when it is displayed or printed."""
    methods = (
        part for node in classes for part in node.body if isinstance(part, ast.FunctionDef) and part.name in TEXTS
    )
    return any(not _only_tells(method) for method in methods)


def _only_tells(method: ast.FunctionDef) -> bool:
    for part in ast.walk(method):
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if name not in TELLS | LOOKS:
                return False
        if isinstance(part, ast.AugAssign | ast.Global | ast.Delete) or (
            isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Store)
        ):
            return False
    return True


def keeps(node: ast.expr, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]) -> bool:
    """Whether looking at a value may leave something computed behind in an object: a fitted model keeps what it is asked."""
    for part in ast.walk(node):
        if (
            not isinstance(part, ast.Attribute)
            or part.attr in PLAIN
            or part.attr in LOOKS - {"summary", "conf_int", "params"}
        ):
            continue
        root = qualified(part).split(".")[0] if qualified(part) else ""
        owner = kind(part.value)
        if catalogue.function(qualified(part)) is not None or (root and catalogue.inert(root) and not owner):
            continue
        if not owner.startswith(SAFE) and owner.split("[")[0] not in BUILTIN:
            return True
    return False


def pure(
    node: ast.expr, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str], own: frozenset[str]
) -> bool:
    """Whether evaluating an expression has no effect; `own` are the notebook's functions, classes and methods."""
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(part, ast.Call) and not _pure_call(part, kind, qualified, own):
            return False
        if not all(_iterable_again(iterated, kind) for iterated in _iterated(part)):
            return False
    return True


def _iterated(node: ast.AST) -> list[ast.expr]:
    """What a part of an expression iterates over."""
    match node:
        case ast.Call(func=ast.Name(id="map" | "filter"), args=[_, *rest]):
            return rest
        case ast.Call(func=ast.Name(id="min" | "max"), args=[_, _, *_]):
            return []
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in ITERATES:
            return args
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return [generator.iter for generator in node.generators]
        case ast.Starred(value=value):
            return [value]
        case ast.Compare(ops=ops, comparators=comparators):
            return [right for op, right in zip(ops, comparators, strict=True) if isinstance(op, ast.In | ast.NotIn)]
    return []


def _iterable_again(node: ast.expr, kind: Callable[[ast.expr], str]) -> bool:
    """Whether iterating over a value leaves it as it was: it does not use up an iterator that others hold."""
    match node:
        case ast.List() | ast.Tuple() | ast.Set() | ast.Dict() | ast.Constant() | ast.JoinedStr() | ast.Starred():
            return True
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return True
        case ast.Call(func=ast.Name(id=name)) if name in FRESH:
            return True
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "values" | "items"), args=[]):
            return kind(owner).split("[")[0] in DICTS
    found = kind(node)
    return found.startswith(SAFE) or found.split("[")[0] in BUILTIN - {"Iterator"}


def _pure_call(
    node: ast.Call, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str], own: frozenset[str]
) -> bool:
    if any(keyword.arg in {"inplace", "out"} for keyword in node.keywords):
        return False
    if any(_runs_code(value, kind, own) for value in [*node.args, *(keyword.value for keyword in node.keywords)]):
        return False
    if qualified(node.func) in {"display", "IPython.display.display"}:
        return True
    known = catalogue.function(qualified(node.func))
    if known is None and isinstance(node.func, ast.Attribute):
        owner = kind(node.func.value)
        if node.func.attr == "sample" and owner.startswith("pandas.") and _seeded(node):
            return True
        known = catalogue.method(owner, node.func.attr) if owner else None
        if known is None:
            return node.func.attr in LOOKS and node.func.attr not in own
    return known is not None and known.pure


def _seeded(node: ast.Call) -> bool:
    """Whether a call draws from a generator of its own: it begins with a number that stands there."""
    return any(
        keyword.arg == "random_state"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, int)
        for keyword in node.keywords
    )


def _runs_code(node: ast.expr, kind: Callable[[ast.expr], str], own: frozenset[str]) -> bool:
    """Whether an argument is a function of the notebook: what it does is not looked into."""
    parts = (
        node.elts
        if isinstance(node, ast.List | ast.Tuple)
        else list(filter(None, node.values)) if isinstance(node, ast.Dict) else [node]
    )
    return any(
        (isinstance(part, ast.Name) and (part.id in own or part.id in ACTS or kind(part).startswith("Callable")))
        or (isinstance(part, ast.Attribute) and part.attr in CHANGES)
        for part in parts
    )
