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

from nb2prod.analysis import catalogue
from nb2prod.analysis.catalogue import EFFECTS, ROLES, attribute, canonical, distribution, function, is_type, method

FILES = {
    name: import_module(f"{catalogue.__name__}.{name}") for names in catalogue.libraries().values() for name in names
}
KEPT = {name: module for name, module in FILES.items() if not name.endswith("_retired")}
# Attributes that only instances have.
ON_INSTANCES = {"tensorflow.Tensor.numpy", "keras.callbacks.History.history"}
# What every class of a kind must be able to do; the other methods of the kind are there in most of its classes.
ESSENTIAL = {
    "~estimator": {"fit"},
    "~classifier": {"fit", "predict"},
    "~regressor": {"fit", "predict"},
    "~clusterer": {"fit", "fit_predict"},
    "~detector": {"fit"},
    "~search": {"fit"},
    "~transformer": {"fit", "transform", "fit_transform"},
    "~sparse": {"fit", "transform", "fit_transform"},
    "~mixed": {"fit", "transform", "fit_transform"},
    "~imputer": {"fit", "transform", "fit_transform"},
    "~embedding": {"fit_transform"},
    "~splitter": {"split"},
    "~sampler": {"fit_resample"},
    "~display": {"plot"},
}
PLAIN = {"Any", "Iterator", "None", "args", "first", "self"}


def by_library() -> dict[str, list[str]]:
    """All catalogued names that must exist in a current release, by top-level module."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for module in KEPT.values():
        for name in {**module.ENTRIES, **facts(module, "PROPERTIES"), **facts(module, "BASES")}:
            # `google` is many distributions in one namespace.
            top = "google.colab" if name.startswith("google.colab.") else name.partition(".")[0]
            if not name.startswith("~") and name not in ON_INSTANCES:
                names["builtins" if hasattr(builtins, top) else top].append(name)
    return names


def facts(module: Any, kind: str) -> dict[str, Any]:
    """One of a file's tables, empty if it has none."""
    return getattr(module, kind, {})


