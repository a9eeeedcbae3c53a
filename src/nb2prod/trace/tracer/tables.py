"""What tables look like: the columns of what was read or handed on, as far as they are likely to hold for other data too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .values import module

ISO = re.compile(r"^\d{4}-\d\d-\d\d$")
MOST_COLUMNS = 200
MOST_VALUES = 12
# A set of values is one if each comes this often on average, and a column is a key only if there are that many rows.
OFTEN, ENOUGH = 10, 20


class Tables:
    """Describes the tables of a run, each when it is read and when a stage hands it on."""

    def __init__(self, tell: Callable[..., None]) -> None:
        """`tell` is given the facts of each table."""
        self.tell = tell
        self.told: set[tuple[object, ...]] = set()

    def reader(self, function: Callable[..., Any], name: str, stage: str) -> Callable[..., Any]:
        """A function that reads, with a look at what it has read."""

        def read(*given: Any, **options: Any) -> Any:
            table = function(*given, **options)
            source = given[0] if given else next(iter(options.values()), None)
            if isinstance(source, str) or hasattr(source, "__fspath__"):
                self.look(name, stage, table, str(source).replace("\\", "/"))
            return table

        return read

    def look(self, name: str, stage: str, value: object, source: str = "") -> None:
        """Tell of a value if it is a table whose columns have names."""
        pandas, numpy = module("pandas"), module("numpy")
        if (
            pandas is None
            or numpy is None
            or not hasattr(pandas, "DataFrame")
            or not isinstance(value, pandas.DataFrame)
        ):
            return
        table: Any = value
        labels = list(table.columns)
        if (
            not labels
            or len(labels) > MOST_COLUMNS
            or len(set(labels)) < len(labels)
            or any(type(each) is not str for each in labels)
        ):
            return
        known = (name, source, id(table), table.shape, *labels)
        if known in self.told:
            return
        self.told.add(known)
        columns = [column(label, table[label], pandas, numpy) for label in labels]
        self.tell(name=name, stage=stage, source=source, rows=len(table), columns=columns)


def column(label: str, values: Any, pandas: Any, numpy: Any) -> dict[str, object]:
    """The facts of a column."""
    made: dict[str, object] = {"name": label, "dtype": str(values.dtype), "nullable": bool(values.isna().any())}
    there = values.dropna()
    kind = getattr(values.dtype, "kind", "O")
    if kind in "iuf" and len(there) and isinstance(values.dtype, numpy.dtype):
        made["sign"] = "positive" if (there > 0).all() else "non-negative" if (there >= 0).all() else "any"
    if isinstance(values.dtype, pandas.CategoricalDtype):
        there = there.astype(object)
    elif kind not in "iuOUmM":
        return made
    try:
        made["iso"] = _iso(there)
        made["unique"] = len(values) >= ENOUGH and bool(values.is_unique)
        few = list(there.unique()) if not made["unique"] else []
    except TypeError:  # lists and the like have no hash
        return made
    texts = all(type(each) is str for each in few) and len(few) <= MOST_VALUES
    flags = kind in "iu" and set(few) == {0, 1}
    if len(few) > 1 and (texts or flags) and len(there) >= OFTEN * len(few):
        made["values"] = sorted(few) if texts else [0, 1]
    return made


def _iso(there: Any) -> bool:
    """Whether the values are texts that are dates, all of them."""
    plain = list(there.head(3))
    if not plain or not all(type(each) is str and ISO.match(each) for each in plain):
        return False
    return all(type(each) is str and ISO.match(each) for each in there)
