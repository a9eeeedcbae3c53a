from collections.abc import Iterator, Sequence

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._suppress import Suppression


class UnusedSuppression(Rule):
    """A request to leave something alone has nothing to leave alone.

    The finding was mended or has moved, and the comment now hides the next one.

    Delete the comment, or the name in it. Only rules that are switched on are looked at.
    """

    group = "blockers"
    severity = "warning"
    bad = """
# %%
x = 1  # nb2prod: ignore[unparsable-cell]  # [unused-suppression]
y = 2  # nb2prod: ignore[hardcoded-paht]  # [unused-suppression]
"""
    good = """
# %%
x = = 1  # nb2prod: ignore[unparsable-cell]
"""

    def report(
        self, context: Context, requests: Sequence[Suppression], on: frozenset[str], known: frozenset[str]
    ) -> Iterator[Finding]:
        """The requests that silenced nothing: `on` are the rules that looked, `known` all that there are."""
        for request in requests:
            for name in request.unused:
                if not name and on >= known:
                    yield context.finding(self, request.place, "nothing is left alone by this")
                elif name in on:
                    yield context.finding(self, request.place, f"`{name}` finds nothing here")
                elif name and name not in known:
                    yield context.finding(self, request.place, f"there is no rule `{name}`")
