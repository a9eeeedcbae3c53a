"""The mask: line for line, and the same Python as IPython makes of a cell."""

import ast
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from nb2prod.notebook.cell_magics import PYTHON_BODIES
from nb2prod.notebook.expansions import expansions
from nb2prod.notebook.magics import mask


def names(source: str) -> list[tuple[str, str, str]]:
    """Kind, name and text of the magics of a cell."""
    return [(magic.kind, magic.name, magic.text) for magic in mask(source).magics]


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("%matplotlib inline", "__magic__(0)"),
        ("x = %env HOME", "x = __magic__(0)"),
        ("!ls -la\nx = 1", "__magic__(0)\nx = 1"),
        ("files = !ls {folder} $name.part", "files = __magic__(0, folder, (name.part))"),
        ("!!pwd", "__magic__(0)"),
        ("df?\n?df\ndf.head??\n%time?", "__magic__(0)\n__magic__(1)\n__magic__(2)\n__magic__(3)"),
        ("if a:\n    %cd {b}\n", "if a:\n    __magic__(0, b)\n"),
        ("!pip install a \\\n  b\nx = 1", "__magic__(0)\n\nx = 1"),
        ("pip install a\nimport a", "__magic__(0)\nimport a"),
        ("%time x = f(1)", "x = f(1)"),
        ("x = %time f(1)", "x =       f(1)"),
        ("%time !ls", "__magic__(0)"),
        ("%timeit f()", "__magic__(0)"),
        ("r = %timeit -o f()", "r = __magic__(0)"),
        (",f a b\n/f a b", 'f("a", "b")\nf(a, b)'),
        ("%%time\nx = 1\n!ls", "__magic__(0)\nx = 1\n__magic__(1)"),
        ("%%capture out\nx = 1", "out = __magic__(0)\nx = 1"),
        ("\n\n%%capture --no-stderr out\nx = 1", "\n\nout = __magic__(0)\nx = 1"),
        ("%%timeit -n 5 y = 2\ny + 1", "__magic__(0); y = 2\ny + 1"),
        ("%%time\n%%capture\nx = 1", "__magic__(0)\n__magic__(1)\nx = 1"),
        ("%%bash\nls\nrm x\n", "__magic__(0)\n\n\n"),
        ("%%bash --out listing\nls", "listing = __magic__(0)\n"),
        ("%%writefile {path}\nx = 1", "__magic__(0, path)\n"),
        ("%%sql rows <<\nselect 1", "rows = __magic__(0)\n"),
        ("# first\n%%time\nx = 1", "# first\n__magic__(0)\nx = 1"),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        (">>> x = 1\n... y = 2", "x = 1\ny = 2"),
        ("In [3]: x = 1\n   ...: y = 2", "x = 1\ny = 2"),
    ],
)
def test_masked(source: str, python: str) -> None:
    assert mask(source).python == python


@pytest.mark.parametrize(
    "source",
    [
        'text = """\n%time x\n!ls\nname?\n"""',
        "r = (q\n % 5)",
        "r = q \\\n % 5",
        "# %%capture\nx = 1",
        "x = a != b",
        'print("really?")',
        "a = [1\n   , 2]",
        "f(x\n!=y)",
        "s = 'a\\\n%b'",
        "x: int = 5 % 3",
        "pip = 1\nconda = pip",
    ],
)
def test_python_stays(source: str) -> None:
    assert mask(source).python == source


def test_magic_knows_its_parts() -> None:
    assert names("%run -i a.py\n!ls {x}\ny?") == [
        ("line", "run", "-i a.py"),
        ("shell", "!", "ls {x}"),
        ("help", "?", "y"),
    ]


def test_foreign_cell_keeps_its_body_to_the_letter() -> None:
    (magic,) = mask("%%bash -e\nls\n  rm x # y").magics
    assert (magic.text, magic.body, magic.code) == ("-e", "ls\n  rm x # y\n", False)


def test_continued_lines_are_joined() -> None:
    assert names("!a \\\n  b") == [("shell", "!", "a    b")]


def test_shifts_lead_back_to_the_source() -> None:
    source = "%%time\n  if a:\n      %time x = 1"
    masked = mask(source)
    assert masked.python.split("\n")[1:] == ["if a:", "    x = 1"]
    assert masked.shifts == ((2, 2), (3, 8))


def test_setup_on_the_line_of_a_magic_is_found_again() -> None:
    source = "%%timeit -n 5 y = 2\ny"
    masked = mask(source)
    assert masked.python.index("y = 2") + dict(masked.shifts)[1] == source.index("y = 2")


def test_the_target_of_a_magic_is_known() -> None:
    assert [magic.target for magic in mask("x = !ls\ny: list = !ls\nd[1] = !ls\n").magics] == ["x", "y", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cp {a} $b ${c} {d[1:2]}", ("a", "b", "c", "d[1:2]")),
        ("echo $$a {{b}} '$c' $1", ()),
        ("awk '{print $1}' $a", ()),
        ("echo $a.b $HOME", ("a.b", "HOME")),
        ("a } b {c}", ()),
        ("f {x), (y}", ()),
    ],
)
def test_expansions(text: str, found: tuple[str, ...]) -> None:
    assert expansions(text) == found


