"""The ids of cells, as far as they identify: JEP 62 gives their alphabet and length, and no two may be equal."""

from nb2prod.model.notebook import Place, ReadProblem
from nb2prod.model.patterns import pattern
from nb2prod.notebook.json_values import Object

_ID = pattern(r"[A-Za-z0-9_-]{1,64}")


def cell_ids(cells: list[Object]) -> tuple[list[str], list[ReadProblem]]:
    """The id of each cell, empty where there is none to rely on, and a problem for each that is illegal or repeated."""
    ids: list[str] = []
    problems: list[ReadProblem] = []
    first: dict[str, int] = {}
    for index, cell in enumerate(cells, 1):
        given = cell.get("id")
        legal = isinstance(given, str) and _ID.fullmatch(given) is not None
        ids.append(given if isinstance(given, str) and legal and given not in first else "")
        if given is not None and not legal:
            problems.append(problem_in("the cell's id is not made of 1 to 64 letters, digits, `-` and `_`", index))
        elif isinstance(given, str) and first.setdefault(given, index) != index:
            problems.append(problem_in(f"the cell has the same id as cell {first[given]}", index))
    return ids, problems


def problem_in(message: str, index: int) -> ReadProblem:
    """What is wrong with a cell."""
    return ReadProblem("invalid-notebook", message, Place(index, 1))
