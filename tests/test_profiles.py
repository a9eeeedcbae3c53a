"""How much is generated follows from what the notebook does, unless somebody says otherwise."""

import json
from pathlib import Path

import pytest

from nb2prod.config import Config
from nb2prod.model import Project
from nb2prod.pipeline import convert

LIBRARY = "import math\nprint(math.pi)"
BATCH = "import pandas as pd\ndf = pd.read_csv('orders.csv')\ndf.describe().to_csv('summary.csv')"
FIGURE = "import pandas as pd\ndf = pd.read_csv('orders.csv')\nax = df.plot()\nax.figure.savefig('plot.png')"
COMPUTED = """import pandas as pd
month = str(2024)
with open(f"orders_{month}.csv") as file:
    rows = pd.read_csv(file)
rows.describe().to_csv(f"summary_{month}.csv")"""
SERVICE = """import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv('orders.csv')
model = LinearRegression().fit(df[['size']], df['price'])
def price(size):
    return model.predict(pd.DataFrame([{'size': size}]))[0]
print(price(3))"""


def project(code: str, folder: Path, config: Config = Config()) -> Project:  # noqa: B008 - it is frozen
    """What a notebook of one cell becomes."""
    cell = {"cell_type": "code", "source": code, "metadata": {}, "outputs": [], "execution_count": None}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "orders.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return convert(str(folder / "orders.ipynb"), config).project


@pytest.mark.parametrize(
    ("code", "profile"),
    [(LIBRARY, "library"), (FIGURE, "library"), (BATCH, "batch"), (COMPUTED, "batch"), (SERVICE, "service")],
)
def test_the_notebook_decides(code: str, profile: str, tmp_path: Path) -> None:
    said = json.loads(project(code, tmp_path)["nb2prod.json"])["profile"]
    assert said["name"] == profile
    assert said["why"]


def test_whoever_asks_for_a_profile_gets_it(tmp_path: Path) -> None:
    made = project(BATCH, tmp_path, Config(project_profile="library"))
    assert json.loads(made["nb2prod.json"])["profile"] == {"name": "library", "why": "it was asked for"}


def test_what_pandas_needs_for_a_file_is_a_dependency(tmp_path: Path) -> None:
    code = "import pandas as pd\ndf = pd.read_excel('targets.xlsx')\ndf.to_parquet('t.parquet')"
    text = project(code, tmp_path)["pyproject.toml"]
    assert '"openpyxl' in text
    assert '"pyarrow' in text
    assert "openpyxl" not in project(BATCH, tmp_path)["pyproject.toml"]


def test_what_the_figures_need_is_a_dependency(tmp_path: Path) -> None:
    assert '"matplotlib' in project(FIGURE, tmp_path)["pyproject.toml"]
    assert '"matplotlib' not in project(BATCH, tmp_path)["pyproject.toml"]


def test_a_folder_that_other_paths_name_is_no_setting(tmp_path: Path) -> None:
    made = "import os\nos.makedirs('out', exist_ok=True)\nopen(f'out/{os.sep}rows.csv', 'w').close()"
    assert "out_path" not in project(made, tmp_path)["src/orders/stages.py"]
    alone = "import os\nos.makedirs('out', exist_ok=True)"
    assert "out_path" in project(alone, tmp_path)["src/orders/stages.py"]


def test_a_heading_of_dots_is_no_summary(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "## ...\nand so on.", "metadata": {}},
        {"cell_type": "code", "source": "x = 1\nprint(x)", "metadata": {}, "outputs": [], "execution_count": None},
    ]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "orders.ipynb").write_text(json.dumps(content), encoding="utf-8")
    stages = convert(str(tmp_path / "orders.ipynb"), Config()).project["src/orders/stages.py"]
    assert '""" ' not in stages
