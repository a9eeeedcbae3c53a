"""English verbs that name work on data, in the forms in which headings use them."""

from functools import cache

VERBS = frozenset(
    "add adjust aggregate align analyze annotate append apply assess assign balance bin bootstrap build calculate calibrate "
    "change check choose clean collect combine compare compile compute concatenate configure connect construct convert copy "
    "correct create customize cut decompose define derive describe detect determine discretize display double download draw drop embed "
    "encode engineer estimate evaluate examine execute explain explore export extract fetch fill filter find fit fix forecast "
    "format generate get handle identify impute import infer initialize inspect instantiate integrate interpret introduce "
    "investigate join load make mark measure merge modify monitor normalize obtain open optimize organize overlay parse perform "
    "pick pivot plot predict prepare preprocess print produce prune pull read recode reduce refine refute remove rename render "
    "replace reproduce resample reshape restore retrieve run save scale scrape search select send show shuffle simulate smooth "
    "solve sort specify split stack standardize store style subset sum summarize tokenize track train transform try tune unpack update "
    "upload use validate verify view visualize vectorize write".split()
)
# Verbs that head a phrase as nouns more often: they count as verbs only before an article.
NOUNS_TOO = frozenset(
    "cluster count group label log map model process profile query rank sample score set test weight".split()
)
ARTICLES = frozenset("the a an our your this that these those all some each".split())
# "Data cleaning" is "clean data": what the last word of a short heading says to do.
DEVERBAL = {
    "analysis": "analyze", "comparison": "compare", "construction": "construct", "creation": "create",
    "decomposition": "decompose", "detection": "detect", "distribution": "", "estimation": "estimate", "evaluation": "evaluate",
    "exploration": "explore", "extraction": "extract", "generation": "generate", "identification": "identify",
    "imputation": "impute", "inspection": "inspect", "interpretation": "interpret", "normalization": "normalize",
    "optimization": "optimize", "prediction": "predict", "predictions": "predict", "preparation": "prepare",
    "selection": "select", "simulation": "simulate", "summary": "summarize", "transformation": "transform",
    "validation": "validate", "visualisation": "visualize", "visualization": "visualize", "visualizations": "visualize",
}  # fmt: skip
# What can be cleaned or estimated where two nouns say so; "cross validation" and "exponential smoothing" are names.
OBJECTS = frozenset(
    "data dataset datasets model models feature features parameter parameters effect effects hyperparameter hyperparameters image "
    "images text column columns variable variables outlier outliers result results graph residual residuals value values price "
    "prices file files sample samples".split()
)
# After these a word in -ing belongs to the noun: the training set.
PARTS = frozenset("set sets data dataset sample samples period window split loss curve curves error time step".split())
BRITISH = {"analyse": "analyze", "visualise": "visualize", "normalise": "normalize", "standardise": "standardize"}
IRREGULAR = {
    "analysing": "analyze", "clustering": "cluster", "counting": "count", "grouping": "group", "labeling": "label",
    "labelling": "label", "looking": "inspect", "mapping": "map", "modeling": "model", "modelling": "model", "ranking": "rank",
    "sampling": "sample", "scoring": "score", "setting": "set", "testing": "test", "visualising": "visualize", "working": "use",
}  # fmt: skip
DOUBLING = frozenset("bin bootstrap cut drop embed fit format get infer plot run split subset".split())


@cache
def _gerunds() -> dict[str, str]:
    return {gerund(verb): verb for verb in VERBS} | IRREGULAR


def gerund(verb: str) -> str:
    """The form of a verb in -ing."""
    if verb in DOUBLING:
        return f"{verb}{verb[-1]}ing"
    return f"{verb[:-1]}ing" if verb.endswith("e") else f"{verb}ing"


def imperative(word: str, following: str = "") -> str:
    """The verb that a word at the head of a phrase is, "" if it is none."""
    if word in NOUNS_TOO:
        return word if following in ARTICLES else ""
    if word in VERBS:
        return word
    return BRITISH.get(word, "") or ("" if following in PARTS else _gerunds().get(word, ""))


def nominal(word: str, before: str) -> str:
    """The verb in a noun that ends a phrase, after its object: "data cleaning", "effect estimation"."""
    return DEVERBAL.get(word) or _gerunds().get(word, "") if before in OBJECTS else ""


def says(word: str, verb: str) -> bool:
    """Whether a word says again what a verb says: the plots of `plot`, the prediction of `predict`."""
    return word.rstrip("s") == verb or DEVERBAL.get(word) == verb or _gerunds().get(word) == verb