@pytest.mark.parametrize(
    "source",
    [
        "!?%" * 20_000,
        "!\n?\n%\n" * 5_000,
        "x = !ls $a\n" * 5_000,
        "%time x = 1\n!ls {x}\n" * 200,
        "%x\n" + '"""' * 20_001,
        "%x\n" + "'" + "\\'" * 30_000,
        "!" + "$a'" * 30_000,
        "!" + "{a}" * 30_000,
        "%%time\n" * 5_000,
        "!" + "a" * 50_000 + "?",
        "%%sql " + "-a " * 20_000,
        ">>> x\n" * 10_000,
        "(" * 50_000 + "\n%x",
    ],
)
def test_time_is_linear(source: str) -> None:
    start = time.process_time()
    mask(source)
    assert time.process_time() - start < 1


IPYTHON = TransformerManager()  # type: ignore[no-untyped-call]  # IPython has no annotation there


class _NoPythonError(Exception):
    """The body of a cell magic is not Python."""


class _Uniform(ast.NodeTransformer):
    """Every call that stands for a magic as the same name, and what magics run as code in its place."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        name, *arguments = _call(node.value)
        if name == "run_cell_magic" and arguments[0] in PYTHON_BODIES:
            bound = "out = " if arguments[0] == "capture" and arguments[1].strip() else ""
            body = by_ipython(arguments[2])
            if body is None:
                raise _NoPythonError
            return [*ast.parse(f"{bound}magic").body, *body.body]
        if name == "run_line_magic" and arguments[0] in ("time", "prun"):
            run = by_ipython(arguments[1])
            if run and run.body:
                return run.body
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        name, *arguments = _call(node.value)
        run = by_ipython(arguments[1]) if name == "run_line_magic" and arguments[0] == "time" else None
        if run and len(run.body) == 1 and isinstance(run.body[0], ast.Expr):
            return ast.Assign(node.targets, run.body[0].value)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return ast.Name("magic", ast.Load()) if _call(node)[0] else self.generic_visit(node)


def _call(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(ast.Attribute(ast.Call(ast.Name("get_ipython")), method), arguments):
            return [method, *(str(ast.literal_eval(argument)) for argument in arguments)]
        case ast.Call(ast.Name("__magic__")):
            return ["__magic__"]
    return [""]


def _uniform(python: str) -> ast.Module | None:
    try:
        tree: ast.Module = _Uniform().visit(ast.parse(python))
    except (SyntaxError, _NoPythonError):
        return None
    return tree


def by_ipython(source: str) -> ast.Module | None:
    try:
        return _uniform(str(IPYTHON.transform_cell(source)))
    except SyntaxError:
        return None


def shown(tree: ast.Module | None) -> str:
    return ast.dump(tree) if tree else "no Python"


FRAGMENTS = [
    "x = 1", "", "   ", "# note?", "# %time", "f(a,\n  b)", 's = """\n%time x\n!ls\n\nfoo?\n"""', "t = '''a\n   \nb'''",
    "r = (q\n % 5)", "r = q \\\n % 5", "if a:\n    %time y = 1\n    !ls {y}\nelse:\n    z = !pwd", "%matplotlib inline",
    "%time z = f(x)", "%time", "%timeit f(x)", "w = %time f(x)", "%time for i in y: print(i)", '!ls $x | grep "a',
    "!pip install \\\n  a \\\n  b", "y = !ls", "y: list = !ls", "y = %env HOME", "y = \\\n  %env A", "a, b = !ls",
    "d[x] = !ls", "x.y = %timeit -o f", "foo?", "foo??", "?foo", "??foo", "?", "foo.bar[0]?", "%time?", "x = foo?",
    "foo ?", "foo? # c", "!ls foo?", 'print("a?")', 'a = {"b": "%s" % c}', "/f a b", ",f a b", ";f a b", "% time x",
    "%%time", "%%bash", "   indented", "for i in x: !ls", "x = 5 %3", 's = "a\\\nb"', "x += !ls", "f(x=!ls)", "!", "%",
    "!!ls", "%prun f(x)", "@dec\nclass A:\n    %pwd\n    b = 1", "x = f'{a!r}'", "x = 1; %time", "%lsmagic # c", "...",
    "%time !ls", '"""doc"""', "x = (1,\n# c %\n2)", "$x", '!echo "#" # x', "# a\\\n%time x = 1", "%time x = \\\n 2",
    "return 3", 'print "x"', "\ty = 1", "%%sql\nselect", "\\\n!ls",
]  # fmt: skip
HEADS = [
    "",
    "",
    "",
    "%%time\n",
    "%%capture\n",
    "%%bash -x\n",
    "\n\n%%timeit -n 1\n",
    "# c\n%%time\n",
    "%%time\n%%capture o\n",
]
PROMPTS = [("", ""), ("", ""), ("    ", "    "), (">>> ", "... "), ("In [2]: ", "   ...: ")]


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=7),
    st.sampled_from(PROMPTS),
    st.sampled_from(["", "", "\n", "\\", "\n\n"]),
)
def test_same_python_as_ipython(head: str, fragments: list[str], prompts: tuple[str, str], tail: str) -> None:
    lines = (head + "\n".join(fragments)).split("\n")
    source = "\n".join([prompts[0] + lines[0], *(prompts[1] + line for line in lines[1:])]) + tail
    python = mask(source).python
    assert python.count("\n") == source.count("\n")
    ours = shown(_uniform(python if source.endswith("\n") else python + "\n"))
    assert ours.replace("'out'", "'o'") == shown(by_ipython(source)).replace("'out'", "'o'")


@given(st.text("%!?=()[]{}'\"\\\n\t #x,;/.:$>"))
def test_any_text_keeps_its_lines(source: str) -> None:
    assert mask(source).python.count("\n") == source.count("\n")
