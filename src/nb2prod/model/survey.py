"""What the rules are given: the code of a notebook at a glance, and what takes longer when a rule asks for it."""

import ast
from collections.abc import Callable, Mapping, Set
from typing import NamedTuple

from nb2prod.model.facts import Facts, Nodes, Reflection
from nb2prod.model.frozen import dataclass
from nb2prod.model.notebook import Notebook


class Glance(NamedTuple):
    """A top-level statement at a glance: the names that stand in it.

    `reads` are all that are read, now or later and in whatever scope; `binds` those that it binds in the notebook when
    it runs, `rebinds` those that code created here binds there when that runs;
    `intricate` says that it does so in ways that take more than a look.
    """

    number: int
    cell: int
    node: ast.stmt
    reads: Set[str]
    binds: Set[str]
    rebinds: Set[str]
    intricate: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """The code of a notebook. `trees` holds the parsed code cells by cell index, `nodes` what is in them.

    `origins` says what an imported name stands for (`pd` is `pandas`, `read` is `pandas.read_csv`). `facts` finds all
    that a statement does to names, `reflections` the features that make names undecidable from the text.
    """

    notebook: Notebook
    trees: Mapping[int, ast.Module]
    nodes: Nodes
    origins: Mapping[str, str]
    statements: tuple[Glance, ...]
    facts: Callable[[ast.stmt], Facts]
    reflections: Callable[[], tuple[Reflection, ...]]
