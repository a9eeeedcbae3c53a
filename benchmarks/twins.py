"""Changes of code that cannot matter on this data, found by running both versions of a statement side by side.

Where a changed statement stands, the process is forked: the twin runs the changed statement, the process itself the
original, and both tell what they leave: variables, printed text, random state, error. A change is equivalent on this
data if at every execution both leave the same; whatever cannot be compared in this way, counts as a change that matters.
"""

import ast
import copy
from collections.abc import Sequence

SIMPLE = (
    ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr | ast.Return | ast.Assert | ast.Delete | ast.Pass | ast.Raise
)
BODIES = ("body", "orelse", "finalbody", "handlers")
VALUE = "_twin_value"
# The part of it that runs in the project: its names begin with `_twin`.
RUNNING = """
import builtins, contextlib, io, logging, os, pickle, random, sys, types
MOST = 60
WRITING = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.putenv", "os.system",
           "os.chdir", "shutil.", "subprocess.", "socket.", "sqlite3.")
LEFT = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type, logging.Logger)
class Tee(io.StringIO):
    def __init__(self, other): super().__init__(); self.other = other
    def write(self, text): self.other and self.other.write(text); return super().write(text)
class Twin:
    def __init__(self): self.runs = 0
    def child(self, names):
        self.runs += 1
        self.before = self.state(names, None)
        self.read = None
        if self.runs > MOST or self.before is None: return False
        self.read, write = os.pipe()
        sys.stdout.flush()
        chance = random.getstate()  # a child of `fork` has another
        child = os.fork()
        if child:
            os.close(write)
            self.stdout, sys.stdout = sys.stdout, Tee(sys.stdout)
            return False
        random.setstate(chance)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1); os.dup2(null, 2)
        sys.stdout, self.write, self.wrote = Tee(None), write, False
        def watch(event, given):
            opened = event == "open" and (set(str(given[1])) & set("wax+") or (given[2] or 0) & 3)
            if not self.wrote and (opened or event.startswith(WRITING)):
                self.wrote = True
                raise OSError("a twin writes nothing")
        sys.addaudithook(watch)
        return True
    def state(self, names, error):
        modules = [vars(m) for n, m in list(sys.modules.items()) if n.partition(".")[0] == PACKAGE]
        held = [{k: v for k, v in each.items() if not isinstance(v, LEFT) and k[:2] != "__" and k != "_twin_error"} for each in (names, *modules)]
        numpy = sys.modules.get("numpy")
        chance = (random.getstate(), numpy.random.get_state() if numpy else None)
        try: return pickle.dumps((held, chance, type(error), str(error)))
        except Exception: return None
    def tell(self, names, error):
        state = self.state(names, error)
        said = b"" if state is None or self.wrote else state + sys.stdout.getvalue().encode()
        self.wrote = True
        with contextlib.suppress(OSError), os.fdopen(self.write, "wb") as pipe: pipe.write(said)
        os._exit(0)
    def compare(self, names, error, effect):
        verdict = "unknown"
        if self.read is not None:
            text, sys.stdout = sys.stdout.getvalue(), self.stdout
            with os.fdopen(self.read, "rb") as pipe: told = pipe.read()
            with contextlib.suppress(ChildProcessError): os.wait()
            state = self.state(names, error)
            plots = sys.modules.get("matplotlib.pyplot")
            hidden = effect and state == self.before and not text or plots is not None and plots.get_fignums()
            if state is not None and told and not hidden: verdict = "same" if told == state + text.encode() else "other"
        with open(OUTPUT, "a") as file: file.write(verdict + "\\n")
builtins._twin = Twin()
"""


