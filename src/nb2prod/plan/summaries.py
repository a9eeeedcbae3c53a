"""What a stage without a heading or a comment does, in one line: what it makes of what, what it reads and writes."""

from collections.abc import Sequence

from nb2prod.model.facts import Analysis
from nb2prod.plan.units import Unit

# So many names are told; of more the rest is counted, and sources are not told.
MOST = 3
IN_PLACE = {"clean": "Clean", "transform": "Prepare"}


def summary_of(
    units: Sequence[Unit], role: str, params: Sequence[str], returns: Sequence[str], analysis: Analysis
) -> str:
    """The line, "" if names and files tell nothing."""
    params, returns = _plain(params), _plain(returns)
    match role:
        case "load" if read := _files(units, "read", analysis):
            loaded = frozenset[str]().union(*(unit.facts.must for unit in units if unit.role == "load"))
            into = [name for name in returns if name in loaded]
            return f"Read {_told(read)}" + (f" into {_told(into)}" if into else "")
        case "export" if written := _files(units, "write", analysis):
            return f"Write {_told(written)}"
        case "split" if params:
            return f"Split {_told(params)}"
        case "plot" if params and not returns and len(params) < MOST:
            return f"Plot {_told(params)}"
        case "clean" | "transform" if params and set(returns) <= set(params):
            return f"{IN_PLACE[role]} {_told(returns or params)}"
        case "plot" | "export":
            return ""
    return _made(role, params, returns)


def _made(role: str, params: Sequence[str], returns: Sequence[str]) -> str:
    """What a stage makes of what it is given."""
    source = [name for name in params if name not in returns]
    if not returns:
        return ""
    text = f"{'Train' if role == 'train' else 'Make'} {_told(returns)}"
    return text + (f" {'on' if role == 'train' else 'from'} {_told(source)}" if 0 < len(source) <= MOST else "")


def _files(units: Sequence[Unit], kind: str, analysis: Analysis) -> list[str]:
    """The names of the files that are read or written."""
    paths = (path for unit in units if unit.index >= 0 for path in analysis.statements[unit.index].paths)
    names = (path.value.replace("\\", "/").rstrip("/").rpartition("/")[2] for path in paths if path.kind == kind)
    return list(dict.fromkeys(name for name in names if name and name.isprintable() and "{" not in name))


def _plain(names: Sequence[str]) -> list[str]:
    return [name for name in names if not name.startswith("_")]


def _told(names: Sequence[str]) -> str:
    """Names as words: `a`, `a and b`, `a, b, c and 2 more`."""
    shown = list(names) if len(names) <= MOST + 1 else [*names[:MOST], f"{len(names) - MOST} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
