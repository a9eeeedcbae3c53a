"""The nouns, in the order in which they flow through the pipe; those of `convert` are made when somebody asks for one."""

from typing import TYPE_CHECKING

from nb2prod.model.facts import Analysis, Facts, Module, PathUse, Reflection, Signature, Statement
from nb2prod.model.finding import Checked, Convert, Drop, FilePlace, Finding, Fix, Lift, Replace, Severity
from nb2prod.model.notebook import Cell, Magic, Notebook, Output, Place, ReadProblem, SyntaxProblem
from nb2prod.model.survey import Glance, Survey

if TYPE_CHECKING:
    from nb2prod.model.plan import (
        Dependency,
        Dropped,
        Edit,
        Fallback,
        FileLine,
        HumanWork,
        Piece,
        Plan,
        Role,
        Setting,
        Stage,
        Variable,
    )
    from nb2prod.model.project import File, Project

__all__ = [
    "Analysis",
    "Cell",
    "Checked",
    "Convert",
    "Dependency",
    "Drop",
    "Dropped",
    "Edit",
    "Facts",
    "Fallback",
    "File",
    "FileLine",
    "FilePlace",
    "Finding",
    "Fix",
    "Glance",
    "HumanWork",
    "Lift",
    "Magic",
    "Module",
    "Notebook",
    "Output",
    "PathUse",
    "Piece",
    "Place",
    "Plan",
    "Project",
    "ReadProblem",
    "Reflection",
    "Replace",
    "Role",
    "Setting",
    "Severity",
    "Signature",
    "Stage",
    "Statement",
    "Survey",
    "SyntaxProblem",
    "Variable",
]


def __getattr__(name: str) -> type:
    """A noun that `lint` has no use for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from nb2prod.model import plan, project

    found: type = getattr(project if name in {"File", "Project"} else plan, name)
    return found
