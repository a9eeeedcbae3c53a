"""What the notebook prints becomes lines of a log, written as a person writes them, with the same text."""

import ast
import io
import logging
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from differential import package_of
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import Cell

from nb2prod.config import Config
from nb2prod.pipeline import convert
from nb2prod.rules._examples import notebook_json

FORMS = {
    'print("rows:", n)': 'logger.info("rows: %s", n)',
    'print(n, "of", n, "%")': 'logger.info("%s of %s %%", n, n)',
    'print("a", "b")': 'logger.info("a b")',
    'print("100%", "done")': 'logger.info("100% done")',
    "print(n, n)": 'logger.info("%s %s", n, n)',
    "print('say \"n\"', n)": r'logger.info("say \"n\" %s", n)',
    'print(n, ("b"))': 'logger.info("%s %s", n, ("b"))',
    'print("a",  # why\n      n)': 'logger.info("%s %s", "a", n)  # why',
}


def stages_of(code: str) -> str:
    """The stages of a notebook of one cell."""
    return package_of([Cell(f"n = len('abc')\n{code}")]).texts["stages"]


@pytest.mark.parametrize("code", FORMS)
def test_texts_stand_in_the_format(code: str) -> None:
    assert FORMS[code] in stages_of(code)


def test_a_secret_leaves_the_line_that_prints_it(tmp_path: Path) -> None:
    secret = "hf_" + "QwErTyUiOpAsDfGhJkLzXcVbNm" * 2
    notebook = tmp_path / "example.ipynb"
    notebook.write_text(notebook_json(f'# %%\nprint("token", "{secret}", len("abc"))\n'), encoding="utf-8")
    project = convert(str(notebook), Config()).project
    assert not [file.path for file in project.files if secret in file.text]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(texts | st.none(), min_size=1, max_size=4))
def test_the_line_stays_the_same(parts: list[str | None]) -> None:
    """Whatever is printed, with whatever signs in it."""
    code = f"print({', '.join('n' if part is None else repr(part) for part in parts)})"
    calls = (ast.unparse(node) for node in ast.walk(ast.parse(stages_of(code))) if isinstance(node, ast.Call))
    line = next(call for call in calls if call.startswith("logger.info("))
    printed, logged = io.StringIO(), io.StringIO()
    logger = logging.Logger("lines")
    logger.addHandler(logging.StreamHandler(logged))
    with redirect_stdout(printed):
        exec(code, {"n": 3})
    exec(line, {"n": 3, "logger": logger})
    assert logged.getvalue() == printed.getvalue()


def test_what_leads_to_a_result_is_none() -> None:
    """`run()` hands back what nothing else is computed from."""
    cells = [
        "rows = [3, 4]",
        "total = sum(rows)\nbest = {}",
        "for row in rows:\n    best[row] = row / total\nprint(best)",
    ]
    package = package_of([Cell(code) for code in cells])
    assert [variable.name for variable in package.plan.results] == ["best"]


def test_a_notebook_that_sets_up_logging_keeps_its_own() -> None:
    """What it does not want to see is not shown either."""
    package = package_of([Cell("import logging\nlogging.basicConfig(level=logging.WARNING)\nlogging.info('quiet')")])
    assert "logging" not in package.texts["__main__"]
    assert "logging.basicConfig" in package_of([Cell("print(len('abc'))")]).texts["__main__"]
