"""Black, held to what it promises: the same program, docstrings included."""

import ast
import tokenize

import black
from black.mode import TargetVersion
from black.parsing import InvalidInput

LINE = 100
# What `requires-python` of the project means to black.
VERSIONS = {version for version in TargetVersion if version.value >= TargetVersion.PY311.value}
# Black is slow beyond this, and nobody reads such code anyway.
LONGEST = 300_000


def formatted(text: str) -> str:
    """The text as black writes it; parts of which black would change a docstring are kept as they are."""
    if len(text) > LONGEST:
        return text
    result = _black(text)
    return result if result is not None and _dump(result) == _dump(text) else text


def shielded(text: str, ours: bool = False) -> str:
    """One definition, shielded from black if that would change what it means: black rewrites docstrings.

    `ours` says that the definition's own docstring is generated and needs no shield.
    """
    if len(text) > LONGEST or not _has_docstring(text, ours):
        return text
    result = _black(text)
    if result is not None and _dump(result) == _dump(text):
        return text
    return f"# fmt: off\n{text}\n# fmt: on"


def _has_docstring(text: str, ours: bool) -> bool:
    tree = ast.parse(text)
    documented = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )
    return any(
        ast.get_docstring(node, clean=False) is not None for node in documented if not (ours and node is tree.body[0])
    )


def _black(text: str) -> str | None:
    mode = black.Mode(target_versions=VERSIONS, line_length=LINE, string_normalization=False)
    try:
        return black.format_str(text, mode=mode)
    except (InvalidInput, RecursionError, tokenize.TokenError, AssertionError):
        return None


def _dump(text: str) -> str:
    return ast.dump(ast.parse(text))
