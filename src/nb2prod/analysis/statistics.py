"""The types of what statistics return: results that are tuples with names, and what distributions compute."""

import ast

from nb2prod.analysis import knowledge
from nb2prod.analysis.arguments import Kind
from nb2prod.analysis.arrays import like
from nb2prod.analysis.operations import ARRAY, SERIES
from nb2prod.analysis.types import NUMBERS, split

TEST = "statistic pvalue"
# Rows: module, class, its fields (one that ends in `:` has the type that follows, all others are numbers), functions.
ROWS = (
    ("_stats_py", "TtestResult", TEST, "ttest_ind ttest_rel ttest_1samp"),
    ("_stats_py", "Ttest_indResult", TEST, "ttest_ind_from_stats"),
    ("_stats_py", "KruskalResult", TEST, "kruskal"),
    ("_stats_py", "F_onewayResult", TEST, "f_oneway"),
    ("_stats_py", "PearsonRResult", TEST, "pearsonr"),
    (
        "_stats_py",
        "SignificanceResult",
        TEST,
        "spearmanr kendalltau jarque_bera pointbiserialr weightedtau fisher_exact",
    ),
    ("_stats_py", "Power_divergenceResult", TEST, "chisquare power_divergence"),
    ("_stats_py", "NormaltestResult", TEST, "normaltest"),
    ("_stats_py", "SkewtestResult", TEST, "skewtest"),
    ("_stats_py", "KurtosistestResult", TEST, "kurtosistest"),
    ("_stats_py", "RanksumsResult", TEST, "ranksums"),
    ("_stats_py", "FriedmanchisquareResult", TEST, "friedmanchisquare"),
    ("_stats_py", "KstestResult", TEST, "ks_2samp kstest ks_1samp"),
    ("_stats_py", "LinregressResult", "slope intercept rvalue pvalue stderr", "linregress"),
    ("_stats_py", "ModeResult", "mode count", "mode"),
    ("_mannwhitneyu", "MannwhitneyuResult", TEST, "mannwhitneyu"),
    ("_morestats", "WilcoxonResult", TEST, "wilcoxon"),
    ("_morestats", "ShapiroResult", TEST, "shapiro"),
    ("_morestats", "LeveneResult", TEST, "levene"),
    ("_morestats", "BartlettResult", TEST, "bartlett"),
    ("contingency", "Chi2ContingencyResult", f"{TEST} dof: int expected_freq: {ARRAY}", "chi2_contingency"),
    ("_morestats", "AndersonResult", f"statistic critical_values: {ARRAY} significance_level: {ARRAY}", "anderson"),
)
CLASS_OF = {name: f"scipy.stats.{module}.{cls}" for module, cls, _, names in ROWS for name in names.split()}
EACH = "pandas.Series | pandas.DataFrame | numpy.ndarray"
CYCLES = {"statsmodels.tsa.filters.filtertools.CycleTrendResult": {"cycle": EACH, "trend": EACH}}
FIELDS_OF = {f"scipy.stats.{module}.{cls}": fields.split() for module, cls, fields, _ in ROWS}
NUMBER = "float | numpy.ndarray"
DISTRIBUTIONS = frozenset(
    {"scipy.stats.rv_continuous", "scipy.stats.rv_discrete", "scipy.stats.distributions.rv_frozen"}
)
AT = frozenset("pdf logpdf cdf logcdf sf logsf ppf isf pmf logpmf".split())
MOMENTS = frozenset("mean std var median entropy".split())
SUMMARIES = frozenset("skew kurtosis sem gmean hmean iqr trim_mean variation median_abs_deviation".split())


def called(name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a function of `scipy.stats` returns, None if the catalogue knows better."""
    owner, _, last = name.rpartition(".")
    if owner:
        return method(knowledge.value(f"scipy.stats.{owner}"), last, node, kind)
    single = all(_single(kind(arg)) for arg in node.args)
    if name in CLASS_OF:
        table = name in {"chi2_contingency", "fisher_exact"}
        return f"{CLASS_OF[name]}[#{'float' if single or table else NUMBER}]"
    if name in SUMMARIES and node.args:
        return "float" if single else NUMBER if kind(node.args[0]) == ARRAY else None
    return f"tuple[{ARRAY}, float]" if name in {"boxcox", "yeojohnson"} and len(node.args) == 1 else None


def method(owner: str, name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a distribution computes, None if the catalogue knows better."""
    if owner not in DISTRIBUTIONS:
        return None
    kinds = [kind(arg) for arg in [*node.args, *(k.value for k in node.keywords)]]
    if name in AT and kinds:
        arrays = {like(each, "float") for each in kinds}
        return "" if "" in arrays else ARRAY if ARRAY in arrays else "float"
    if not all(each in NUMBERS for each in kinds):
        return None
    return "float" if name in MOMENTS else "tuple[float, float]" if name == "interval" else None


def fields(kind: str) -> dict[str, str]:
    """The fields of a result by name, with their types, in the order in which it is unpacked."""
    name, inner = split(kind)
    if name in CYCLES:
        return CYCLES[name]
    words = iter(FIELDS_OF.get(name, ()))
    number = inner[0].removeprefix("#") if inner else NUMBER
    return {word.removesuffix(":"): next(words) if word.endswith(":") else number for word in words}


def _single(kind: str) -> bool:
    """Whether numpy makes an array of one dimension of a value, or none."""
    name, inner = split(kind)
    return kind in {SERIES, "str", *NUMBERS} or name == "Callable" or (name == "list" and inner[0] in NUMBERS)
