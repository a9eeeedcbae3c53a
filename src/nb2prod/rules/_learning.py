"""Splits, fits and scores: which names hold test data, and what went before a split."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nb2prod.rules._words import words

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

SPLIT = "sklearn.model_selection.train_test_split"
SPLITS = (SPLIT, "sklearn.cross_validation.train_test_split")
# Methods whose result is the receiver or the first argument in another shape.
SAME_DATA = words(
    "transform values to_numpy copy astype reshape drop iloc loc toarray todense ravel flatten fillna "
    "reset_index squeeze head tail"
)
MODELS = ("sklearn.", "xgboost.", "lightgbm.", "catboost.", "keras.", "tensorflow.keras.", "statsmodels.")
PREPARING = (
    "sklearn.preprocessing.",
    "sklearn.impute.",
    "sklearn.decomposition.",
    "sklearn.feature_extraction.",
    "sklearn.feature_selection.",
    "sklearn.compose.",
)


FITTED = frozenset({"fit", "partial_fit", "fit_predict"})


class Split(NamedTuple):
    """A call that splits data, and the names that it gives to the parts."""

    call: ast.Call
    train: tuple[str, ...]
    test: tuple[str, ...]


def splits(context: "Context") -> list[Split]:
    """Every `train_test_split` whose results have names."""
    found: list[Split] = []
    for call in context.calls(*SPLITS):
        assign = context.parent(call)
        if isinstance(assign, ast.Assign) and isinstance(assign.targets[0], (ast.Tuple, ast.List)):
            names = [getattr(target, "id", "") for target in assign.targets[0].elts]
            found.append(Split(call, tuple(names[0::2]), tuple(names[1::2])))
    return found


def holds_test_data(context: "Context", node: ast.expr) -> bool:
    """Whether a value is the test part of a split, as it is or in another shape."""
    for _ in range(12) if context.calls(*SPLITS) else ():
        match node:
            case ast.Name():
                binding = context.flow.binding(node)
                if binding is None or binding.value is None:
                    return False
                if binding.part is not None:
                    return (
                        isinstance(binding.value, ast.Call)
                        and context.qualified(binding.value.func) in SPLITS
                        and binding.part % 2 == 1
                    )
                node = binding.value
            case ast.Subscript(value=value) | ast.Attribute(value=value):
                node = value
            case ast.Call(func=ast.Attribute(attr="transform" | "toarray"), args=[first, *_]):
                node = first
            case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in SAME_DATA:
                node = value
            case ast.Call(args=[first, *_]):
                node = first
            case _:
                return False
    return False


def ancestry(context: "Context", node: ast.expr) -> Iterator[ast.Call]:
    """The calls that a value comes out of, nearest first: through names, items, methods and first arguments."""
    waiting: list[ast.expr] = [node]
    seen: set[ast.AST] = set()
    while waiting and len(seen) < 60:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        match node:
            case ast.Name():
                binding = context.flow.binding(node)
                if binding is not None and binding.value is not None:
                    waiting.append(binding.value)
            case ast.Subscript(value=value) | ast.Attribute(value=value):
                waiting.append(value)
            case ast.Call(func=func, args=args):
                yield node
                waiting += [func.value] if isinstance(func, ast.Attribute) else []
                waiting += args[:2]
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                waiting += elements[:4]


def receiver(call: ast.Call) -> ast.expr | None:
    """What a method is called on."""
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def fits(context: "Context") -> list[ast.Call]:
    """The calls that fit a model: of a known library, or of a name that is not a transformer."""
    if context.found_fits is None:
        context.found_fits = _fits(context)
    return context.found_fits


def _fits(context: "Context") -> list[ast.Call]:
    found = []
    for call in context.methods(*sorted(FITTED)):
        owner = receiver(call)
        kind = context.flow.type_of(owner) if owner is not None else ""
        if kind.startswith(MODELS) and not kind.startswith(PREPARING):
            found.append(call)
    return found