def importable(library: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import_module(library)
        except Exception:  # a broken installation may raise anything
            return False
    return True


NAMES = by_library()
HERE = sorted(library for library in NAMES if find_spec(library.partition(".")[0]) and importable(library))


def resolve(name: str) -> Any:
    """The object that a dotted name stands for: the longest importable module, then attributes."""
    parts = name.split(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if hasattr(builtins, parts[0]):
            return walk(builtins, parts)
        for length in range(len(parts), 0, -1):
            try:
                module = import_module(".".join(parts[:length]))
            except ImportError:
                continue
            return walk(module, parts[length:])
    raise ModuleNotFoundError(name)


def walk(value: Any, parts: list[str]) -> Any:
    for part in parts:
        value = getattr(value, part)
    return value


def exists(name: str) -> bool:
    try:
        resolve(name)
    except (AttributeError, ImportError):
        return False
    return True


@pytest.fixture(autouse=True)
def _experimental() -> None:
    """Scikit-learn hides some estimators until these modules are imported."""
    for name in ("enable_iterative_imputer", "enable_halving_search_cv"):
        try:
            import_module(f"sklearn.experimental.{name}")
        except ImportError:
            return


def test_libraries_that_are_not_here_are_not_checked() -> None:
    if missing := sorted(NAMES.keys() - set(HERE)):
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.mark.parametrize("library", HERE)
def test_every_name_exists(library: str) -> None:
    assert [name for name in NAMES[library] if not exists(name)] == []


@pytest.mark.parametrize("library", HERE)
def test_arguments_are_parameters_at_their_position(library: str) -> None:
    wrong = [
        (name, argument) for name in NAMES[library] for argument in arguments(name) if not accepts(name, *argument)
    ]
    assert wrong == []


def arguments(name: str) -> list[tuple[int, str]]:
    """The arguments that the entry of a name speaks of."""
    known = function(name)
    if known is None:
        return []
    paths = [argument for argument in (known.reads, known.writes) if argument not in {None, catalogue.RECEIVER}]
    seeds = [(known.seed_at, known.seed)] if known.seed else []
    return [*paths, *seeds, *([(-1, known.random_if)] if known.random_if else [])]


def accepts(name: str, position: int, keyword: str) -> bool:
    """Whether a callable has a parameter of this name and, if the position is known, there; True if it cannot tell."""
    found = resolve(name)
    try:
        parameters = list(inspect.signature(found).parameters.values())
    except (TypeError, ValueError):
        return True
    if parameters and parameters[0].name == "self":
        del parameters[0]
    at = next((at for at, parameter in enumerate(parameters) if parameter.name == keyword), None)
    if at is None:
        return any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    return position in {at, -1} and parameters[at].kind is not inspect.Parameter.VAR_POSITIONAL


@pytest.mark.parametrize("library", HERE)
def test_types_exist(library: str) -> None:
    dotted = {name for kind in kinds() for name in re.findall(r"[\w.]+", kind) if name.partition(".")[0] == library}
    assert [name for name in sorted(dotted) if not exists(name)] == []


def kinds() -> list[str]:
    """Every type that the catalogue names."""
    entries = [entry for module in KEPT.values() for entry in module.ENTRIES.values()]
    held = [kind for module in KEPT.values() for kind in facts(module, "PROPERTIES").values()]
    return [kind for entry in entries for kind in (entry.returns, entry.otherwise) if kind] + held


def test_types_without_a_module_are_builtins() -> None:
    words = {name for kind in kinds() for name in re.findall(r"[\w.]+", kind) if "." not in name}
    assert {word for word in words if word and not hasattr(builtins, word)} <= PLAIN


@pytest.mark.parametrize("library", HERE)
def test_classes_can_do_what_their_kind_does(library: str) -> None:
    bases = {name: above for module in KEPT.values() for name, above in facts(module, "BASES").items()}
    lacking = [
        (name, need)
        for name in NAMES[library]
        for kind in bases.get(name, ())
        for need in ESSENTIAL.get(kind, ())
        if not hasattr(resolve(name), need)
    ]
    assert lacking == []


@pytest.mark.parametrize("kind", ["ENTRIES", "PROPERTIES", "BASES", "ALIASES"])
def test_no_name_stands_in_two_files(kind: str) -> None:
    seen: dict[str, str] = {}
    twice = []
    for file, module in FILES.items():
        twice += [(name, file, seen[name]) for name in facts(module, kind) if name in seen]
        seen |= dict.fromkeys(facts(module, kind), file)
    assert twice == []


def test_no_name_stands_twice_in_a_table() -> None:
    with pytest.raises(ValueError, match=r"pandas\.head is catalogued twice"):
        catalogue.table(("pandas", "head tail", catalogue.Function()), ("pandas", "head", catalogue.Function()))


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_entry_is_reached(file: str) -> None:
    names = {**FILES[file].ENTRIES, **facts(FILES[file], "BASES")}
    assert [name for name in names if function(name) is None or canonical(name) != name] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_attribute_is_reached(file: str) -> None:
    names = facts(FILES[file], "PROPERTIES")
    assert [name for name in names if not attribute(*name.rsplit(".", 1))] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_words_are_known(file: str) -> None:
    entries = FILES[file].ENTRIES
    assert {name: entry.effects - EFFECTS for name, entry in entries.items() if entry.effects - EFFECTS} == {}
    assert {entry.role for entry in entries.values()} <= ROLES | {""}


@pytest.mark.parametrize("file", sorted(FILES))
def test_what_is_pure_has_no_effect(file: str) -> None:
    # Making an estimator that will draw random numbers draws none; `seed` marks those.
    entries = {name: entry for name, entry in FILES[file].ENTRIES.items() if entry.pure}
    assert [
        name for name, entry in entries.items() if entry.mutates or entry.writes or entry.effects - {"random"}
    ] == []
    assert [name for name, entry in entries.items() if "random" in entry.effects and not entry.seed] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_base_is_known(file: str) -> None:
    above = {base for bases in facts(FILES[file], "BASES").values() for base in bases}
    assert [base for base in above if not base.startswith("~") and not is_type(base)] == []


def test_a_class_returns_itself() -> None:
    model = function("sklearn.linear_model.LogisticRegression")
    assert model is not None
    assert (model.returns, model.role, model.pure) == ("sklearn.linear_model.LogisticRegression", "train", True)


def test_a_method_is_found_through_the_bases() -> None:
    fit, predict = (method("sklearn.ensemble.RandomForestClassifier", name) for name in ("fit", "predict"))
    assert fit is not None
    assert (fit.returns, fit.mutates, fit.role) == ("self", True, "train")
    assert predict is not None
    assert (predict.returns, predict.role) == ("numpy.ndarray", "predict")


def test_a_method_of_an_unknown_type_is_unknown() -> None:
    assert method("somebody.Thing", "fit") is None


def test_type_arguments_do_not_matter() -> None:
    assert method("list[dict[str, int]]", "append") == method("list", "append")


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


def test_a_function_is_found_on_what_a_module_holds() -> None:
    rvs = function("scipy.stats.norm.rvs")
    assert rvs is not None
    assert rvs.seed == "random_state"


def test_an_attribute_may_be_of_the_same_type() -> None:
    assert attribute("pathlib.PosixPath", "parent") == "pathlib.PosixPath"
    assert attribute("pandas.DataFrame", "T") == "pandas.DataFrame"
    assert attribute("math", "pi") == "float"
    assert attribute("pandas.DataFrame", "nothing") == ""


def test_an_argument_changes_the_result() -> None:
    read = function("pandas.read_csv")
    assert read is not None
    assert read.result(1, {"sep"}) == "pandas.DataFrame"
    assert read.result(1, {"chunksize"}) == ""


def test_a_seed_counts_by_keyword_and_by_position() -> None:
    folds, sample = function("sklearn.model_selection.KFold"), method("pandas.DataFrame", "sample")
    assert folds is not None
    assert sample is not None
    assert not folds.unseeded(1, ())
    assert folds.unseeded(1, {"shuffle"})
    assert not folds.unseeded(1, {"shuffle", "random_state"})
    assert sample.unseeded(1, ())
    assert not sample.unseeded(5, ())


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sklearn.svm", "scikit-learn"),
        ("google.cloud.bigquery.client", "google-cloud-bigquery"),
        ("google.colab", ""),
        ("typing_extensions", "typing-extensions"),
        ("numpy", "numpy"),
    ],
)
def test_distribution_of_a_module(module: str, name: str) -> None:
    assert distribution(module) == name


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_distributions_say_more_than_the_module_name() -> None:
    pairs = catalogue.DISTRIBUTIONS.items()
    assert [module for module, name in pairs if "." not in module and normal(module) == normal(name)] == []


def test_distributions_agree_with_what_is_installed() -> None:
    here = packages_distributions()
    wrong = {
        module: here[module]
        for module, name in catalogue.DISTRIBUTIONS.items()
        if module in here and not any(same_family(name, other) for other in here[module])
    }
    assert wrong == {}


def same_family(name: str, other: str) -> bool:
    """`opencv-python` and `opencv-python-headless` are two builds of one library."""
    one, two = normal(name), normal(other)
    return one.startswith(two) or two.startswith(one)


def test_typed_modules_need_no_stubs() -> None:
    assert catalogue.TYPED & catalogue.STUBS.keys() == set()


@pytest.mark.parametrize("module", ["os.path", "json", "pandas", "matplotlib.pyplot", "sklearn.linear_model"])
def test_common_imports_are_inert(module: str) -> None:
    assert catalogue.inert(module)


@pytest.mark.parametrize(
    "module", ["this", "turtle", "hvplot.pandas", "sklearn.experimental.enable_iterative_imputer", "mine"]
)
def test_other_imports_are_not(module: str) -> None:
    assert not catalogue.inert(module)
