from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class InvalidNotebook(Rule):
    """The file breaks a rule of the notebook format.

    It could be read, but other programs may refuse it, lose something or see another notebook in it: ids that are
    used twice, keys that come twice, cells without a source, worksheets of an old version.

    Open and save it in Jupyter, or mend the file.
    """

    group = "blockers"
    bad = """
# %% [metadata]
[]
# %%
x = 1  # [invalid-notebook]
"""
    good = """
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """What reading had to mend or pass over."""
        first = Place(1, 1, 1, 1, 1)
        for problem in context.notebook.problems:
            if problem.rule == "old-python":
                continue
            yield context.finding(self, problem.place or first, problem.message)
