"""The index of the rules says what their files say; `python tests/test_lint_index.py` writes it anew."""

import json
import subprocess
import sys
from pathlib import Path

import nb2prod.rules
from nb2prod.rules import all_rules
from nb2prod.rules._examples import notebook_json
from nb2prod.rules._listed import row_of

INDEX = Path(nb2prod.rules.__file__).with_name("_index.json")


def text() -> str:
    """One line a rule."""
    rows = [f"{json.dumps(name)}: {json.dumps(row_of(rule))}" for name, rule in all_rules().items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def test_the_index_is_current() -> None:
    """A rule that it lists as something else would be asked for something else."""
    assert INDEX.read_text(encoding="utf-8") == text(), "run: python tests/test_lint_index.py"


def test_a_rule_is_imported_when_a_notebook_asks_for_it(tmp_path: Path) -> None:
    """The others cost nothing."""
    path = tmp_path / "a.ipynb"
    path.write_text(notebook_json("# %%\nimport os\nos.chdir('..')"), encoding="utf-8")
    code = f"import sys; from nb2prod import fastcli; fastcli.run(['lint', '--profile', 'all', {str(path)!r}]); "
    code += "print([m for m in ('working_directory_change', 'unclosed_file') if f'nb2prod.rules.{m}' in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.splitlines()[-1] == "['working_directory_change']"


if __name__ == "__main__":
    INDEX.write_text(text(), encoding="utf-8")
