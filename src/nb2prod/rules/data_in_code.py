import ast
from collections.abc import Iterator
from types import MappingProxyType

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule


class DataInCode(Rule):
    """A large piece of data is pasted into the code.

    It can't be updated, reviewed or formatted, and some tools take minutes for such a cell or fail.

    Keep it in a file.
    """

    group = "blockers"
    options = MappingProxyType({"elements": 2_000, "characters": 20_000})
    bad = "# %%\nbig = 0x" + "f" * 20_000 + "  # [data-in-code]\n"
    good = """
# %%
numbers = [1, 2, 3]
big = 2 ** 20_000
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A number of thousands of digits, a text that long, a list of thousands of literals."""
        least = min(4000, context.number(self, "characters"), context.number(self, "elements"))
        if all(len(cell.source) < least for cell in context.code_cells):
            return
        for literal in context.nodes(ast.Constant):
            yield from self._of_constant(literal, context)
        for several in context.nodes(ast.List):
            yield from self._of_list(several, context)

    def _of_constant(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        value = node.value
        if isinstance(value, int) and value.bit_length() > 14_000:
            yield context.finding(
                self, node, f"a number of about {value.bit_length() * 3 // 10:,} digits is pasted into the code"
            )
        elif isinstance(value, str) and len(value) > context.number(self, "characters"):
            yield context.finding(self, node, f"a text of {len(value):,} characters is pasted into the code")

    def _of_list(self, node: ast.List, context: Context) -> Iterator[Finding]:
        if len(node.elts) > context.number(self, "elements") and constant(node.elts[0]) is not None:
            yield context.finding(self, node, f"a list of {len(node.elts):,} values is pasted into the code")
