"""What functions of the notebook and of libraries do with a row, beside what they are given."""

import ast

from nb2prod import catalogue
from nb2prod.model.facts import Analysis
from nb2prod.plan.names import BUILTINS
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.edits import Edits
from nb2prod.plan.serving.values import NOTHING, Known, Table, Trail, Value


class Functions(Edits):
    """The variables and functions that are known so far; `depth` is how deep in calls we are."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.names: dict[str, Value] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        self.depth = 0
        defs = (s for s in analysis.statements if isinstance(s.node, ast.FunctionDef))
        self.acting = {s.node.name: s.facts.effects for s in defs if isinstance(s.node, ast.FunctionDef)}

    def function_trail(self, node: ast.FunctionDef | ast.Lambda) -> Trail:
        """What a function reads beside its arguments, with the reason if its answer may depend on more."""
        own = {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
        own |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        trail = NOTHING
        acts = self.acting.get(getattr(node, "name", ""), frozenset()) & operations.ACTS
        if acts:
            return trail.but(f"{getattr(node, 'name', '')}() depends on or changes more than its row: {min(acts)}")
        for part in ast.walk(node):
            if isinstance(part, ast.Global | ast.Nonlocal | ast.Yield | ast.Await):
                return trail.but("it calls a function that keeps something from row to row")
            if isinstance(part, ast.Name) and part.id not in own and isinstance(part.ctx, ast.Load):
                trail |= self._free(part.id)
        return trail

    def _free(self, name: str) -> Trail:
        if name in self.functions:
            return NOTHING if self.depth > 3 else self._nested(self.functions[name])
        if name in self.names:
            found = self.names[name].trail
            return found if not isinstance(self.names[name], Table) else found.but(f"a function reads all of {name}")
        if name in operations.BUILTINS or name in self.analysis.origins or name in BUILTINS:
            return NOTHING
        return NOTHING.but(f"a function reads {name}, of which nothing is known")

    def _nested(self, node: ast.FunctionDef) -> Trail:
        self.depth += 1
        try:
            return self.function_trail(node)
        finally:
            self.depth -= 1

    def kind(self, dotted: str) -> str:
        """The dotted class that a call constructs, "" if it is no estimator."""
        if dotted == "sklearn.pipeline.make_pipeline":
            return "sklearn.pipeline.Pipeline"
        if dotted in {"sklearn.compose.make_column_transformer"}:
            return "sklearn.compose.ColumnTransformer"
        name = catalogue.canonical(dotted)
        known = catalogue.is_type(name) and catalogue.method(name, "fit") is not None
        return name if known else ""

    def changing(self, node: ast.AST) -> bool:
        """Whether a part of some code may change an object that was there before."""
        match node:
            case ast.Subscript() | ast.Attribute():
                return not isinstance(node.ctx, ast.Load)
            case ast.Call(func=ast.Name(id=name)):
                return name in self.functions
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
                return not isinstance(self.names.get(name), Known)  # a list that holds no table
            case ast.Call(func=ast.Attribute(attr=attr), keywords=keywords):
                return attr in operations.CHANGING or any(keyword.arg == operations.IN_PLACE for keyword in keywords)
        return False

    def changed_by(self, function: ast.FunctionDef) -> list[Table]:
        """The tables, other than those that it is given, that a function may change."""
        parts = list(ast.walk(function))
        own = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
        if not any(self.changing(part) for part in parts):
            return []
        values = (self.names.get(part.id) for part in parts if isinstance(part, ast.Name) and part.id not in own)
        return [value for value in values if isinstance(value, Table)]
