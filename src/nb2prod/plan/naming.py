"""Names and summaries for stages: of the heading, of the comment above the code, else of what the code makes of what."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import RESERVED, STOP, Taken, class_of_results, slug, words
from nb2prod.plan.subjects import call_of, commands_of, subject_of, tells
from nb2prod.plan.summaries import summary_of
from nb2prod.plan.units import Unit
from nb2prod.plan.verbs import imperative, nominal, says

VERBS = {
    "load": "load", "clean": "clean", "transform": "prepare", "split": "split", "train": "train", "predict": "predict",
    "evaluate": "evaluate", "plot": "plot", "export": "save", "setup": "set_up",
}  # fmt: skip
# After these a noun stands without an article.
PLAIN = frozenset({"set_up", "run", "fetch"})
NOUNS = {
    "load": "data",
    "clean": "data",
    "transform": "features",
    "split": "data",
    "train": "model",
    "evaluate": "model",
}
NUMBERED = frozenset(
    "appendix case chapter example exercise method part problem question scenario section stage step task".split()
)
FILLERS = frozenset(
    "again now first firstly second secondly third next then finally also here lets let us we can will how please ok basic more some "
    "further optional ii iii vi vii viii".split()
)
VAGUE = frozenset(
    "example examples usage hint hints note notes appendix introduction overview notebook conclusion conclusions summary results "
    "result code this these them it following first second third last part discussion exercise solution details misc".split()
)
ASKING = frozenset("what why which who is are does do did should was were if there".split())
# Where a phrase has said enough once it has two words.
JOINTS = frozenset(
    "with using for in from by not before after when while via on at as that which who based used to so and or into over "
    "vs versus because since without between but i e".split()
)
APART = re.compile(r"[:;,?!()|\u2013\u2014\u2192]|\.(?:\s|$)|\s-+\s|\s/\s")
CODE = re.compile(r"[=(){}\[\]<>@#\\]|\w\.\w")
LONGEST = 14


@dataclass(slots=True)
class Namer:
    """Names for stages, none used twice and none that the notebook uses."""

    analysis: Analysis
    taken: Taken = field(default_factory=Taken)
    section: str = ""

    def name(self, units: Sequence[Unit], role: str, params: Sequence[str], returns: Sequence[str]) -> tuple[str, str]:
        """The name of a stage, and one line that says what it does."""
        wanted, noun = self._wanted(units, role, returns)
        said = set(wanted.split("_"))
        more = [
            [word for word in text.split("_") if word not in said]
            for text in (noun, call_of(units, role, self.analysis))
        ]
        endings = chain(filter(None, map("_".join, more)), ("step", "part"), map(str, count(2)))
        made = next(filter(self._takes, chain([wanted], (f"{wanted}_{ending}" for ending in endings))))
        said_so = comment_of(units, self.analysis) or summary_of(units, role, params, returns, self.analysis)
        return made, said_so or _summary(wanted, VERBS.get(role, "compute"))

    def _takes(self, name: str) -> bool:
        """Take a name if neither it nor that of its class of results is taken."""
        if name in RESERVED or name in self.taken or class_of_results(name) in self.taken:
            return False
        self.taken.add(name)
        self.taken.add(class_of_results(name))
        return True

    def _wanted(self, units: Sequence[Unit], role: str, returns: Sequence[str]) -> tuple[str, str]:
        """The name that a stage should have, and a word for what it is about."""
        titles = [unit.heading.title for unit in units if unit.heading and unit.heading.title]
        heading = units[0].heading
        own = heading.title if heading else ""
        text = heading.text.partition(". ")[0] if heading and not own else ""
        commands = commands_of(units) if role == "compute" else ""
        verb, noun = commands or VERBS.get(role, "compute"), subject_of(units, role, returns, self.analysis)
        noun = noun or {"fetch": "files", "run": "commands"}.get(commands, "")
        wanted = phrase(own, verb) or phrase(text, "") or phrase(comment_of(units, self.analysis), "")
        if not wanted or wanted == verb:
            about = self._about(units, role, noun, own)
            wanted = f"{verb}_{about.removeprefix('set_')}" if about else verb
        elif "_" not in wanted and noun:
            wanted = f"{wanted}_{noun}"
        self.section = titles[-1] if titles else self.section
        return wanted, noun

    def _about(self, units: Sequence[Unit], role: str, noun: str, own: str) -> str:
        """A word for what a stage is about: what it makes, if that says what it is, else its section, else anything."""
        if tells(noun) or role == "split":
            return noun
        called = call_of(units, role, self.analysis)
        last = (noun, called) if role == "compute" else (called, noun)
        titles = (phrase(title, "", nouns=True) for title in (own, self.section))
        return next(filter(None, (*titles, NOUNS.get(role, ""), *last)), "")


def phrase(text: str, verb: str, nouns: bool = False) -> str:
    """A function's name of a heading or comment: its verb first, `verb` before a phrase without one.

    Without a `verb`, a text that does not begin with one names nothing; with `nouns`, the verb is left out.
    """
    for chunk in APART.split(unicodedata.normalize("NFKD", text))[:3]:
        found = _telling(words(chunk))
        if not found:
            continue
        if found[0] in ASKING or (len(words(text)) > LONGEST and not imperative(*found[:2])):
            return ""
        return _said(found, verb, nouns)
    return ""


def _said(found: list[str], verb: str, nouns: bool) -> str:
    head = imperative(found[0], found[1] if len(found) > 1 else "")
    rest = _object(found[1:] if head else found)
    if not head and 1 < len(rest) < 4 and (said := nominal(*rest[:-3:-1])):
        head, rest = said, rest[:-1]
    if all(word in VAGUE for word in rest):
        rest = []
    if nouns:
        return slug(" ".join(rest), 3)
    if not head and not verb:
        return ""
    head = head or verb
    rest = rest[:-1] if rest and says(rest[-1], head) else rest
    if not rest and (head == verb or not imperative(found[0])):
        return verb
    return slug(" ".join([head.replace("_", " "), *rest]), 4 + head.count("_"))


def _telling(found: list[str]) -> list[str]:
    """The words without numbering and other openings."""
    while found:
        if len(found) > 1 and found[0] in NUMBERED and (found[1].isdigit() or len(found[1]) == 1):
            found = found[2:]
        elif found[0].isdigit() or found[0] in FILLERS or (found[0] in STOP and len(found) > 1):
            found = found[1:]
        else:
            break
    return found


def _object(found: list[str]) -> list[str]:
    """The words up to where the phrase has said enough."""
    kept: list[str] = []
    for word in found:
        if word in JOINTS and len([each for each in kept if each not in STOP]) >= (
            1 if word in {"with", "using", "for"} else 2
        ):
            break
        if word not in JOINTS:
            kept.append(word)
    return [word for word in kept if word not in STOP]


def comment_of(units: Sequence[Unit], analysis: Analysis) -> str:
    """The comment right above a stage's first statement, if it is one line that says what is done; else ""."""
    first = units[0]
    if first.index < 0:
        return ""
    cell = analysis.notebook.cells[first.cell - 1]
    above: list[str] = []
    for line in reversed(cell.lines[: first.place.line - 1]):
        if not line.lstrip().startswith("#"):
            break
        above.append(line.strip("# \t-=*"))
    text = above[0] if len(above) == 1 else ""
    found = _telling(words(text))
    if not 2 <= len(found) <= LONGEST or CODE.search(text) or not imperative(*found[:2]):
        return ""
    return text


def _summary(wanted: str, verb: str) -> str:
    """The name in words."""
    rest = wanted.removeprefix(verb).strip("_").replace("_", " ")
    article = wanted.startswith(verb) and rest and not rest[0].isdigit() and verb not in PLAIN
    return f"{verb} the {rest}".replace("_", " ") if article else wanted.replace("_", " ")
