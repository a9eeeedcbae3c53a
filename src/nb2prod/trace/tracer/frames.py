"""Digests of what pandas and polars hold: frames, columns, indexes, extension arrays, scalars."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .arrays import array
from .node import Node
from .values import FLAT, Digester, kind_of, listed, module, short


def frames(value: Any, digester: Digester) -> Node | None:
    """Pandas' own kinds."""
    pandas, numpy = module("pandas"), module("numpy")
    if pandas is None or numpy is None or not hasattr(pandas, "DataFrame"):
        return None
    if isinstance(value, pandas.DataFrame):
        return _frame(value, digester, numpy)
    if isinstance(value, pandas.Series):
        parts = [(".name", digester.digest(value.name)), (".attrs", digester.digest(value.attrs))]
        parts += [(".index", digester.digest(value.index)), ("values", column(value.array, digester, numpy))]
        return Node(
            kind_of(value), str(value.dtype).encode(), parts, f"Series {value.dtype} {len(value)}: {_first(value)}"
        )
    if isinstance(value, pandas.Index):
        return _index(value, digester, numpy)
    if isinstance(value, pandas.api.extensions.ExtensionArray):
        return column(value, digester, numpy)
    if value is pandas.NA or value is pandas.NaT:
        return Node(kind_of(value), text=short(value))
    if isinstance(value, (pandas.Timestamp, pandas.Timedelta, pandas.Period, pandas.Interval)):
        own = f"{value!r} {getattr(value, 'unit', '')} {getattr(value, 'nanosecond', '')}"
        return Node(kind_of(value), own.encode(), text=short(value))
    if isinstance(value, pandas.api.extensions.ExtensionDtype):
        return Node(kind_of(value), repr(value).encode(), text=short(value))
    return _grouped(value, digester, pandas)


def _grouped(value: Any, digester: Digester, pandas: ModuleType) -> Node | None:
    """What is only begun (groupby, rolling) by its object and its kind; offsets and the like by their text."""
    if not type(value).__module__.startswith("pandas"):
        return None
    if isinstance(getattr(value, "obj", None), (pandas.DataFrame, pandas.Series)):
        parts = [("obj", digester.digest(value.obj))]
        if hasattr(value, "indices"):
            parts.append(("indices", digester.digest(dict(value.indices))))
        return Node(kind_of(value), b"", parts, kind_of(value))
    if isinstance(value, pandas.tseries.offsets.BaseOffset):
        return Node(kind_of(value), repr(value).encode(), text=short(value))
    return None


def _frame(value: Any, digester: Digester, numpy: ModuleType) -> Node:
    parts = [(".attrs", digester.digest(value.attrs)), (".columns", digester.digest(value.columns))]
    if not value.flags.allows_duplicate_labels:
        parts.append((".flags", digester.digest("no duplicate labels")))
    parts.append((".index", digester.digest(value.index)))
    for number, name in enumerate(value.columns):
        parts.append((f"[{digester.digest(name).text}]", column(value.iloc[:, number].array, digester, numpy)))
    text = f"{kind_of(value)} {value.shape[0]}x{value.shape[1]}: {_first(value.columns)}"
    node = Node(kind_of(value), str(value.shape).encode(), parts, text)
    extra = {name: part for name, part in vars(value).items() if not name.startswith("_") and name != "attrs"}
    return Node(node.kind, b"", [*node.parts, *((f".{n}", digester.digest(extra[n])) for n in sorted(extra))], text)


def _index(value: Any, digester: Digester, numpy: ModuleType) -> Node:
    kind, own = kind_of(value), f"{list(value.names)!r} {value.dtype} {len(value)} {getattr(value, 'freq', None)!r}"
    text = f"{kind} {value.dtype} {len(value)}: {_first(value)}"
    if kind == "RangeIndex":
        return Node(kind, f"{own} {value.start} {value.stop} {value.step}".encode(), text=text)
    if kind == "MultiIndex":
        levels = [(f"level {n}", _index(value.levels[n], digester, numpy)) for n in range(value.nlevels)]
        codes = [(f"codes {n}", digester.digest(numpy.asarray(value.codes[n]))) for n in range(value.nlevels)]
        return Node(kind, own.encode(), [*levels, *codes], text)
    return Node(kind, own.encode("utf-8", "surrogatepass"), [("values", column(value.array, digester, numpy))], text)


