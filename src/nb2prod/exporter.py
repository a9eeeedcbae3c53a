"""The report in the menu of Jupyter: "Save and Export Notebook As", and `jupyter nbconvert --to nb2prod`."""

import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter

from nb2prod import config
from nb2prod.pipeline import convert
from nb2prod.report import project_html


class ReportExporter(Exporter):  # type: ignore[misc]  # nbconvert has no types
    """Writes the production-readiness report of a notebook as one HTML page; the notebook is not run."""

    export_from_notebook = "Production-readiness report"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """The page, and what nbconvert has to know of it."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name") or "notebook"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"{name}.ipynb")
            path.write_text(nbformat.writes(nb), encoding="utf-8")
            made = convert(str(path), config.load(Path.cwd()))
        return project_html.render(made.report), resources
