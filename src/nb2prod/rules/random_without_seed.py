import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short, words

NUMPY = words(
    "rand randn randint random random_sample ranf choice shuffle permutation normal uniform standard_normal "
    "binomial poisson exponential beta gamma lognormal multivariate_normal laplace geometric dirichlet "
    "multinomial bytes chisquare logistic weibull"
)
STDLIB = words(
    "random randint randrange choice choices shuffle sample uniform gauss normalvariate betavariate "
    "expovariate triangular getrandbits"
)
SOURCES = {
    "numpy.random": {f"numpy.random.{name}" for name in NUMPY},
    "random": {f"random.{name}" for name in STDLIB},
    "torch": {
        f"torch.{name}" for name in ("rand", "randn", "randint", "randperm", "normal", "bernoulli", "multinomial")
    },
    "tensorflow": {f"tensorflow.random.{name}" for name in ("normal", "uniform", "shuffle", "truncated_normal")},
}
DRAWS = frozenset().union(*SOURCES.values())
SEEDS = {
    "numpy.random": frozenset({"numpy.random.seed", "numpy.random.set_state"}),
    "random": frozenset({"random.seed", "random.setstate"}),
    "torch": frozenset({"torch.manual_seed", "torch.random.manual_seed", "torch.seed"}),
    "tensorflow": frozenset({"tensorflow.random.set_seed", "tensorflow.set_random_seed"}),
}
ALL_SEEDS = words(
    "pytorch_lightning.seed_everything lightning.seed_everything fastai.torch_core.set_seed "
    "transformers.set_seed tensorflow.keras.utils.set_random_seed keras.utils.set_random_seed "
    "fastai.basics.set_seed accelerate.utils.set_seed"
)
SEEDING = frozenset(
    {"seed_everything", "set_seed", "set_random_seed", "seed_all", "fix_seed", "set_seeds", "seed_torch"}
)


class RandomWithoutSeed(Rule):
    """Random numbers are drawn and nothing fixes them.

    Two runs give two results, so no result can be checked. Each source is reported once, at its first draw, unless
    a seed was set above it.

    Make one generator from a seed in the configuration, `numpy.random.default_rng(seed)`, and hand it on.
    """

    group = "reproducibility"
    calls = DRAWS | {"numpy.random.default_rng", "numpy.random.RandomState", "random.Random"}
    bad = """
# %%
import random
import numpy as np
noise = np.random.normal(size=10)  # [random-without-seed]
more = np.random.rand(3)
winner = random.choice(names)  # [random-without-seed]
# %%
rng = np.random.default_rng()  # [random-without-seed]
"""
    good = """
# %%
import numpy as np
np.random.seed(0)
noise = np.random.normal(size=10)
rng = np.random.default_rng(7)
more = rng.normal(size=10)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first draw from each source that has no seed above it, and generators made without one."""
        calls = context.calls_of(self)
        for source, names in SOURCES.items():
            first = next((call for call in calls if context.qualified(call.func) in names), None)
            if first is not None and not self._seeded(first, source, context):
                draw = short(f"{context.qualified(first.func)}()")
                message = f"{draw} gives another result in each run: nothing sets a seed above"
                yield context.finding(self, first, message)
        for call in calls:
            if not call.args and not call.keywords and context.qualified(call.func) not in DRAWS:
                yield context.finding(self, call, f"`{context.qualified(call.func)}()` has no seed")

    def _seeded(self, draw: ast.Call, source: str, context: Context) -> bool:
        """Whether something above, or in a function, seeds a source; own helpers are known by their names."""
        at = context.order(draw)
        seeds = [*context.calls(*SEEDS[source], *ALL_SEEDS), *context.methods(*SEEDING)]
        functions = context.analysis.nodes.functions
        own = [call for name, calls in functions.items() if "seed" in name.lower() for call in calls]
        return any(context.order(call) < at or not context.top_level(call) for call in (*seeds, *own))
