"""What the sample data of scikit-learn hold: arrays, or tables where these are asked for."""

from nb2prod.analysis.operations import ARRAY, FRAME, SERIES
from nb2prod.analysis.types import split

BUNCH = "sklearn.utils.Bunch"
OF_ARRAYS, OF_TABLES, OF_TEXTS = (f"{BUNCH}[#{what}]" for what in ("arrays", "tables", "texts"))
NAMES = "list[str] | numpy.ndarray"
COMMON = {"feature_names": NAMES, "target_names": NAMES, "DESCR": "str", "filename": "str"}
HELD = {
    OF_ARRAYS: {"data": ARRAY, "target": ARRAY, "images": ARRAY},
    OF_TABLES: {"data": FRAME, "target": SERIES, "frame": FRAME},
    OF_TEXTS: {"data": "list[str]", "target": ARRAY},
}
IMPORTANCES = dict.fromkeys(("importances", "importances_mean", "importances_std"), ARRAY)


def attribute(owner: str, name: str) -> str:
    """The type of what a bunch holds under a name, "" if unknown."""
    if split(owner)[0] != BUNCH:
        return ""
    return (HELD.get(owner, {}) | COMMON | IMPORTANCES).get(name, "")
