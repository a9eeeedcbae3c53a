"""What a statement does besides binding names, in a word each: plot, random, network, shell, cwd ..."""

import ast
from collections.abc import Callable

from nb2prod import catalogue

# A call of a name with one of these in it may draw; a figure that nobody closes would be drawn into.
DRAWS = (
    "plot",
    "hist",
    "draw",
    "figure",
    "heatmap",
    "imshow",
    "subplots",
    "scatter",
    "barh",
    "axes",
    "graph",
    "visuali",
)
PLOTTING = ("matplotlib", "seaborn", "pylab")
# Calls of plotting libraries that draw nothing.
QUIET = frozenset(
    "set_theme set set_style set_palette set_context use close switch_backend rc rcdefaults color_palette ion ioff get_cmap "
    "axes_style plotting_context load_dataset despine reset_defaults get_backend cubehelix_palette".split()
)
STATEMENTS = {"os.environ": "env", "sys.path": "path", "sys.modules": "path"}
CALLS = {
    "os.chdir": "cwd", "os.putenv": "env", "os.environ.setdefault": "env", "os.environ.update": "env",
    "sys.path.append": "path", "sys.path.insert": "path", "sys.path.extend": "path", "site.addsitedir": "path",
    "matplotlib.use": "backend", "matplotlib.pyplot.switch_backend": "backend",
    "importlib.reload": "path", "importlib.invalidate_caches": "path",
    "warnings.filterwarnings": "warnings", "warnings.simplefilter": "warnings",
}  # fmt: skip


def effects_of(node: ast.AST, qualified: Callable[[ast.expr], str]) -> frozenset[str]:
    """The effects of a statement that its text shows."""
    found: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Call():
                found |= _call(part, qualified)
            case ast.Subscript(ctx=ast.Store(), value=value) | ast.Attribute(ctx=ast.Store(), value=value):
                found |= _store(qualified(value))
            case ast.Await() | ast.AsyncFor() | ast.AsyncWith():
                found.add("await")
    return frozenset(found)


def _store(name: str) -> set[str]:
    if name.startswith(("matplotlib.rcParams", "pandas.options")) or name.endswith(".rcParams"):
        return {"options"}
    return {STATEMENTS[name]} if name in STATEMENTS else set()


def _call(node: ast.Call, qualified: Callable[[ast.expr], str]) -> set[str]:
    name = qualified(node.func)
    known = catalogue.function(name) if name else None
    found = set(known.effects) if known else set()
    if name in CALLS:
        found.add(CALLS[name])
    if ".rcParams." in name:
        return found | {"options"}
    last = node.func.attr.lower() if isinstance(node.func, ast.Attribute) else name.lower()
    if (name.startswith(PLOTTING) and last not in QUIET) or any(word in last for word in DRAWS):
        found.add("plot")
    if known is not None and known.reads:
        found.add("reads")
    if known is not None and known.writes:
        found.add("writes")
    if last.endswith("show"):
        found.add("display")
    return found
