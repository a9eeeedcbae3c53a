"""What becomes of each magic and shell line: a table, and the generated helpers beside the real programs."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import chdir
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import ClassVar
from urllib.error import HTTPError

import pytest

from nb2prod.config import Config
from nb2prod.pipeline import Conversion, convert
from nb2prod.plan.commands import python_of, saved_name
from nb2prod.trace.workplace import workplace


def converted(folder: Path, *cells: str) -> Conversion:
    """The conversion of a notebook with these cells."""
    made = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": n, "source": source}
        for n, source in enumerate(cells, 1)
    ]
    path = folder / "example.ipynb"
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), encoding="utf-8")
    return convert(str(path), Config())


def stage_lines(conversion: Conversion) -> list[str]:
    """The lines of the first stage but for its docstring, without indentation. No IPython is left in any."""
    text = conversion.project["src/example/stages.py"]
    assert "get_ipython" not in text
    assert "__magic__" not in text
    body = text.partition('."""\n')[2].partition('"""\n')[2] if "\ndef " in text else ""
    return [line.strip() for line in body.splitlines() if line.strip()]


def test_the_text_of_kept_lines_is_made_of_them(tmp_path: Path) -> None:
    text = converted(tmp_path, "x = !ls", "y = x.n", "z = x.s.split(x.l[0])").project["src/example/stages.py"]
    assert 'y = "\\n".join(x)' in text
    assert 'z = " ".join(x).split(list(x)[0])' in text


def test_what_timing_prints_is_listed_as_left_out(tmp_path: Path) -> None:
    dropped = converted(tmp_path, "%%time\nx = 1", "%time y = x + 1", "print(y)").plan.dropped
    assert [(each.what, each.place.cell, "took" in each.why) for each in dropped] == [
        ("%%time", 1, True),
        ("%time", 2, True),
    ]


TRANSLATED = {
    "!echo hi": "shell.run('echo hi')",
    "!ls": "shell.run('ls')",
    "!mkdir -p a/b": "shell.make_folders('a/b')",
    "!rm -rf a": "shell.remove('a', folders=True)",
    "!cp a b": "shell.copy('a', 'b')",
    "!mv a b": "shell.move('a', 'b')",
    "!unzip -q -o x.zip -d out": "shell.unzip('x.zip', 'out', overwrite=True)",
    "!tar -xzf x.tgz -C out": "shell.untar('x.tgz', 'out')",
    "%mkdir a": "shell.run('mkdir a')",
    "%ls": "shell.run('ls')",
    "x = !ls": "x = shell.lines('ls')",
    "x = %sx ls": "x = shell.lines('ls')",
    "x = %pwd": "x = shell.cwd()",
    "x = %env HOME": "x = shell.env('HOME')",
    "!!ls": "shell.lines('ls')",
    "%%sx\nls": "shell.lines('ls')",
    "%%bash\nls": "shell.script(['bash'], 'ls\\n')",
    "%%bash --no-raise-error\nls": "shell.script(['bash'], 'ls\\n', check=False)",
    "%%script perl -w\nx": "shell.script(['perl', '-w'], 'x\\n')",
    "%%python\nprint(1)": "shell.script(['python'], 'print(1)\\n')",
    "%%writefile a.txt\nhi": "shell.write_file('a.txt', 'hi\\n')",
    "%%file -a a.txt\nhi": "shell.write_file('a.txt', 'hi\\n', append=True)",
    "%cd ..": "shell.cd('..')",
    "%cd -q ..": "shell.cd('..', quiet=True)",
    "%cd -": "shell.cd('-')",
    "%cd": "shell.cd('~')",
    "%env A=1": "shell.set_env('A', '1')",
    "%set_env A 2": "shell.set_env('A', '2')",
    "%run helper.py": "globals().update(shell.run_file('helper.py'))",
    "%%capture out\nprint(1)": "with shell.capture() as out:",
    "%time x = 1": "x = 1",
    "%%time\nx = 1": "x = 1",
}
DROPPED = [
    "%matplotlib inline", "%load_ext autoreload", "%autoreload 2", "%config InlineBackend.figure_format = 'retina'", "%env",
    "%env HOME", "%pwd", "%who", "%whos", "%pdb on", "%precision 3", "%timeit abs(1)", "%%timeit\nabs(1)", "%memit abs(1)",
    "%lprun -f abs abs(1)", "%%html\n<b>", "%%HTML\n<b>", "%%javascript\nx", "%%latex\nx", "%%markdown\nx", "%lsmagic",
    "%history", "%autosave 60", "%tensorboard --logdir x", "%tensorflow_version 2.x", "!pip install pandas",
    "%pip install pandas", "%conda install pandas", "!apt-get install -y graphviz", "abs?",
]  # fmt: skip
LEFT = [
    "%%sql\nselect 1", "%sql select 1", "x = %sql select 1", "%%R\nx", "%R x", "%%bigquery df\nselect 1", "%%cython\nx",
    "%%bash --out text\nls", "%store x", "%reset -f", "%run other.ipynb", "%run -i a.py 3", "%pylab inline", "%load a.py",
    "%popd", "%cd -b home", "%timeit x.append(1)", "%lprun -f f f(1)", "%unheard_of",
]  # fmt: skip


@pytest.mark.parametrize("source", TRANSLATED)
def test_translated(source: str, tmp_path: Path) -> None:
    conversion = converted(tmp_path, f"{source}\n")
    assert TRANSLATED[source] in stage_lines(conversion)
    assert not [f for f in conversion.plan.fallbacks if f.kind in {"refused", "whole"}]


@pytest.mark.parametrize("source", DROPPED)
def test_dropped(source: str, tmp_path: Path) -> None:
    conversion = converted(tmp_path, source, "x = 1")
    assert conversion.plan.dropped
    assert stage_lines(conversion)[:1] == ["x = 1"]


@pytest.mark.parametrize("source", LEFT)
def test_what_has_no_translation_stops_the_package_and_is_work_for_a_person(source: str, tmp_path: Path) -> None:
    conversion = converted(tmp_path, "x = [1]", source)
    plan = conversion.plan
    assert stage_lines(conversion)
    assert [f.kind for f in plan.fallbacks if f.kind in {"refused", "whole"}]


def test_expressions_in_a_magic_are_evaluated(tmp_path: Path) -> None:
    lines = stage_lines(converted(tmp_path, 'folder = "a"\n%cd -q {folder}\n%env PLACE=$folder\n'))
    assert lines[1:3] == ['shell.cd(f"{folder}", quiet=True)', "shell.set_env('PLACE', f\"{folder}\")"]


def test_the_helper_has_only_what_is_called(tmp_path: Path) -> None:
    text = converted(tmp_path, "!mkdir -p a").project["src/example/shell.py"]
    assert [line.split("(")[0].strip() for line in text.splitlines() if "def " in line] == [
        "def _step",
        "def make_folders",
    ]


@pytest.mark.parametrize(
    ("line", "packages"),
    [
        ("!pip install -q 'pandas>=2' numpy", ["numpy", "pandas"]),
        ("!pip install -r requirements.txt", []),
        ("!pip install --index-url here.example pandas", ["pandas"]),
        ("!gdown 1x -O a.zip", ["gdown"]),
    ],
)
def test_what_a_line_installs_or_needs_is_a_dependency(line: str, packages: list[str], tmp_path: Path) -> None:
    assert [d.distribution for d in converted(tmp_path, line, "x = 1").plan.dependencies] == packages


# commands that Python says as well

COMMANDS = [
    "mkdir -p new/deep", "mkdir -p data", "rm a.txt", "rm -f a.txt missing.txt", "rm missing.txt", "rm data", "rm -rf data",
    "rm -r data a.txt", "cp a.txt b.txt", "cp a.txt data", "cp a.txt 'with space.txt'", "cp -r data copy", "cp -r data other",
    "cp data x", "cp missing.txt x", "mv a.txt b.txt", "mv a.txt data", "mv data other", "mv a.txt other.txt",
    "unzip -q pack.zip", "unzip -q pack.zip -d out", "unzip -qo pack.zip", "unzip -q missing.zip", "tar -xf pack.tar",
    "tar -xf pack.tar -C data", "tar xf pack.tar",
]  # fmt: skip


def furnished(folder: Path) -> Path:
    """A folder with some files, folders and archives."""
    (folder / "data" / "deep").mkdir(parents=True)
    (folder / "other").mkdir()
    for name in ("a.txt", "other.txt", "data/one.txt", "data/deep/two.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    code = "import shutil; [shutil.make_archive('pack', kind, '.', 'data') for kind in ('zip', 'tar')]"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
    (folder / "data" / "one.txt").write_text("changed", encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, str | None]:
    """Every file with its text, every folder with None."""
    paths = (path for path in sorted(folder.rglob("*")) if not path.name.startswith("pack."))
    return {p.relative_to(folder).as_posix(): None if p.is_dir() else p.read_text(encoding="utf-8") for p in paths}


def module_of(conversion: Conversion, name: str, folder: Path) -> ModuleType:
    """A module of the generated package."""
    path = folder / f"{name}.py"
    path.write_text(conversion.project[f"src/example/{name}.py"], encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"generated_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("command", COMMANDS)
def test_python_does_what_the_command_does(command: str, tmp_path: Path) -> None:
    code = python_of(command, {})
    assert code is not None
    program = command.split()[0]
    if subprocess.run(["/bin/sh", "-c", f"command -v {program}"], capture_output=True, check=False).returncode:
        pytest.skip(f"{program} is not installed")
    for name in ("one", "two", "module"):
        (tmp_path / name).mkdir()
    real, ours = furnished(tmp_path / "one"), furnished(tmp_path / "two")
    subprocess.run(["/bin/sh", "-c", command], cwd=real, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    shell = module_of(converted(tmp_path, f"!{command}"), "shell", tmp_path / "module").shell
    with chdir(ours):
        eval(code, {"shell": shell})
    assert tree(ours) == tree(real)


@pytest.mark.parametrize(
    "command",
    [
        "rm *.txt", "rm ~/x", "rm $HOME/x", "cp a b c", "cp -p a b", "mkdir a", "mv -n a b", "unzip x.zip", "unzip -q x.zip a.txt",
        "tar -xvf x.tar", "tar -cf x.tar a", "wget -i list.txt", "wget https://x.example/a https://x.example/b",
        "wget -O - https://x.example/a", "wget https://x.example/a && ls", "wget https://x.example/a > log", "wget x.example/a",
        "wget --no-check-certificate https://x.example/a", "curl https://x.example/a", "curl -k -O https://x.example/a",
        "curl -d x -o a https://x.example/a", "curl -sI https://x.example/a", "rm 'a", "echo hi", "",
    ],
)  # fmt: skip
def test_what_a_shell_or_another_option_changes_stays_a_command(command: str) -> None:
    assert python_of(command, {}) is None


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("wget https://x.example/d/a.csv", "fetch('https://x.example/d/a.csv', 'a.csv', keep=True)"),
        ("wget -q 'https://x.example/a.csv?raw=1'", "fetch('https://x.example/a.csv?raw=1', 'a.csv?raw=1', keep=True)"),
        ("wget -nc -P data https://x.example/a%20b.csv", "fetch('https://x.example/a%20b.csv', 'data/a b.csv', keep=True)"),
        ("wget -O b.csv https://x.example/a.csv", "fetch('https://x.example/a.csv', 'b.csv')"),
        ("wget -nc -O b.csv https://x.example/a.csv", "fetch('https://x.example/a.csv', 'b.csv', keep=True)"),
        ("wget {url}", "fetch(url, keep=True)"),
        ('wget -O data/{name}.csv "$url"', "fetch(url, f\"data/{name}.csv\")"),
        ("curl -sSLO https://x.example/a.csv?x=1", "fetch('https://x.example/a.csv?x=1', 'a.csv')"),
        ("curl -L https://x.example/a -o b", "fetch('https://x.example/a', 'b')"),
        ("curl --silent --output b https://x.example/a", "fetch('https://x.example/a', 'b')"),
    ],
)  # fmt: skip
def test_a_download_is_a_step(command: str, code: str) -> None:
    assert python_of(command, {"url": "url", "name": "name"}) == code


def test_a_download_has_the_name_that_the_program_gives_it() -> None:
    assert saved_name("https://x.example/", query=True) == "index.html"
    assert saved_name("https://x.example/a?b=c/d", query=True) == ""


DOWNLOADS = """
import urllib.request
!wget -q https://x.example/sales.csv
urllib.request.urlretrieve("https://x.example/b.csv", "b.csv")
def get(url):
    urllib.request.urlretrieve(url, "c.csv")
