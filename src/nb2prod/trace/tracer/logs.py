"""Log records that somebody hears: a handler of the program's own, or the last resort of the standard library."""

from __future__ import annotations

import logging


class Logs:
    """Keeps the records that are handled; loggers, levels and handlers stay as they are."""

    def __init__(self, own: str) -> None:
        """Listen to all loggers; `own` is the package, or `__main__`, whose loggers are told apart from those of libraries."""
        self.own = own
        self.heard: list[tuple[str, str, bool]] = []
        handle = logging.Logger.callHandlers

        def both(logger: logging.Logger, record: logging.LogRecord) -> None:
            self._keep(logger, record)
            handle(logger, record)

        logging.Logger.callHandlers = both  # type: ignore[method-assign, assignment]

    def _keep(self, logger: logging.Logger, record: logging.LogRecord) -> None:
        if not hears(logger, record.levelno):
            return
        try:
            text = record.getMessage()
        except Exception:
            return
        own = record.name == self.own or record.name.startswith(f"{self.own}.")
        self.heard.append((record.levelname, text, own))

    def take(self) -> list[tuple[str, str, bool]]:
        """The level and the text of each record since the last call, and whether a logger of the package's wrote it."""
        taken, self.heard = self.heard, []
        return taken


def configured() -> str:
    """How the root logger is configured: its level, and its handlers with theirs and their formats."""
    handlers = [
        f"{type(each).__name__} at {logging.getLevelName(each.level)} {getattr(each.formatter, '_fmt', None) or ''}".strip()
        for each in logging.getLogger().handlers
    ]
    return ", ".join([logging.getLevelName(logging.getLogger().level), *handlers])


def hears(logger: logging.Logger, level: int) -> bool:
    """Whether a record of a level reaches a handler that takes it."""
    step: logging.Logger | None = logger
    found = False
    while step is not None:
        for handler in step.handlers:
            found = True
            if level >= handler.level and not isinstance(handler, logging.NullHandler):
                return True
        step = step.parent if step.propagate else None
    last = logging.lastResort
    return not found and last is not None and level >= last.level
