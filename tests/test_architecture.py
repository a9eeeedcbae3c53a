"""The shape of the code: sizes, names, docstrings, and who may import whom."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "nb2prod"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
# Names that say nothing of what a module is for.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "core", "manager", "misc", "tools"}
CONTRACTS = {contract["id"]: contract["name"] for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef

FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
each_file = pytest.mark.parametrize("file", FILES)


def tree(file: str) -> ast.Module:
    """The parsed file."""
    return ast.parse((SOURCE / file).read_text(encoding="utf-8"), file)


@each_file
def test_files_are_short(file: str) -> None:
    """One noun's worth: what does not fit is two ideas."""
    lines = len((SOURCE / file).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{file} has {lines} lines, {LONGEST_FILE} at most: split it"


@each_file
def test_functions_are_short(file: str) -> None:
    """One idea: what does not fit has parts with names of their own."""
    functions = (node for node in ast.walk(tree(file)) if isinstance(node, FUNCTIONS))
    lengths = {f"{file}:{f.lineno} {f.name}()": (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


@each_file
def test_names_say_what_a_module_is_for(file: str) -> None:
    """Whoever looks for something must be able to guess where it is."""
    words = {part.removesuffix(".py").strip("_") for part in file.split("/")}
    assert not words & EMPTY_NAMES


@each_file
def test_what_is_public_has_a_docstring(file: str) -> None:
    """It says what the reader gets."""
    assert [name for name, node in public(tree(file)) if not ast.get_docstring(node)] == []


def public(module: ast.Module) -> Iterator[tuple[str, ast.ClassDef | FUNCTIONS]]:
    """The public classes and functions of a module, and the public methods of classes that inherit none."""
    for node in module.body:
        if isinstance(node, ast.ClassDef | FUNCTIONS) and not node.name.startswith("_"):
            yield node.name, node
            parts = node.body if isinstance(node, ast.ClassDef) and not node.bases else []
            methods = (part for part in parts if isinstance(part, FUNCTIONS))
            yield from ((f"{node.name}.{method.name}", method) for method in methods if not method.name.startswith("_"))


@each_file
def test_no_pattern_repeats_a_group_possessively(file: str) -> None:
    """Python before 3.11.5 gets `(...)*+` wrong if a repetition fails; `(?>(?:...)*)` means the same and works."""
    strings = (node for node in ast.walk(tree(file)) if isinstance(node, ast.Constant))
    texts = ((node.lineno, node.value if isinstance(node.value, str | bytes) else "") for node in strings)
    found = [line for line, text in texts if any(sign in str(text) for sign in (")*+", ")++", ")?+"))]
    assert found == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract)
def test_imports_keep_the_contract(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts stand in pyproject.toml; the report below names file and line of what breaks them."""
    code = lint_imports(str(ROOT / "pyproject.toml"), limit_to_contracts=(contract,), no_cache=True)
    report = capsys.readouterr().out.partition("Broken contracts")[2]
    assert code == EXIT_STATUS_SUCCESS, f"{CONTRACTS[contract]}:\n{report}"


def test_the_contracts_are_not_weakened() -> None:
    """An exception in the configuration would hide the next violation."""
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} >= {"layers", "pure"}
    assert [contract["id"] for contract in contracts if "ignore_imports" in contract] == []


def test_every_supported_python_is_declared() -> None:
    """3.11 to 3.14."""
    versions = {line.rpartition(" ")[2] for line in PYPROJECT["project"]["classifiers"] if "Python :: 3." in line}
    assert versions == {"3.11", "3.12", "3.13", "3.14"}
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"


@each_file
def test_what_is_imported_is_installed(file: str) -> None:
    """The standard library and the declared distributions; the tracer runs in the notebook's own environment."""
    declared = {requirement.split(">")[0].replace("-", "_") for requirement in PYPROJECT["project"]["dependencies"]}
    there = {"IPython", "traitlets"} if file.startswith("trace/tracer/") else set()
    there |= {"nbconvert", "nbformat"} if file == "exporter.py" else set()  # an extra, imported by nbconvert alone
    assert set(imports(tree(file))) - sys.stdlib_module_names - declared - there <= {"nb2prod"}


def imports(module: ast.Module) -> Iterator[str]:
    """The top-level modules that a file imports anywhere."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