rows = open("sales.csv").read(), get
"""


def test_the_address_the_file_and_the_checksum_are_settings(tmp_path: Path) -> None:
    conversion = converted(tmp_path, DOWNLOADS)
    plan, text = conversion.plan, conversion.project["src/example/stages.py"]
    assert {s.name: s.kind for s in plan.settings} == {
        "sales_url": "url", "sales_path": "download", "sales_csv_sha256": "checksum",
        "b_url": "url", "b_path": "download", "b_csv_sha256": "checksum",
    }  # fmt: skip
    assert "open(settings.sales_path)" in text  # one file is one setting
    assert 'fetch(url, "c.csv")' in text
    assert "import urllib" not in text
    assert [work.what for work in plan.work if "SHA-256" in work.what]


def test_a_later_command_takes_the_downloaded_file_by_its_setting(tmp_path: Path) -> None:
    lines = stage_lines(
        converted(tmp_path, "!wget https://x.example/pack.zip\n!unzip -q pack.zip -d out\n!cp b.zip c.zip")
    )
    assert lines[-2:] == ["shell.unzip(settings.pack_path, 'out')", "shell.copy('b.zip', 'c.zip')"]


class Server(BaseHTTPRequestHandler):
    """Answers with what was asked for; `/busy` only at the third time."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        busy = self.path == "/busy" and self.asked.count("/busy") < 3
        self.send_response(503 if busy else 404 if self.path == "/missing" else 200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a server on this machine."""
    Server.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The generated module, in a working directory of its own; it does not wait between attempts."""
    stamina = pytest.importorskip("stamina")
    for name in ("module", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    stamina.set_testing(True, attempts=4)
    yield module_of(converted(tmp_path, DOWNLOADS), "downloads", tmp_path / "module")
    stamina.set_testing(False)


def names(folder: str = ".") -> list[str]:
    """The files in a folder."""
    return [path.name for path in Path(folder).iterdir()]


def test_a_download_is_saved(downloads: ModuleType, address: str) -> None:
    downloads.fetch(f"{address}/a.csv", "deep/b.csv")
    assert Path("deep/b.csv").read_text(encoding="utf-8") == "/a.csv"
    assert names("deep") == ["b.csv"]


def test_without_a_path_the_address_names_the_file(downloads: ModuleType, address: str) -> None:
    downloads.fetch(f"{address}/d/a%20b.csv?x=1")
    assert names() == ["a b.csv?x=1"]


def test_a_file_that_is_there_is_kept_only_if_asked(downloads: ModuleType, address: str) -> None:
    Path("a.csv").write_text("old", encoding="utf-8")
    downloads.fetch(f"{address}/a.csv", "a.csv", keep=True)
    assert Server.asked == []
    downloads.fetch(f"{address}/a.csv", "a.csv")
    assert Path("a.csv").read_text(encoding="utf-8") == "/a.csv"


def test_a_busy_server_is_asked_again(downloads: ModuleType, address: str) -> None:
    downloads.fetch(f"{address}/busy", "a")
    assert Server.asked == ["/busy"] * 3


def test_a_failed_download_leaves_what_was_there(downloads: ModuleType, address: str) -> None:
    Path("a").write_text("old", encoding="utf-8")
    with pytest.raises(HTTPError):
        downloads.fetch(f"{address}/missing", "a")
    assert Server.asked == ["/missing"]
    assert (names(), Path("a").read_text(encoding="utf-8")) == (["a"], "old")


def test_the_checksum_is_checked(downloads: ModuleType, address: str) -> None:
    digest = hashlib.sha256(b"/a").hexdigest()
    downloads.fetch(f"{address}/a", "a", sha256=digest.upper())
    with pytest.raises(ValueError, match=digest[:8]):
        downloads.fetch(f"{address}/a", "b", sha256="0" * 64)
    with pytest.raises(ValueError, match=digest[:8]):
        downloads.fetch(f"{address}/a", "a", keep=True, sha256="0" * 64)
    assert names() == ["a"]


@pytest.mark.parametrize("program", ["wget", "curl"])
def test_what_a_download_says_on_its_way_is_not_compared(program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    converted(tmp_path, "x = 1")
    with workplace(str(tmp_path / "example.ipynb")) as place:
        start = place.fresh()
        command = [program, "http://127.0.0.1:9/a.csv"]
        done = subprocess.run(command, env={"HOME": str(start.home)}, capture_output=True, text=True, check=False)
    assert (done.returncode != 0, done.stdout, done.stderr) == (True, "", "")


# what the helpers do

SHELL = """
%cd -q deep
here = %pwd
%cd -
%env COLOUR=blue
colour = %env COLOUR
!echo hi
lines = !printf 'a\\nb\\n'
"""


def test_folders_and_variables(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "module").mkdir()
    module = module_of(converted(tmp_path, SHELL), "shell", tmp_path / "module")
    with chdir(tmp_path):
        module.shell.cd("deep", quiet=True)
        assert module.shell.cwd() == str(tmp_path / "deep")
        module.shell.cd("-")
        assert Path.cwd() == tmp_path
    assert module.shell.lines("printf 'a\\nb\\n'") == ["a", "b"]


def test_a_failing_script_is_an_error_a_failing_line_is_not(tmp_path: Path) -> None:
    shell = module_of(converted(tmp_path, "%%bash\nls", "!ls"), "shell", tmp_path).shell
    shell.run("exit 3")
    shell.script(["sh"], "exit 3", check=False)
    with pytest.raises(subprocess.CalledProcessError):
        shell.script(["sh"], "exit 3")


# files that the notebook runs

SCRIPT = '''
"""Prices."""
import math

RATE = 1.2


def gross(net):
    """With tax."""
    value = net * RATE
    return math.floor(value)
'''


def with_script(folder: Path, script: str, *cells: str) -> list[str]:
    """The code of the stages module of a notebook beside a script."""
    (folder / "prices.py").write_text(script, encoding="utf-8")
    conversion = converted(folder, *cells)
    return conversion.project["src/example/stages.py"].splitlines()


def test_a_script_stands_where_it_is_run(tmp_path: Path) -> None:
    lines = with_script(tmp_path, SCRIPT, "import math\n%run prices.py\nvalue = gross(10) + math.floor(1.5)")
    assert [line for line in lines if line.startswith("def gross(")]
    assert "import math" in lines
    assert not [line for line in lines if "run_file" in line]


@pytest.mark.parametrize(
    ("script", "cell"),
    [
        (SCRIPT, "%run prices.py\nRATE = 2"),
        (SCRIPT, "RATE = 2\n%run prices.py"),
        (SCRIPT, "import cmath as math\n%run prices.py"),
        (SCRIPT, "%run prices.py\n%run prices.py"),
        (SCRIPT, "%cd ..\n%run prices.py"),
        (SCRIPT, "%%writefile prices.py\nRATE = 3\n"),
        ("total = amount * 2", "amount = 1\n%run prices.py"),
        ("def raised():\n    global RATE\n    RATE = 2", "%run prices.py"),
        ("import sys\nprint(sys.argv)", "%run prices.py"),
        ("print(globals())", "%run prices.py"),
        ("import sys\nsys.exit()", "%run prices.py"),
        ("def f(:", "%run prices.py"),
    ],
)
def test_a_script_that_would_be_another_program_there_is_run_as_it_is(script: str, cell: str, tmp_path: Path) -> None:
    lines = (
        with_script(tmp_path, script, cell, "%run prices.py")
        if "writefile" in cell
        else with_script(tmp_path, script, cell)
    )
    assert [line for line in lines if "run_file" in line]


def test_another_notebook_stands_where_it_is_run(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    converted(other, "amount = 1", "!mkdir -p out\nrate = 2")
    (other / "example.ipynb").rename(tmp_path / "first.ipynb")
    conversion = converted(tmp_path, "%run first.ipynb", "total = amount * rate")
    text = conversion.project["src/example/stages.py"]
    assert "    amount = 1\n    shell.make_folders('out')\n    rate = 2\n    total = amount * rate\n" in text
    assert not conversion.plan.fallbacks


def test_a_notebook_of_more_than_plain_cells_is_not_taken_over(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    converted(other, "%%bash\nls")
    (other / "example.ipynb").rename(tmp_path / "first.ipynb")
    assert [f.kind for f in converted(tmp_path, "%run first.ipynb").plan.fallbacks] == ["whole"]
