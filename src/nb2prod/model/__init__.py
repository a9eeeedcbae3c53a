"""The nouns, in the order in which they flow through the pipe."""

from nb2prod.model.facts import Analysis, Facts, Module, PathUse, Reflection, Signature, Statement
from nb2prod.model.finding import Checked, Convert, Drop, FilePlace, Finding, Fix, Lift, Replace, Severity
from nb2prod.model.notebook import Cell, Magic, Notebook, Output, Place, ReadProblem, SyntaxProblem
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
from nb2prod.model.survey import Glance, Survey

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
