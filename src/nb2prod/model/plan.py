"""Every decision about the generated project, before any text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from nb2prod.model.frozen import dataclass, field
from nb2prod.model.naming import class_of_results
from nb2prod.model.notebook import Place

if TYPE_CHECKING:  # lint starts without the proof
    from nb2prod.model.evidence import Schema
    from nb2prod.model.serving import Serving

Role = Literal[
    "setup", "load", "clean", "transform", "split", "train", "predict", "evaluate", "plot", "export", "compute"
]
Literals = str | int | float | bool | None
# The roles and the phases of the way to production, in its order.
Owner = Literal[
    "product manager", "tech lead", "ML engineer", "software engineer", "data engineer", "MLOps engineer", "full team"
]
Phase = Literal[
    "planning", "refactoring", "data pipeline", "infrastructure", "integration testing", "monitoring", "rollout"
]
Effort = Literal["an hour", "half a day", "a day", "some days", "a week"]
WorkKind = Literal[
    "decision", "secret", "data", "setting", "refused", "fallback", "proof", "test", "manual step", "finding", "blank"
]
# How much is generated: functions, settings and tests; a job that reads and writes; a model behind HTTP.
Profile = Literal["library", "batch", "service"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a stretch of a cell by other code: the only way in which an author's text changes.

    `settings` are the names in the text that stand for settings.
    """

    place: Place
    text: str
    why: str
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that leaves the code for the configuration.

    `default` is the value itself and `type` its annotation; `cell` is where it stood first. `exclusive` says that the
    bounds themselves are not allowed.
    """

    name: str
    type: str
    default: Literals
    description: str
    cell: int
    kind: Literal[
        "path",
        "output",
        "url",
        "download",
        "checksum",
        "parameter",
        "seed",
        "split",
        "hyperparameter",
        "toggle",
        "constant",
        "secret",
    ]
    minimum: float | None = None
    maximum: float | None = None
    exclusive: bool = False
    choices: tuple[Literals, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A parameter or a result: the notebook's name and the dotted type of its value ("" if unknown).

    A parameter that a setting supplies names it in `setting`; `*` stands for all settings in one object. `value` is the
    code of a parameter that the pipeline gives itself.
    """

    name: str
    type: str = ""
    setting: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of the notebook with the edits that it needs; `code` stands for it when it is lowered.

    `statement` is the index in `Analysis.statements`; a piece with `code` and no statement is ours. `guarded`
    are the pieces of a cell that is expected to raise: they stand in one `try`. `extra` are the values that a
    function takes as keyword parameters now.
    """

    statement: int | None
    edits: tuple[Edit, ...] = ()
    code: str | None = None
    guarded: tuple["Piece", ...] = ()
    extra: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Statements that become one function.

    `supplies` are the settings that it takes, under the names by which its statements use them, whether they are
    parameters of their own or come in one object. A stage that `repeats` is another call of the function of an earlier
    one with its name, which holds the same statements.
    """

    name: str
    role: Role
    doc: str
    cells: tuple[int, ...]
    pieces: tuple[Piece, ...]
    params: tuple[Variable, ...] = ()
    returns: tuple[Variable, ...] = ()
    shared: tuple[str, ...] = ()
    coroutine: bool = False
    supplies: tuple[Variable, ...] = ()
    repeats: bool = False

    @property
    def result(self) -> str:
        """The class that carries several results: `train_model` returns a `TrainModelResult`."""
        return class_of_results(self.name) if len(self.returns) > 1 else ""


@dataclass(frozen=True, slots=True)
class Input:
    """A file or URL that a stage surely reads before anything could have made it, by the setting that names it.

    `reader` is the dotted name of the function that reads it as a table, "" if it is none or is read with options that
    only a run knows; `options` are that call's other arguments as code. `schema` is what the table looked like, `seen`
    where that was seen.
    """

    setting: str
    path: str
    stage: str
    cell: int
    reader: str = ""
    options: str = ""
    schema: "Schema | None" = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often data comes, in the notebook's words: how many days old it may be then, and when to run as a cron line."""

    days: float
    cron: str
    words: str
    cell: int


@dataclass(frozen=True, slots=True)
class Blank:
    """A question that a generated document leaves to a person."""

    file: str
    question: str
    owner: Owner


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of the notebook that is not in the package, and why."""

    what: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fallback:
    """A place where the code could not be taken apart as far as wanted, and why."""

    kind: Literal["shared", "merged", "whole", "refused", "undefined"]
    reason: str
    place: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependency:
    """A distribution that the project needs; `specifier` is like `>=2.1,<3`, "" if any will do."""

    distribution: str
    module: str
    specifier: str = ""
    typed: bool = False
    stubs: str = ""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a generated file."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a run has once: `name` is that of a result, or of what the `function` of the stages module computes."""

    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class HumanWork:
    """An open point that only a person can close; `blocks` says that production has to wait for it.

    `place` is where the notebook shows it, `generated` where the project does; `setting` is the one that it is about.
    """

    what: str
    why: str
    place: Place | None
    owner: Owner
    effort: Effort
    blocks: bool
    phase: Phase = "refactoring"
    kind: WorkKind = "finding"
    generated: FileLine | None = None
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole project, decided. `package` is its import name, `name` the distribution's.

    `imports` are the notebook's import statements that stand at module level, `definitions` its functions
    and classes there, `constants` its literals; `shared` are the module-level variables that stages rebind.
    `results` are what `run()` hands back. `figures`, `shell`, `downloads` and `logs` say which helpers the stages use,
    `helpers` under which names; `names` are all that the notebook uses, `idle` imported names that nothing uses.
    `profile` says how much is generated, `profile_why` what in the notebook speaks for it. `inputs` can be
    checked before a run begins; `outputs` are settings of files that may be written elsewhere and moved into place,
    `retried` stages that may run again when the network fails, because they do nothing before they have read from it.
    `versions` and `python` are those of the run that was compared with the notebook, empty if there was none.
    `serving` is what a service answers with, `measured` what a test may hold a model against a threshold by.
    """

    package: str
    name: str
    title: str
    description: str
    notebook: str
    stages: tuple[Stage, ...]
    settings: tuple[Setting, ...]
    results: tuple[Variable, ...]
    dependencies: tuple[Dependency, ...]
    imports: tuple[Piece, ...] = ()
    constants: tuple[Piece, ...] = ()
    definitions: tuple[Piece, ...] = ()
    shared: tuple[Variable, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    work: tuple[HumanWork, ...] = ()
    figures: bool = False
    shell: bool = False
    downloads: bool = False
    logs: bool = False
    helpers: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    profile: Profile = "library"
    profile_why: str = ""
    inputs: tuple[Input, ...] = ()
    outputs: tuple[str, ...] = ()
    retried: tuple[str, ...] = ()
    cadence: Cadence | None = None
    blanks: tuple[Blank, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    serving: "Serving | None" = None
    measured: tuple[Measured, ...] = ()

    @property
    def refused(self) -> tuple[Fallback, ...]:
        """Why the package can't do what the notebook does, if it can't."""
        return tuple(fallback for fallback in self.fallbacks if fallback.kind == "whole")

    @property
    def functions(self) -> tuple[Stage, ...]:
        """The functions of the stages module: the stages, and those that a service prepares rows with."""
        extra = (self.serving.read, self.serving.features) if self.serving else ()
        return (*(stage for stage in self.stages if not stage.repeats), *(stage for stage in extra if stage))
