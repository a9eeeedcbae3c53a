"""The types of calls that depend on literal arguments: `load_iris(return_X_y=True)`, `rng.normal(size=3)`."""

import ast
from collections.abc import Mapping
from functools import cache

from nb2prod.analysis.arguments import Kind, argument
from nb2prod.analysis.bunches import BUNCH, OF_ARRAYS, OF_TABLES, OF_TEXTS
from nb2prod.analysis.operations import ARRAY, FRAME, SERIES
from nb2prod.analysis.types import NUMBERS, members, split

PAIR = f"tuple[{ARRAY}, {ARRAY}]"
PANDAS_PAIR = f"tuple[{FRAME}, {SERIES}]"
REFUTATION = "dowhy.causal_refuter.CausalRefutation"
REFUTERS = (
    "random_common_cause placebo_treatment_refuter data_subset_refuter bootstrap_refuter add_unobserved_common_cause"
)
FETCHED = "fetch_covtype fetch_kddcup99"
SKLEARN = "load_iris load_wine load_breast_cancer load_digits load_diabetes fetch_california_housing"
TABLES = "load_concrete load_energy load_credit load_occupancy load_mushroom load_game load_bikeshare load_spam"
PROBLEMS = "load_italy_power_demand load_basic_motions load_arrow_head load_gunpoint load_osuleaf load_japanese_vowels"
# Rows: module, functions, arguments with the values that they must have ("*": positions don't count), type.
# An argument that is not given has the first of its values if that is marked by `=`.
ROWS: tuple[tuple[str, str, Mapping[str, object], str], ...] = (
    ("sklearn.datasets", SKLEARN, {"return_X_y": False, "as_frame": False}, OF_ARRAYS),
    ("sklearn.datasets", SKLEARN, {"return_X_y": False, "as_frame": True}, OF_TABLES),
    ("sklearn.datasets", FETCHED, {"return_X_y": False, "as_frame": False}, OF_ARRAYS),
    ("sklearn.datasets", "load_boston fetch_lfw_people fetch_olivetti_faces", {"return_X_y": False}, OF_ARRAYS),
    ("sklearn.datasets", "fetch_20newsgroups", {"return_X_y": False}, OF_TEXTS),
    ("sklearn.datasets", "fetch_openml", {"return_X_y": False, "as_frame": "auto"}, OF_TABLES),
    ("sklearn.datasets", "fetch_openml", {"return_X_y": False, "as_frame": True}, OF_TABLES),
    ("sklearn.datasets", "fetch_openml", {"return_X_y": True, "as_frame": "auto"}, PANDAS_PAIR),
    ("sklearn.datasets", "fetch_openml", {"return_X_y": True, "as_frame": True}, PANDAS_PAIR),
    ("imblearn.datasets", "fetch_datasets", {}, f"dict[str, {OF_ARRAYS}]"),
    ("sklearn.datasets", SKLEARN, {"return_X_y": True, "as_frame": False}, PAIR),
    ("sklearn.datasets", SKLEARN, {"return_X_y": True, "as_frame": True}, PANDAS_PAIR),
    ("sklearn.datasets", "load_linnerud", {"return_X_y": False}, BUNCH),
    ("dowhy.CausalModel", "refute_estimate", {"method_name": "dummy_outcome_refuter"}, f"list[{REFUTATION}]"),
    *(
        ("dowhy.CausalModel", "refute_estimate", {"method_name": name, "simulation_method": None}, REFUTATION)
        for name in REFUTERS.split()
    ),
    ("sklearn.datasets", "make_blobs", {"return_centers": False}, PAIR),
    ("sklearn.datasets", "make_regression", {"coef": False}, PAIR),
    ("sktime.datasets", "load_UCR_UEA_dataset", {"return_X_y": True, "return_type": None}, f"tuple[{FRAME}, {ARRAY}]"),
    ("sktime.datasets", "load_UCR_UEA_dataset", {"return_X_y": True, "return_type": "numpy3D"}, PAIR),
    ("sktime.datasets", PROBLEMS, {"return_X_y": True, "return_type": None}, f"tuple[{FRAME}, {ARRAY}]"),
    ("sktime.datasets", PROBLEMS, {"return_X_y": True, "return_type": "numpy3d"}, PAIR),
    ("sktime.datasets", PROBLEMS, {"return_X_y": True, "return_type": "numpy3D"}, PAIR),
    ("yellowbrick.datasets", TABLES, {"return_dataset": False}, PANDAS_PAIR),
    ("seaborn", "color_palette", {"as_cmap": False}, "list[Any]"),
    ("sktime.datasets", PROBLEMS, {"return_X_y": False, "return_type": None}, FRAME),
)
DEFAULTS: dict[str, object] = {
    "return_X_y": False,
    "as_frame": False,
    "return_centers": False,
    "coef": False,
    "return_dataset": False,
    "as_cmap": False,
    "return_type": None,
    "method_name": None,
    "simulation_method": None,
}
DEFAULTS_OF: Mapping[str, Mapping[str, object]] = {
    "sktime.datasets": {"return_X_y": True},
    "sklearn.datasets.fetch_openml": {"as_frame": "auto"},
}
POSITIONS = {
    ("sktime.datasets", "return_X_y"): 1,
    ("sktime.datasets", "return_type"): 2,
    ("sktime.datasets.load_UCR_UEA_dataset", "return_X_y"): 2,
    ("sktime.datasets.load_UCR_UEA_dataset", "return_type"): 3,
    ("dowhy.CausalModel", "method_name"): 2,
}
SAMPLES = {"pandas": FRAME, "polars": "polars.DataFrame"}
UNKNOWN = object()
# Where the size stands among the arguments, after the parameters of a distribution.
SIZE_AT = {
    name: at
    for at, names in enumerate(
        (
            "standard_normal random random_sample standard_exponential standard_cauchy sample ranf",
            "exponential poisson chisquare geometric power rayleigh standard_gamma standard_t weibull zipf logseries pareto",
            "normal uniform beta binomial f gamma gumbel laplace logistic lognormal negative_binomial vonmises wald integers randint",
            "triangular hypergeometric",
        )
    )
    for name in names.split()
}
WHOLE = frozenset("poisson geometric zipf logseries binomial negative_binomial hypergeometric integers randint".split())
ALWAYS_ARRAYS = frozenset({"multivariate_normal", "dirichlet", "multinomial"})
GENERATORS = ("numpy.random", "numpy.random.Generator", "numpy.random.RandomState")


