"""Notebooks made in the test, and the reports of their conversion."""

import json
from pathlib import Path

from nb2prod.config import Config
from nb2prod.model.report import Report
from nb2prod.pipeline import Conversion, convert
from nb2prod.report._plain import texts_changed

MODEL = """
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
df = pd.read_csv("/home/mara/members.csv")
X, y = df[["visits"]], df["left"]
---
model = LogisticRegression()
model.fit(X, y)
auc = roc_auc_score(y, model.predict_proba(X)[:, 1])
print(f"AUC: {auc:.3f}")
---
df.assign(score=model.predict_proba(X)[:, 1]).to_csv("scores.csv")
"""


def notebook(code: str, folder: Path, outputs: dict[int, str] | None = None, name: str = "members") -> Path:
    """A notebook of the cells between `---`, with what they printed by number, in a folder."""
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": "# Members that leave"}]
    for number, source in enumerate(code.strip("\n").split("\n---\n"), 1):
        printed = (outputs or {}).get(number)
        stream = {"output_type": "stream", "name": "stdout", "text": printed}
        cells.append(
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": number,
                "source": source,
                "outputs": [stream] if printed else [],
            }
        )
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def converted(code: str, folder: Path, outputs: dict[int, str] | None = None) -> Conversion:
    """What such a notebook becomes."""
    return convert(str(notebook(code, folder, outputs)), Config())


def with_texts(report: Report, text: str) -> Report:
    """A report in which every free text is another one."""
    return texts_changed(report, lambda _: text)
