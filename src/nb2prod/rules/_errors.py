"""What an `except` does with the error."""

import ast

BROAD = frozenset({"Exception", "BaseException"})
NOTHING_DONE = (ast.Pass, ast.Continue, ast.Break)


def caught(handler: ast.ExceptHandler) -> frozenset[str]:
    """The names of the errors that are caught, without their modules; none for a bare `except:`."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return frozenset(getattr(kind, "attr", getattr(kind, "id", "")) for kind in kinds if kind is not None)


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether nearly any error is caught."""
    return handler.type is None or bool(caught(handler) & BROAD)


def does_nothing(statement: ast.stmt) -> bool:
    """Whether a statement neither says nor keeps anything: `pass`, `continue`, `...`."""
    return isinstance(statement, NOTHING_DONE) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def prints(statement: ast.stmt) -> bool:
    """Whether a statement only prints or shows."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    name = call.func if isinstance(call, ast.Call) else None
    return getattr(name, "id", "") in {"print", "display"} or getattr(name, "attr", "") in {
        "print_exc",
        "print_exception",
    }


def raises(handler: ast.ExceptHandler) -> bool:
    """Whether the handler raises, returns, leaves the program or fails a test itself."""
    return any(isinstance(part, (ast.Raise, ast.Return, ast.Yield)) or _leaves(part) for part in ast.walk(handler))


def _leaves(part: ast.AST) -> bool:
    name = getattr(part.func, "attr", getattr(part.func, "id", "")) if isinstance(part, ast.Call) else ""
    return name in {"exit", "_exit", "quit", "abort", "fail"}


def imports_only(attempt: ast.Try) -> bool:
    """Whether what is tried is an import: its failure is usually the point."""
    return all(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in attempt.body)
