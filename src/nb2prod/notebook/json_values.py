"""What JSON can hold, and safe ways to look into it: a notebook file is somebody else's text."""

from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Object: TypeAlias = dict[str, Json]


def object_at(holder: Object, *keys: str) -> Object:
    """The object found by following the keys, or an empty one if anything on the way is not an object."""
    for key in keys:
        value = holder.get(key)
        if not isinstance(value, dict):
            return {}
        holder = value
    return holder


def text_at(holder: Object, key: str) -> str:
    """The string under a key, or an empty one if there is none."""
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def strings_at(holder: Object, key: str) -> list[str]:
    """The strings of the list under a key; anything else in it is passed over."""
    value = holder.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def number_at(holder: Object, key: str) -> int | None:
    """The whole number under a key, or None; `true` is a bool in JSON and an int in Python, and no number here."""
    value = holder.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def joined(value: Json) -> str | None:
    """A multi-line text of the notebook format, a string or a list of strings; None if it is neither."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    try:
        return "".join(value)  # type: ignore[arg-type]  # a list that holds something else raises, and that is the test
    except TypeError:
        return None
