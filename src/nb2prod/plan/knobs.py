"""What is known of values by their name: their type, their bounds, and whether the name says that it is a knob."""

import math
import re
from dataclasses import replace

from nb2prod.model.plan import Literals, Setting

SEED = re.compile(r"(?:^|_)(?:seed|seeds|random_state|randomstate)(?:$|_)", re.IGNORECASE)
SPLIT = re.compile(
    r"^(?:test|train|val|valid|validation)_(?:size|split|ratio|fraction|frac)$|^n_(?:splits|folds)$", re.IGNORECASE
)
KNOB = re.compile(
    r"^(?:(?:n_|num_|max_)?(?:epochs?|estimators|iter|iterations|depth|trees|clusters|components|neighbors|rounds|steps)"
    r"|batch_?size|learning_?rate|lr|dropout|momentum|weight_decay|patience|th|thresh|threshold|cutoff|alpha|gamma|hidden_(?:size|dim|units)"
    r"|k_?folds?)$",
    re.IGNORECASE,
)
SWITCH = re.compile(
    r"^(?:do|use|run|is|has|with|should|enable|save|show|plot|train|debug|verbose|inspect|skip|force|include|retrain|overwrite)(?:_|$)",
    re.IGNORECASE,
)
# Capitals that are no knobs: how figures look, units, numbers of nature.
FIXED = re.compile(
    r"COLOU?R|FONT|FIG_?SIZE|FIGURE|CMAP|PALETTE|STYLE|DPI|LINE_?WIDTH|MARKER|(?:^|_)(?:PER|TO|IN)_|^(?:PI|INF|NAN|EPS|EPSILON|TAU)$"
)
FLOATS = frozenset(
    "c alpha beta gamma eta l1_ratio tol eps epsilon learning_rate lr subsample reg_alpha reg_lambda nu momentum dropout "
    "min_df max_df threshold weight_decay colsample_bytree var_smoothing".split()
)
COUNTS = frozenset(
    "epochs n_epochs num_epochs batch_size n_estimators n_clusters n_neighbors max_iter num_boost_round n_init".split()
)
FOLDS = frozenset({"cv", "n_splits", "n_folds", "k_folds"})
ABOVE_ZERO = frozenset({"learning_rate", "lr"})
SHARES = frozenset({"test_size", "train_size", "val_size", "validation_split", "validation_size"})
LONGEST = 120


def plain(value: object) -> bool:
    """Whether a value comes back from a configuration file as the same value of the same type."""
    match value:
        case bool() | None:
            return True
        case int():
            return -(2**63) <= value < 2**63
        case float():
            return math.isfinite(value) and not (value == 0 and math.copysign(1, value) < 0)
        case str():
            return not any("\ud800" <= char <= "\udfff" for char in value)
    return False


def kind_of_type(name: str, value: Literals) -> str:
    """The type of a setting: a whole number where any number does is no reason to allow only such."""
    if value is None:
        return "str | None"
    return "int | float" if type(value) is int and name.lower() in FLOATS else type(value).__name__


def bounded(setting: Setting, name: str) -> Setting:
    """The setting with the bounds that its name says: a share is between 0 and 1, a count is at least 1, a rate above 0."""
    value, name = setting.default, name.lower()
    if isinstance(value, bool) or not isinstance(value, int | float) or setting.minimum is not None:
        return setting
    if name in SHARES and isinstance(value, float) and 0 < value < 1:
        return replace(setting, minimum=0, maximum=1, exclusive=True)
    if name in COUNTS and isinstance(value, int) and value >= 1:
        return replace(setting, minimum=1)
    if name in FOLDS and value >= 2:
        return replace(setting, minimum=2)
    if name in ABOVE_ZERO and value > 0:
        return replace(setting, minimum=0, exclusive=True)
    if setting.kind == "seed" and value >= 0:
        return replace(setting, minimum=0)
    return setting


def knob_kind(name: str, value: Literals, asked: bool) -> str:
    """The kind of setting that a constant's name makes it, "" if none; `asked` says that an `if` asks for it."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, bool):
        return "toggle" if asked and (name.isupper() or SWITCH.search(name)) else "constant" if _capital(name) else ""
    if number and SEED.search(name):
        return "seed"
    if number and SPLIT.search(name):
        return "split"
    if number and KNOB.search(name):
        return "hyperparameter"
    return "constant" if _capital(name) and value is not None and _short(value) else ""


def _short(value: Literals) -> bool:
    return not isinstance(value, str) or (0 < len(value) <= LONGEST and value.isprintable())


def _capital(name: str) -> bool:
    return name.isupper() and len(name) > 2 and not name.startswith("_") and not FIXED.search(name)