def variant(dotted: str, node: ast.Call, kind: Kind) -> str:
    """The type of a call whose literal arguments tell it, "" if they don't."""
    module, _, name = dotted.rpartition(".")
    if any(keyword.arg is None for keyword in node.keywords) or any(isinstance(arg, ast.Starred) for arg in node.args):
        return ""
    if module in GENERATORS:
        return drawn(module, name, node, kind)
    for wanted, found in _rows().get(dotted, ()):
        if all(_value(node, dotted, argument) == value for argument, value in wanted.items()):
            return found
    if module in {"hvplot.sampledata", "hvsampledata"} and node.args:
        return SAMPLES.get(str(getattr(node.args[0], "value", "")), "")
    return _loaded(node) if dotted == "numpy.load" else ""


@cache
def _rows() -> dict[str, list[tuple[Mapping[str, object], str]]]:
    rows: dict[str, list[tuple[Mapping[str, object], str]]] = {}
    for module, names, wanted, found in ROWS:
        for name in names.split():
            rows.setdefault(f"{module}.{name}", []).append((wanted, found))
    return rows


def varies(dotted: str) -> bool:
    """Whether literal arguments decide about the type of a call."""
    return dotted in _rows()


def _value(node: ast.Call, dotted: str, name: str) -> object:
    module = dotted.rpartition(".")[0]
    given = argument(node, name, POSITIONS.get((dotted, name), POSITIONS.get((module, name), -1)))
    if given is None:
        return (DEFAULTS | {**DEFAULTS_OF.get(module, {}), **DEFAULTS_OF.get(dotted, {})})[name]
    return given.value if isinstance(given, ast.Constant) else UNKNOWN


def _loaded(node: ast.Call) -> str:
    path = node.args[0] if node.args else None
    name = path.value if isinstance(path, ast.Constant) else ""
    return ARRAY if isinstance(name, str) and name.endswith(".npy") else ""


def drawn(module: str, name: str, node: ast.Call, kind: Kind) -> str:
    """What a draw of random numbers gives: an array if a size or an array is passed, else one number."""
    if name in {"rand", "randn"} and module != "numpy.random.Generator":
        return ARRAY if node.args else "float"
    if name in ALWAYS_ARRAYS:
        return ARRAY
    at = SIZE_AT.get(name, 1 if name == "choice" else -1)
    if at < 0:
        return ""
    size = argument(node, "size", at)
    if size is not None and not (isinstance(size, ast.Constant) and size.value is None):
        return ARRAY if kind(size) and "None" not in members(kind(size)) else ""
    kinds = [kind(arg) for arg in node.args[:at]] + [
        kind(k.value) for k in node.keywords if k.arg not in {"size", "dtype"}
    ]
    if name == "choice":
        return ""
    if all(each in NUMBERS for each in kinds):
        whole = "int" if module == "numpy.random" and name != "integers" else ""
        if name == "integers" and not any(keyword.arg == "dtype" for keyword in node.keywords):
            whole = "numpy.int64"
        return whole if name in WHOLE else "float"
    return ARRAY if any(split(each)[0] in {ARRAY, "list", SERIES} for each in kinds) else ""