def both(original: str, changed: str, package: str, output: str) -> str | None:
    """The module that runs both versions of the statements that differ and writes what it finds to a file.

    A line each time they are run: `same`, `other` or `unknown`. None if they can't be run side by side.
    """
    tree, other = ast.parse(original), ast.parse(changed)
    found = _differing(tree, other)
    if found is None:
        return None
    body, start, mine, theirs = found
    made = _side_by_side(mine, theirs)
    if made is None:
        return None
    body[start : start + len(mine)] = made
    first = ast.parse(f"exec({RUNNING!r}, {{'PACKAGE': {package!r}, 'OUTPUT': {output!r}}})").body
    place = next((n + 1 for n, node in enumerate(tree.body) if getattr(node, "module", "") == "__future__"), 0)
    tree.body[place:place] = first
    return ast.unparse(ast.fix_missing_locations(tree))


def _differing(tree: ast.AST, other: ast.AST) -> tuple[list[ast.stmt], int, list[ast.stmt], list[ast.stmt]] | None:
    """The list of statements that holds the difference, where it begins, and the statements of both sides."""
    for name in BODIES:
        mine, theirs = getattr(tree, name, None), getattr(other, name, None)
        if not isinstance(mine, list) or not isinstance(theirs, list) or len(mine) != len(theirs):
            continue
        places = [n for n, pair in enumerate(zip(mine, theirs, strict=True)) if ast.dump(pair[0]) != ast.dump(pair[1])]
        if not places:
            continue
        if len(places) == 1 and not isinstance(mine[places[0]], SIMPLE):
            return _inside(mine, theirs, places[0])
        start, end = places[0], places[-1] + 1
        return mine, start, mine[start:end], theirs[start:end]
    return None


def _inside(
    mine: list[ast.stmt], theirs: list[ast.stmt], at: int
) -> tuple[list[ast.stmt], int, list[ast.stmt], list[ast.stmt]] | None:
    """The difference inside a compound statement, or in the test of an `if`."""
    one, other = mine[at], theirs[at]
    if isinstance(one, ast.ClassDef) or type(one) is not type(other):
        return None
    if isinstance(one, ast.If) and isinstance(other, ast.If) and ast.dump(one.test) != ast.dump(other.test):
        tests = [ast.Assign([ast.Name(VALUE, ast.Store())], each.test) for each in (one, other)]
        one.test = ast.Name(VALUE, ast.Load())
        mine.insert(at, ast.fix_missing_locations(tests[0]))
        return mine, at, [mine[at]], [ast.fix_missing_locations(tests[1])]
    return _differing(one, other)


def _side_by_side(mine: Sequence[ast.stmt], theirs: Sequence[ast.stmt]) -> list[ast.stmt] | None:
    """The statements that run both sides; None if one of them can't be repeated."""
    if not all(isinstance(each, SIMPLE) for each in (*mine, *theirs)):
        return None
    if any(isinstance(node, ast.Await | ast.Yield | ast.YieldFrom) for each in mine for node in ast.walk(each)):
        return None
    returns = [isinstance(each, ast.Return) for each in mine]
    if any(returns) and (len(mine) > 1 or not isinstance(theirs[0], ast.Return)):
        return None
    effect = all(isinstance(each, ast.Expr) for each in mine)
    text = f"""
if _twin.child(locals()):
    _twin_error = None
    try:
        pass
    except BaseException as _twin_raised:
        _twin_error = _twin_raised
    _twin.tell(locals(), _twin_error)
try:
    pass
except BaseException as _twin_raised:
    _twin.compare(locals(), _twin_raised, False)
    raise
_twin.compare(locals(), None, {effect})
"""
    made = ast.parse(text).body
    child, own = made[0], made[1]
    assert isinstance(child, ast.If)
    assert isinstance(child.body[1], ast.Try)
    assert isinstance(own, ast.Try)
    child.body[1].body = [_bound(each) for each in theirs]
    own.body = [_bound(each) for each in mine]
    if any(returns):
        made.append(ast.Return(ast.Name(VALUE, ast.Load())))
    return made


def _bound(statement: ast.stmt) -> ast.stmt:
    """A statement, with the value that it would return bound to a name."""
    if not isinstance(statement, ast.Return):
        return copy.deepcopy(statement)
    return ast.Assign([ast.Name(VALUE, ast.Store())], statement.value or ast.Constant(None))
