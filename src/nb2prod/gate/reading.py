"""The text of `gate.toml` and of a metrics file → nouns; what is wrong in them is named."""

import json
import math
import tomllib
from collections.abc import Mapping
from datetime import date

from nb2prod.errors import ConfigError
from nb2prod.gate.criteria import CRITERIA
from nb2prod.model.gate import Answer, Gate, Limit, Metric

WORDS = ("yes", "no", "conditional", "?")
ANSWER = frozenset({"question", "answer", "note", "plan", "owner", "by"})
PROMISE = ANSWER - {"answer"}
ACCURACY = PROMISE | {"metric", "measured", "go", "no_go", "better"}
LATENCY = PROMISE | {"budget_ms", "measured_ms"}


def gate_of(text: str, where: str) -> Gate:
    """Read `gate.toml`; raises ConfigError with the table and the key if something in it can't be meant."""
    try:
        content: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: is not valid TOML ({error})") from error
    names = [criterion.name for criterion in CRITERIA]
    tables: dict[str, Mapping[str, object]] = {}
    for name, table in content.items():
        if name not in names:
            raise ConfigError(f"{where}: there is no criterion `{name}`; they are {', '.join(names)}")
        if not isinstance(table, dict):
            raise ConfigError(f"{where}: {name} must be a table, [{name}]")
        tables[name] = table
    return Gate(
        _accuracy(tables.get("accuracy", {}), f"{where}: accuracy"),
        _latency(tables.get("latency", {}), f"{where}: latency"),
        {
            criterion.name: _answer(tables[criterion.name], f"{where}: {criterion.name}", ANSWER)
            for criterion in CRITERIA
            if criterion.good != "number" and criterion.name in tables
        },
    )


def _accuracy(table: Mapping[str, object], where: str) -> Limit:
    better = _text(table, "better", where) or "higher"
    if better not in {"higher", "lower"}:
        raise ConfigError(f"{where}.better: is `{better}`; write higher or lower")
    name = _text(table, "metric", where) or "?"
    limit = Limit(
        name,
        _number(table, "measured", where),
        _number(table, "go", where),
        _number(table, "no_go", where),
        better == "higher",
        name == "none",
        _answer(table, where, ACCURACY),
    )
    go, no_go = limit.go, limit.no_go
    if go is not None and no_go is not None and go != no_go and (go < no_go) is limit.higher_is_better:
        raise ConfigError(f"{where}: go = {go:g} is worse than no_go = {no_go:g}; swap them, or set better")
    return limit


def _latency(table: Mapping[str, object], where: str) -> Limit:
    none = table.get("budget_ms") == "none"
    budget = None if none else _number(table, "budget_ms", where)
    promise = _answer(table, where, LATENCY)
    return Limit("latency_ms", _number(table, "measured_ms", where), budget, budget, False, none, promise)


def _answer(table: Mapping[str, object], where: str, keys: frozenset[str]) -> Answer:
    for key in table:
        if key not in keys:
            raise ConfigError(f"{where}.{key}: there is no such key; there are {', '.join(sorted(keys))}")
    answer = _text(table, "answer", where) or "?"
    if answer not in WORDS:
        raise ConfigError(f"{where}.answer: is `{answer}`; write yes, no, conditional or ?, and the rest as a note")
    plan, owner = _text(table, "plan", where), _text(table, "owner", where)
    return Answer(answer, _text(table, "note", where), plan, owner, _day(table, where))


def _text(table: Mapping[str, object], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}.{key}: must be text in quotes")
    return "" if key in {"note", "plan", "owner"} and value.strip() == "?" else value.strip()


def _number(table: Mapping[str, object], key: str, where: str) -> float | None:
    value = table.get(key, "?")
    if value == "?":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConfigError(f'{where}.{key}: must be a number, or "?" while nobody knows')
    return float(value)


def _day(table: Mapping[str, object], where: str) -> str:
    value = table.get("by", "?")
    if isinstance(value, str) and value.strip() in {"", "?"}:
        return ""
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()[:10]
    except ValueError as error:
        raise ConfigError(f"{where}.by: `{value}` is no day; write it like 2027-01-31") from error


def metrics_of(text: str, where: str) -> tuple[Metric, ...]:
    """Read a metrics file: a JSON object or TOML with a number by name; raises ConfigError for anything else."""
    try:
        content: object = json.loads(text) if where.endswith(".json") else tomllib.loads(text)
    except ValueError as error:
        raise ConfigError(f"{where}: is neither JSON (.json) nor TOML ({error})") from error
    if not isinstance(content, dict):
        raise ConfigError(f"{where}: must hold one object with a number by name")
    found = []
    for name, value in content.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ConfigError(f"{where}: {name} is not a finite number")
        found.append(Metric(str(name), value=float(value), seen="metrics file"))
    return tuple(found)
