"""What the catalogue says is true of the libraries that are installed, and found under the names that code uses."""

import builtins
import inspect
import re
import warnings
from collections import defaultdict
from importlib import import_module
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from typing import Any

import pytest

from nb2prod import catalogue
from nb2prod.catalogue import Function, attribute, canonical, distribution, function, is_type, method

TABLES = ("ENTRIES", "PROPERTIES", "BASES", "ALIASES")
FILES = {
    name: {table: getattr(import_module(f"{catalogue.__name__}.{name}"), table, {}) for table in TABLES}
    for names in catalogue.libraries().values()
    for name in names
}
CURRENT = [tables for file, tables in FILES.items() if not file.endswith("_retired")]
# Attributes that only instances have.
ON_INSTANCES = {"tensorflow.Tensor.numpy", "keras.callbacks.History.history"}
# The methods that every class of these kinds has; their others are there in most of the classes.
ESSENTIAL = {
    "fit": "~estimator ~classifier ~regressor ~clusterer ~detector ~search ~transformer ~sparse ~mixed ~imputer",
    "predict": "~classifier ~regressor",
    "transform": "~transformer ~sparse ~mixed ~imputer",
    "fit_transform": "~transformer ~sparse ~mixed ~imputer ~embedding",
    "fit_predict": "~clusterer",
    "fit_resample": "~sampler",
    "split": "~splitter",
    "plot": "~display",
}
WORDS = {"Any", "Hashable", "Iterator", "None", "args", "first", "self"}  # types without a module that are no builtins


