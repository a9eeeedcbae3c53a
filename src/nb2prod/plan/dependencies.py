"""The distributions that the project needs: what the notebook imports and installs."""

import ast
import re
from collections.abc import Mapping

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Dependency
from nb2prod.plan.units import Program

NAME = re.compile(
    r"^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(\[[A-Za-z0-9,._ -]+\])?\s*((?:[<>=!~]=?=?\s*[\w.*+!-]+\s*,?\s*)*)$"
)
PLATFORM = frozenset(
    {"google.colab", "google", "kaggle_secrets", "dbutils", "pylab", "mpl_toolkits", "IPython", "ipywidgets"}
)

# What pandas needs beside itself for some files, by the function or method that reads or writes them.
ENGINES = {
    "read_excel": "openpyxl", "to_excel": "openpyxl", "ExcelFile": "openpyxl", "ExcelWriter": "openpyxl",
    "read_parquet": "pyarrow", "to_parquet": "pyarrow", "read_feather": "pyarrow", "to_feather": "pyarrow",
    "read_html": "lxml", "read_xml": "lxml", "read_hdf": "tables", "to_hdf": "tables", "HDFStore": "tables",
}  # fmt: skip
# What the module for figures imports, whether the notebook does or leaves that to the library that it plots with.
DRAWING = ("matplotlib",)


def normalized(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def dependencies_of(
    analysis: Analysis, program: Program, versions: Mapping[str, str], unused: frozenset[str]
) -> tuple[Dependency, ...]:
    """The dependencies in alphabetical order; `versions` are those of the environment at hand, by normalized name."""
    found: dict[str, Dependency] = {}
    for module in analysis.modules:
        if module.distribution and module.name not in PLATFORM | unused:
            key = normalized(module.distribution)
            version = versions.get(key, "")
            found[key] = Dependency(
                module.distribution, module.name, f">={version}" if version else "", module.typed, module.stubs
            )
    engines = sorted(_engines(analysis)) if "pandas" in found else []
    for needed in (*engines, *DRAWING * program.figures):
        version = versions.get(needed, "")
        found.setdefault(needed, Dependency(needed, "", f">={version}" if version else "", True))
    for text in program.installs:
        match = NAME.match(text.strip())
        if match is None:
            continue
        key = normalized(match[1])
        if key not in found:
            found[key] = Dependency(match[1] + (match[2] or ""), "", match[3].strip(), True)
        elif match[3].strip():
            known = found[key]
            found[key] = Dependency(known.distribution, known.module, match[3].strip(), known.typed, known.stubs)
    return tuple(found[key] for key in sorted(found))


def _engines(analysis: Analysis) -> set[str]:
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree))
    return {ENGINES[node.attr] for node in nodes if isinstance(node, ast.Attribute) and node.attr in ENGINES}
