"""The last look at every file: no secret of the notebook may be in any of them."""

import io
import tokenize
from dataclasses import replace

from nb2prod.model.finding import redacted
from nb2prod.model.project import File, Project

TEXT = frozenset({"STRING", "COMMENT", "FSTRING_MIDDLE"})


def without_secrets(project: Project, secrets: frozenset[str]) -> Project:
    """The project with asterisks where a secret would stand; in code only strings and comments are looked at.

    A binary file that holds one is left out.
    """
    if not secrets:
        return project
    files = (file for file in project.files if not any(secret.encode() in file.data for secret in secrets))
    return replace(project, files=tuple(_cleaned(file, secrets) for file in files))


def _cleaned(file: File, secrets: frozenset[str]) -> File:
    if not any(secret in file.text for secret in secrets):
        return file
    return replace(file, text=_code(file.text, secrets) if file.path.endswith(".py") else redacted(file.text, secrets))


def _code(text: str, secrets: frozenset[str]) -> str:
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
        if tokenize.tok_name[token.type] not in TEXT or not any(secret in token.string for secret in secrets):
            continue
        (line, column), (end_line, end_column) = token.start, token.end
        parts = redacted(token.string, secrets).split("\n")
        if line == end_line:
            lines[line - 1] = lines[line - 1][:column] + parts[0] + lines[line - 1][end_column:]
            continue
        lines[line - 1] = lines[line - 1][:column] + parts[0]
        lines[line : end_line - 1] = parts[1:-1]
        lines[end_line - 1] = parts[-1] + lines[end_line - 1][end_column:]
    return "\n".join(lines)
