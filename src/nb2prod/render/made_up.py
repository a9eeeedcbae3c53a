"""Code that makes up the values of a column: of its kind, and of nobody."""

from nb2prod.model.evidence import Column
from nb2prod.render.templates import python

# What texts of a form stand for, if they are dates; day and month are made so that either order will do.
DATES = {
    "9999-99-99": "{year}-{month:02}-{day:02}", "9999/99/99": "{year}/{month:02}/{day:02}",
    "99/99/9999": "{day:02}/{month:02}/{year}", "99-99-9999": "{day:02}-{month:02}-{year}",
    "99.99.9999": "{day:02}.{month:02}.{year}",
}  # fmt: skip
WHOLE = {"positive": "1, 100", "non-negative": "0, 100", "any": "-50, 50"}
REAL = {"positive": "1, 100", "non-negative": "0, 100", "any": "-50, 50"}


def made_up(column: Column) -> str:
    """An expression of `chance`, a random generator, and `count`."""
    code = _values(column)
    return f"gaps(chance, {code})" if column.nullable else code


def _values(column: Column) -> str:
    if column.values:
        return f"chance.choice([{', '.join(map(python, column.values))}], count)"
    match column.dtype:
        case "int64":
            return f"chance.integers({WHOLE[column.sign]}, count)"
        case "float64":
            return f"chance.uniform({REAL[column.sign]}, count).round(2)"
        case "bool":
            return "chance.random(count) < 0.5"
    form = DATES.get(column.form[:10]) if column.iso else DATES.get(column.form)
    return f"dates(chance, count, {python(form)})" if form else "texts(chance, count)"
