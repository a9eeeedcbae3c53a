import ast
import re
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

DEVICE = pattern(r"(?:cuda:[1-9]\d?|/?(?:device:)?gpu:[1-9]\d?)$", re.IGNORECASE)


class MachineResource(Rule):
    """A number of processors or a graphics card of one machine is written into the code.

    Elsewhere there are fewer, or none, and the run is slow or fails.

    Make it a setting, with what is available as default. `n_jobs=-1` and `cuda:0` are not meant.
    """

    group = "paths"
    profile = "ci"
    mentions = (
        "n_jobs",
        "num_workers",
        "max_workers",
        "nthread",
        "n_workers",
        "CUDA_VISIBLE_DEVICES",
        "cuda",
        "gpu",
        "GPU",
        "CUDA",
        "Gpu",
        "Cuda",
    )
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

    def on_keyword(self, node: ast.keyword, context: Context) -> Iterator[Finding]:
        """A number of workers that few machines have."""
        count = constant(node.value)
        if (
            node.arg in {"n_jobs", "num_workers", "max_workers", "nthread", "n_workers"}
            and isinstance(count, int)
            and count > 8
        ):
            yield context.finding(self, node.value, f"{count} workers are one machine's number", fix=Lift(node.arg))

    def on_constant(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A card other than the first."""
        if isinstance(node.value, str) and len(node.value) < 20 and DEVICE.match(node.value):
            yield context.finding(self, node, f"`{node.value}` is one machine's card", fix=Lift("device"))

    def on_assign(self, node: ast.Assign, context: Context) -> Iterator[Finding]:
        """The choice of cards by the environment."""
        target = node.targets[0]
        if (
            isinstance(target, ast.Subscript)
            and constant(target.slice) == "CUDA_VISIBLE_DEVICES"
            and constant(node.value) not in {"-1", "", "0", None}
        ):
            yield context.finding(
                self, node.value, "the choice of cards is one machine's", fix=Lift("cuda_visible_devices")
            )
