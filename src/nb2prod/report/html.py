"""One page that needs nothing else: no script, no request; every text of a notebook is escaped."""

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import printable
from nb2prod.report._look import Look
from nb2prod.report._text import clean, described, place_of, quoted

STYLE = """
:root { color-scheme: light dark; --line: #8884; --error: #b3261e; --warning: #8a5a00; --info: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffc266; --info: #8ab8ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
h2 { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; overflow-wrap: anywhere; }
article { border: 1px solid var(--line); border-radius: .4rem; margin: 1rem 0; padding: .5rem 1rem; }
pre { overflow-x: auto; margin: .5rem 0; }
mark { background: none; color: inherit; font-weight: bold; text-decoration: underline wavy; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; }
"""
HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    f"<title>nb2prod lint</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
)


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The page."""
    kept = list(results)
    counts = Counter(finding.rule for checked in kept for finding in checked.findings)
    yield HEAD
    told = f"{len(kept)} notebooks, {sum(counts.values())} findings, nb2prod {escape(look.version)}."
    yield f"<h1>nb2prod lint</h1>\n<p>{told}</p>\n"
    if counts:
        yield "<table>\n<thead><tr><th>Rule</th><th>Findings</th></tr></thead>\n<tbody>\n"
        yield from (f"<tr><td>{escape(rule)}</td><td>{count}</td></tr>\n" for rule, count in counts.most_common())
        yield "</tbody></table>\n"
    for checked in kept:
        yield from _notebook(checked)
    yield "</main>\n</body>\n</html>\n"


def _notebook(checked: Checked) -> Iterator[str]:
    yield f"<section>\n<h2>{_safe(checked.uri)}</h2>\n"
    if checked.refused:
        yield f'<p class="error">{_safe(checked.refused)}</p>\n'
    elif not checked.findings:
        yield "<p>No findings.</p>\n"
    yield from (_finding(checked, finding) for finding in checked.findings)
    yield "</section>\n"


def _finding(checked: Checked, finding: Finding) -> str:
    lines = [_line(number, text, finding) for number, text in quoted(checked, finding.place)]
    source = "<pre><code>" + "\n".join(lines) + "</code></pre>\n" if lines else ""
    fix = f"<p>{_safe(described(finding.fix))}</p>\n" if finding.fix else ""
    head = f'<strong class="{finding.severity}">{finding.severity}</strong> {escape(finding.rule)}'
    return f"<article>\n<p>{head} ({place_of(finding)}): {_safe(finding.message)}</p>\n{source}{fix}</article>\n"


def _line(number: int, text: str, finding: Finding) -> str:
    place = finding.place
    if number != place.line:
        return f"{number:4} {_safe(text[:400])}"
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(text)
    return (
        f"{number:4} {_safe(text[:start][-300:])}<mark>{_safe(text[start:end][:400])}</mark>{_safe(text[end:][:300])}"
    )


def _safe(text: str) -> str:
    return escape(printable(clean(text)))
