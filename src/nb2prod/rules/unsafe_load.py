import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant, keyword
from nb2prod.rules._rule import Rule


class UnsafeLoad(Rule):
    """A file is loaded in a way that runs code from it.

    Whoever can change the file can run anything with the rights of the job; and it loads only with the versions
    that wrote it.

    Check a hash before loading, or use a format without code (`skops`, `safetensors`, Parquet, JSON).
    """

    group = "secrets"
    profile = "ci"
    calls = frozenset(
        {
            "pickle.load",
            "pickle.loads",
            "joblib.load",
            "torch.load",
            "dill.load",
            "cloudpickle.load",
            "pandas.read_pickle",
            "yaml.load",
            "numpy.load",
        }
    )
    bad = """
# %%
import pickle
with open("model.pkl", "rb") as file:
    model = pickle.load(file)  # [unsafe-load]
"""
    good = """
# %%
import torch, yaml, numpy as np
weights = torch.load("model.pt", weights_only=True)
settings = yaml.load(text, Loader=yaml.SafeLoader)
table = np.load("table.npy")
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The load."""
        name = context.qualified(call.func)
        if constant(keyword(call, "weights_only")) is True or (
            name == "numpy.load" and constant(keyword(call, "allow_pickle")) is not True
        ):
            return
        loader = keyword(call, "Loader") or (call.args[1] if name == "yaml.load" and len(call.args) > 1 else None)
        if loader is not None and "Safe" in context.text(loader):
            return
        yield context.finding(self, call, f"`{name}()` runs code that the file holds")