def _first(value: Any) -> str:
    """The first elements, as far as they are simple."""
    held = value[:5].tolist() if value.dtype != object else [part if type(part) in FLAT else ... for part in value[:5]]
    return short(held, 60)


def column(value: Any, digester: Digester, numpy: ModuleType) -> Node:
    """The values of a column by their storage: categories, sparse, masked, dates, intervals, text, anything else."""
    kind = kind_of(value)
    dtype = str(value.dtype)
    if kind == "Categorical":
        own = f"{value.ordered} {len(value)}".encode()
        parts = [
            ("categories", digester.digest(value.categories)),
            ("codes", digester.digest(numpy.asarray(value.codes))),
        ]
        return Node(kind, own, parts, f"Categorical {len(value)}")
    if kind == "SparseArray":
        parts = [("sparse values", digester.digest(value.sp_values)), ("fill", digester.digest(value.fill_value))]
        parts.append(
            (
                "places",
                digester.digest(
                    numpy.asarray(
                        value.sp_index.indices
                        if hasattr(value.sp_index, "indices")
                        else value.sp_index.to_int_index().indices
                    )
                ),
            )
        )
        return Node(kind, f"{dtype} {len(value)}".encode(), parts, f"Sparse {dtype}")
    if kind == "IntervalArray":
        parts = [("left", digester.digest(value.left)), ("right", digester.digest(value.right))]
        return Node(kind, value.closed.encode(), parts, f"Interval {len(value)}")
    if hasattr(value, "asi8"):
        return Node(kind, dtype.encode(), [("values", digester.digest(value.asi8))], f"{dtype} {len(value)}")
    if hasattr(value, "_mask") and hasattr(value, "_data"):
        blank = numpy.where(value._mask, numpy.zeros((), dtype=value._data.dtype), value._data)
        parts = [("values", digester.digest(blank)), ("missing", digester.digest(numpy.asarray(value._mask)))]
        return Node(kind, dtype.encode(), parts, f"{dtype} {len(value)}")
    plain = value.to_numpy()
    if plain.dtype != object:
        return array(plain, digester, numpy, kind)
    return _elements(f"{kind}[{dtype}]", plain, digester)


def _elements(kind: str, plain: Any, digester: Digester) -> Node:
    """Python objects of a column; a missing value in a column of text becomes a mark, so that it is hashed at once."""
    values: list[object] = plain.tolist()
    kinds = set(map(type, values))
    text = listed(kind, values, [("", digester.digest(value)) for value in values[:6]])
    if kinds == {str, float} and all(value != value for value in values if type(value) is float):
        gaps = [number for number, value in enumerate(values) if type(value) is float]
        filled = ["" if type(value) is float else value for value in values]
        return digester.sequence(f"{kind} with gaps", filled, text, repr(gaps).encode())
    return digester.sequence(kind, values, text, str(len(values)).encode())


def polar(value: Any, digester: Digester) -> Node | None:
    """Frames, columns and plans of polars."""
    polars = module("polars")
    if polars is None or not hasattr(polars, "DataFrame"):
        return None
    if isinstance(value, polars.DataFrame):
        parts = [(f"[{name!r}]", digester.digest(value.get_column(name))) for name in value.columns]
        return Node(
            "polars.DataFrame",
            str(value.shape).encode(),
            parts,
            f"polars {value.shape}: {', '.join(value.columns[:6])}",
        )
    if isinstance(value, polars.Series):
        numeric = value.dtype.is_numeric() and value.null_count() == 0 and str(value.dtype)[:7] != "Decimal"
        held = value.to_numpy() if numeric else value.to_list()
        own = f"{value.name} {value.dtype} {len(value)}".encode()
        return Node("polars.Series", own, [("values", digester.digest(held))], short(value.head(5).to_list()))
    if isinstance(value, (polars.LazyFrame, polars.Expr)):
        plan = value.explain(optimized=False) if isinstance(value, polars.LazyFrame) else str(value)
        return Node(kind_of(value), plan.encode(), _data(value, digester), short(value))
    return None


def _data(value: Any, digester: Digester) -> list[tuple[str, Node]]:
    """The plan with the tables in it; one that holds functions can't be written, and its text must do."""
    try:
        return [("plan", digester.digest(value.meta.serialize() if hasattr(value, "meta") else value.serialize()))]
    except Exception:
        return []
