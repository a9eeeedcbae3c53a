import ast
import re
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

DEVICE = pattern(r"(?:cuda:[1-9]\d?|/?(?:device:)?gpu:[1-9]\d?)$", re.IGNORECASE)
WORKERS = ("n_jobs", "num_workers", "max_workers", "nthread", "n_workers")


class MachineResource(Rule):
    """A number of processors or a graphics card of one machine is written into the code.

    Elsewhere there are fewer, or none, and the run is slow or fails.

    Make it a setting, with what is available as default. `n_jobs=-1` and `cuda:0` are not meant.
    """

    group = "paths"
    profile = "ci"
    holds = (":", "CUDA_VISIBLE")
    keywords = frozenset(WORKERS)
    bad = """
# %%
import os
os.environ["CUDA_VISIBLE_DEVICES"] = "2"  # [machine-resource]
model = Model(n_jobs=48)  # [machine-resource]
device = "cuda:3"  # [machine-resource]
"""
    good = """
# %%
model = Model(n_jobs=-1)
other = Model(n_jobs=4)
device = "cuda:0"
"""

    def on_string(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A card other than the first, or the choice of cards by the environment."""
        text, around = node.value, context.parent(node)
        if isinstance(text, str) and len(text) < 20 and text.rstrip("\n")[-1:].isdigit() and DEVICE.match(text):
            yield context.finding(self, node, f"`{text}` is one machine's card", fix=Lift("device"))
        assign = (
            context.parent(around) if text == "CUDA_VISIBLE_DEVICES" and isinstance(around, ast.Subscript) else None
        )
        if isinstance(assign, ast.Assign) and constant(assign.value) not in {"-1", "", "0", None}:
            yield context.finding(
                self, assign.value, "the choice of cards is one machine's", fix=Lift("cuda_visible_devices")
            )

    def finish(self, context: Context) -> Iterator[Finding]:
        """A number of workers that few machines have."""
        for name in WORKERS:
            for keyword in context.keywords.get(name, ()):
                count = constant(keyword.value)
                if isinstance(count, int) and count > 8:
                    message = f"{count} workers are one machine's number"
                    yield context.finding(self, keyword.value, message, fix=Lift(name))
