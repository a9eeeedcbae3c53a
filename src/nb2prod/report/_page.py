"""What every page shares: one environment that escapes, the style and the script with their hashes in the policy."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup, escape

from nb2prod.report._facts import printable
from nb2prod.report._text import clean

SIGNS = {"go": "✓", "conditional": "◐", "no-go": "✕", "unanswered": "?"}
SIGNS |= {"proven": "✓", "differs": "✕", "not proven": "?", "not run": "?"}


@cache
def environment() -> jinja2.Environment:
    """The environment for pages: every text is made harmless and escaped, what is undefined is an error."""
    names = ("frame.html.j2", "page.html.j2", "overview.html.j2")
    made = jinja2.Environment(
        loader=jinja2.DictLoader({name: resource(name) for name in names}),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    made.globals |= {"style": Markup(resource("page.css")), "script": Markup(resource("sort.js"))}  # noqa: S704 - ours
    made.globals |= {"policy": policy(), "signs": SIGNS}
    made.filters |= {"word": word, "weeks": weeks, "said": said}
    return made


def resource(name: str) -> str:
    """A file beside this one."""
    return files("nb2prod.report").joinpath(name).read_text(encoding="utf-8")


def shown(value: object) -> object:
    """A text with nothing in it that hides, moves or reorders; line ends stay."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "\n".join(printable(clean(line)) for line in value.split("\n"))


def policy() -> str:
    """The content security policy: nothing is loaded; only our style and our script are applied."""
    style, script = (_hash(resource(name)) for name in ("page.css", "sort.js"))
    return f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def said(text: str) -> Markup:
    """A sentence of ours: begun with a capital, and what stands between back quotes as code."""
    parts = str(shown(text)).split("`")
    paired = len(parts) - (len(parts) + 1) % 2  # the last of an odd number of back quotes has no other
    html = "".join(
        f"<code>{escape(part)}</code>" if at % 2 and at < paired else str(escape(part)) for at, part in enumerate(parts)
    )
    first, begins = parts[0][:1], parts[0].partition(" ")[0].rstrip(".:,;")
    small = first.islower() and "." not in begins  # the name of a file keeps its letters
    return Markup(html.replace(first, first.upper(), 1) if small else html)  # noqa: S704 - escaped above


def word(text: str) -> str:
    """A verdict as the name of a class."""
    return text.replace(" ", "-")


def weeks(low: float, high: float) -> str:
    """A range of weeks."""
    if not high:
        return "none"
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
