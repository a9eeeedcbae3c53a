"""A stage that needs many settings gets all of them as one object, not one parameter each."""

import io
import tokenize
from dataclasses import replace

from nb2prod.model.plan import Edit, Piece, Stage, Variable

# Up to so many settings are parameters of their own.
MOST = 2
SETTINGS = "Settings"


def count(settings: int) -> int:
    """How many parameters that many settings are."""
    return settings if settings <= MOST else 1


def handed(stage: Stage, name: str) -> Stage:
    """The stage with its settings last, and in one parameter of this name if it needs many.

    A setting that binds a name of the notebook is bound to that name first.
    """
    own = tuple(variable for variable in stage.params if not variable.setting)
    given = tuple(variable for variable in stage.params if variable.setting)
    if len(given) <= MOST:
        return replace(stage, params=(*own, *given), supplies=given)
    lifted = frozenset(text for piece in stage.pieces for text in _named(piece))
    fields = {variable.name: f"{name}.{variable.setting}" for variable in given if variable.name in lifted}
    first = (Piece(None, code=f"{v.name} = {name}.{v.setting}") for v in given if v.name not in lifted)
    pieces = (*first, *(_with_fields(piece, fields) for piece in stage.pieces))
    return replace(stage, params=(*own, Variable(name, SETTINGS, "*")), pieces=pieces, supplies=given)


def _named(piece: Piece) -> frozenset[str]:
    own = frozenset(name for edit in piece.edits for name in edit.settings)
    return own.union(*(_named(inner) for inner in piece.guarded))


def _with_fields(piece: Piece, fields: dict[str, str]) -> Piece:
    edits = tuple(_with_field(edit, fields) for edit in piece.edits)
    return replace(piece, edits=edits, guarded=tuple(_with_fields(inner, fields) for inner in piece.guarded))


def _with_field(edit: Edit, fields: dict[str, str]) -> Edit:
    """The edit with the names of settings in its code as fields; keywords and texts that look like one stay."""
    tokens = list(tokenize.generate_tokens(io.StringIO(edit.text).readline)) if edit.settings else []
    text = edit.text
    for at in reversed(range(len(tokens) - 1)):
        token, after = tokens[at], tokens[at + 1].string
        if token.string in edit.settings and after != "=" and (not at or tokens[at - 1].string != "."):
            text = text[: token.start[1]] + fields[token.string] + text[token.end[1] :]
    return replace(edit, text=text)