def by_library() -> dict[str, list[str]]:
    """All names that must exist in a current release, by top-level module."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in (name for tables in CURRENT for table in TABLES[:3] for name in tables[table]):
        # `google` is many distributions in one namespace.
        top = "google.colab" if name.startswith("google.colab.") else name.partition(".")[0]
        if not name.startswith("~") and name not in ON_INSTANCES:
            names["builtins" if hasattr(builtins, top) else top].append(name)
    return names


def importable(library: str) -> bool:
    if not find_spec(library.partition(".")[0]):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import_module(library)
        except Exception:  # a broken installation may raise anything
            return False
    return True


NAMES = by_library()
HERE = sorted(library for library in NAMES if importable(library))


def resolve(name: str) -> Any:
    """What a dotted name stands for: the longest importable module, then attributes."""
    parts = name.split(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, rest = (builtins, parts) if hasattr(builtins, parts[0]) else longest_module(parts)
        for part in rest:
            found = getattr(found, part)
    return found


def longest_module(parts: list[str]) -> tuple[Any, list[str]]:
    for length in range(len(parts), 0, -1):
        try:
            return import_module(".".join(parts[:length])), parts[length:]
        except ImportError:
            continue
    raise ModuleNotFoundError(".".join(parts))


def exists(name: str) -> bool:
    try:
        resolve(name)
    except (AttributeError, ImportError):
        return False
    return True


def known(name: str) -> Function:
    """The entry of a name that has one."""
    found = function(name)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _experimental() -> None:
    """Scikit-learn hides some estimators until these modules are imported."""
    for name in ("enable_iterative_imputer", "enable_halving_search_cv"):
        if "sklearn" in HERE:
            import_module(f"sklearn.experimental.{name}")


def test_libraries_that_are_not_here_are_not_checked() -> None:
    if missing := sorted(NAMES.keys() - set(HERE)):
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.mark.parametrize("library", HERE)
def test_every_name_exists(library: str) -> None:
    assert [name for name in NAMES[library] if not exists(name)] == []


@pytest.mark.parametrize("library", HERE)
def test_arguments_are_parameters_at_their_position(library: str) -> None:
    spoken_of = [(name, argument) for name in NAMES[library] for argument in arguments(name)]
    assert [(name, argument) for name, argument in spoken_of if not accepts(name, *argument)] == []


def arguments(name: str) -> list[tuple[int, str]]:
    """The arguments that the entry of a name speaks of."""
    entry = function(name)
    if entry is None:
        return []
    paths = [path for path in (entry.reads, entry.writes) if path is not None and path != catalogue.RECEIVER]
    return paths + [pair for pair in ((entry.seed_at, entry.seed), (-1, entry.random_if)) if pair[1]]


def accepts(name: str, position: int, keyword: str) -> bool:
    """Whether a callable has a parameter of this name and, if the position is known, there; True if it cannot tell."""
    try:
        parameters = list(inspect.signature(resolve(name)).parameters.values())
    except (TypeError, ValueError):
        return True
    if parameters and parameters[0].name == "self":
        del parameters[0]
    at = next((at for at, parameter in enumerate(parameters) if parameter.name == keyword), None)
    if at is None:
        return any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    return position in {at, -1}


def kinds() -> set[str]:
    """Every name of a type in a result or an attribute."""
    entries = [entry for tables in CURRENT for entry in tables["ENTRIES"].values()]
    texts = [text for entry in entries for text in (entry.returns, entry.otherwise)]
    texts += [kind for tables in CURRENT for kind in tables["PROPERTIES"].values()]
    return {name for text in texts for name in re.findall(r"\w[\w.]*", text)}


@pytest.mark.parametrize("library", HERE)
def test_types_exist(library: str) -> None:
    assert [name for name in sorted(kinds()) if name.partition(".")[0] == library and not exists(name)] == []


def test_types_without_a_module_are_builtins() -> None:
    assert {name for name in kinds() if "." not in name and not hasattr(builtins, name)} <= WORDS


@pytest.mark.parametrize("library", HERE)
def test_classes_can_do_what_their_kind_does(library: str) -> None:
    bases = {name: above for tables in CURRENT for name, above in tables["BASES"].items()}
    pairs = [(name, need, {*of.split()}) for name in NAMES[library] for need, of in ESSENTIAL.items()]
    needs = [(name, need) for name, need, of in pairs if of & {*bases.get(name, ())}]
    assert [(name, need) for name, need in needs if not hasattr(resolve(name), need)] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_in_two_files(table: str) -> None:
    names = [name for tables in FILES.values() for name in tables[table]]
    assert sorted(names) == sorted(set(names))


def test_no_name_stands_twice_in_a_table() -> None:
    with pytest.raises(ValueError, match=r"pandas\.head is catalogued twice"):
        catalogue.table(("pandas", "head tail", Function()), ("pandas", "head", Function()))


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_fact_is_found(file: str) -> None:
    tables = FILES[file]
    callables = [*tables["ENTRIES"], *tables["BASES"]]
    assert [name for name in callables if function(name) is None or canonical(name) != name] == []
    assert [name for name in tables["PROPERTIES"] if not attribute(*name.rsplit(".", 1))] == []
    above = {base for bases in tables["BASES"].values() for base in bases}
    assert [base for base in above if not base.startswith("~") and not is_type(base)] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_words_are_known(file: str) -> None:
    entries = FILES[file]["ENTRIES"].values()
    assert {word for entry in entries for word in entry.effects} <= catalogue.EFFECTS.keys()
    assert {entry.role for entry in entries} <= catalogue.ROLES | {""}


@pytest.mark.parametrize("file", sorted(FILES))
def test_what_is_pure_has_no_effect(file: str) -> None:
    # Making an estimator that will draw random numbers draws none: its effect shows, and its seed, but it is pure.
    pure = {name: entry for name, entry in FILES[file]["ENTRIES"].items() if entry.pure}
    allowed = {name: {"random"} if entry.seed else set() for name, entry in pure.items()}
    assert [name for name, entry in pure.items() if entry.effects - allowed[name]] == []
    assert [name for name, entry in pure.items() if entry.mutates or entry.writes] == []


def test_a_class_returns_itself() -> None:
    model = known("sklearn.linear_model.LogisticRegression")
    assert (model.returns, model.role, model.pure) == ("sklearn.linear_model.LogisticRegression", "train", True)


def test_a_method_is_found_through_the_bases() -> None:
    fit, predict = (known(f"sklearn.ensemble.RandomForestClassifier.{name}") for name in ("fit", "predict"))
    assert (fit.returns, fit.mutates, fit.role) == ("self", True, "train")
    assert (predict.returns, predict.role) == ("numpy.ndarray", "predict")
    assert method("sklearn.ensemble.RandomForestClassifier[Any]", "fit") == fit


def test_a_method_of_an_unknown_type_is_unknown() -> None:
    assert method("somebody.Thing", "fit") is None


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("builtins.print", "print"),
        ("numpy.random.mtrand.rand", "numpy.random.rand"),
        ("pandas.core.frame.DataFrame.head", "pandas.DataFrame.head"),
        ("pylab.plot", "matplotlib.pyplot.plot"),
        ("sklearn.metrics._plot.roc_curve.RocCurveDisplay", "sklearn.metrics.RocCurveDisplay"),
        ("sklearn.svm._classes.SVC.fit", "sklearn.svm.SVC.fit"),
        ("statsmodels.api.tsa.adfuller", "statsmodels.tsa.stattools.adfuller"),
        ("tensorflow.keras.models.Sequential", "keras.Sequential"),
        ("frame.__len__", "frame.__len__"),
        ("_x", "_x"),
        ("", ""),
    ],
)
def test_other_names_lead_to_the_public_one(name: str, public: str) -> None:
    assert canonical(name) == public


def test_attributes_have_types() -> None:
    assert known("scipy.stats.norm.rvs") == method("scipy.stats.rv_continuous", "rvs")
    assert attribute("pathlib.PosixPath", "parent") == "pathlib.PosixPath"
    assert attribute("math", "pi") == "float"
    assert attribute("pandas.DataFrame", "nothing") == ""


def test_an_argument_changes_the_result() -> None:
    assert known("pandas.read_csv").result(1, {"sep"}) == "pandas.DataFrame"
    assert known("pandas.read_csv").result(1, {"chunksize"}) == ""


def test_a_seed_counts_by_keyword_and_by_position() -> None:
    folds, sample = known("sklearn.model_selection.KFold"), known("pandas.DataFrame.sample")
    assert [folds.unseeded(1, words) for words in ((), {"shuffle"}, {"shuffle", "random_state"})] == [
        False,
        True,
        False,
    ]
    assert [sample.unseeded(positional, ()) for positional in (1, 5)] == [True, False]


def test_a_module_comes_from_a_distribution() -> None:
    assert distribution("sklearn.svm") == "scikit-learn"
    assert distribution("google.cloud.bigquery.client") == "google-cloud-bigquery"
    assert distribution("typing_extensions") == "typing-extensions"
    assert distribution("google.colab") == ""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_distributions_say_more_than_the_module_name() -> None:
    pairs = catalogue.DISTRIBUTIONS.items()
    assert [module for module, name in pairs if "." not in module and normal(module) == normal(name)] == []


def test_distributions_agree_with_what_is_installed() -> None:
    here = {module: list(map(normal, names)) for module, names in packages_distributions().items()}
    named = {module: normal(name) for module, name in catalogue.DISTRIBUTIONS.items() if module in here}
    # `opencv-python-headless` is a build of `opencv-python`.
    assert [m for m, name in named.items() if not any(n.startswith(name) or name.startswith(n) for n in here[m])] == []


def test_typed_modules_need_no_stubs() -> None:
    assert catalogue.TYPED & catalogue.STUBS.keys() == set()


def test_common_imports_are_inert_and_unknown_or_loud_ones_are_not() -> None:
    inert = ["os.path", "json", "pandas", "matplotlib.pyplot", "sklearn.linear_model"]
    others = ["this", "turtle", "hvplot.pandas", "sklearn.experimental.enable_iterative_imputer", "mine"]
    assert [module for module in [*inert, *others] if catalogue.inert(module)] == inert
