import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._look import Look
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import listed


class FunctionReadsGlobal(Rule):
    """A function reads variables of the notebook that are not among its arguments.

    What it returns depends on which cells ran before, and it can't be tested or moved.

    Pass the value. `convert` makes a parameter of it.
    """

    group = "state"
    severity = "info"
    profile = "ci"
    once = True
    bad = """
# %%
import numpy as np
rate = 0.2
def tax(price):  # [function-reads-global]
    return price * rate
"""
    good = """
# %%
import numpy as np
RATE = 0.2
def helper():
    return RATE
def tax(price, rate):
    return np.round(price * rate) + helper()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each function with such names; imports, functions, classes and constants in capitals don't count."""
        names = {node.name for node in context.nodes(ast.FunctionDef)}
        names |= {node.name for node in context.nodes(ast.AsyncFunctionDef)}
        if not names:
            return
        names |= {node.name for node in context.nodes(ast.ClassDef)}
        variables = {name for name in context.bound - context.analysis.origins.keys() - names if not name.isupper()}
        look = Look(context, ())
        for statement in context.tops(ast.FunctionDef, ast.AsyncFunctionDef):
            function = statement.node
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            read = sorted(name for name in look.free_in(statement, variables) if context.flow.bindings(name))
            if read:
                message = f"`{function.name}` reads {listed(read)} from the notebook"
                yield context.finding(self, function, message, fix=Convert("becomes a parameter"))
