"""What the conversion itself leaves to a person: refused parts, data and secrets to supply, state to take apart."""

from collections.abc import Iterable, Iterator

from nb2prod.model.notebook import Place
from nb2prod.model.plan import Fallback, HumanWork, Plan, Setting


def work_of(plan: Plan) -> tuple[HumanWork, ...]:
    """Every open point, those that block production first."""
    found = [*_fallbacks(plan.fallbacks), *_settings(plan.settings)]
    return tuple(sorted(found, key=lambda work: not work.blocks))


def _fallbacks(fallbacks: tuple[Fallback, ...]) -> Iterator[HumanWork]:
    for fallback in fallbacks:
        if fallback.kind in {"refused", "whole"}:
            why = "the package stops there until it is rewritten"
            if fallback.kind == "whole":
                why = "nobody can show that the package behaves as the notebook does until it is rewritten"
            yield HumanWork(
                fallback.reason, why, fallback.place, "software engineer", "half a day", True, "refactoring", "refused"
            )
    shared = [fallback for fallback in fallbacks if fallback.kind == "shared"]
    if shared:
        names = ", ".join(sorted({name for fallback in shared for name in fallback.names})[:8])
        why = "they live at module level, so the stages can't be tested one by one"
        what = f"hand over as parameters and results: {names}"
        yield HumanWork(what, why, shared[0].place, "software engineer", "half a day", False, "refactoring", "fallback")


def _settings(settings: Iterable[Setting]) -> Iterator[HumanWork]:
    for setting in settings:
        place, name = Place(setting.cell, 1), setting.name
        if setting.kind == "secret":
            what = f"supply the secret {name} by an environment variable, and take back the one in the notebook"
            why = "it is in the notebook's history"
            yield HumanWork(
                what, why, place, "software engineer", "an hour", True, "infrastructure", "secret", setting=name
            )
        elif setting.default is None:
            what = f"choose a value for the setting {name}, or confirm that it needs none"
            why = f"the notebook has none: {setting.description}"
            yield HumanWork(what, why, place, "ML engineer", "an hour", False, "data pipeline", "setting", setting=name)
        elif setting.kind in {"checksum", "path"}:
            what, why = _data(setting)
            yield HumanWork(what, why, place, "data engineer", "an hour", False, "data pipeline", "data", setting=name)
        elif setting.kind == "url":
            what = f"agree with who runs {setting.default} that the setting {name} may be read, and how often"
            why = "what nobody has promised changes without notice"
            yield HumanWork(
                what, why, place, "data engineer", "half a day", False, "integration testing", "data", setting=name
            )


def _data(setting: Setting) -> tuple[str, str]:
    """What to do about data that comes from elsewhere, and why."""
    if setting.kind == "checksum":
        what = f"record the SHA-256 of the download in the setting {setting.name}"
        return what, "nobody would notice if the address served something else"
    what = f"supply the file for the setting {setting.name} (the notebook reads {setting.default})"
    return what, "the project has no copy of the data"
