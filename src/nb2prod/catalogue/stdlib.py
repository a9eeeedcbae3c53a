"""The standard library: files, folders, processes and what is stored in them."""

from nb2prod.catalogue._function import (
    BOOL,
    CHANGES,
    DATABASE,
    DISPLAY,
    FILES,
    INPUT,
    INT,
    NETWORK,
    NOTHING,
    OPTIONS,
    PRINTS,
    PURE,
    RANDOM,
    RECEIVER,
    SHELL,
    STR,
    Function,
    bases,
    properties,
    table,
)

CWD = frozenset({"cwd"})
ENV = frozenset({"env"})
EXIT = frozenset({"exit"})
IMPORTS = frozenset({"path"})
PATH = "pathlib.Path"
FILE = "typing.IO[Any]"
PATHS = "Iterator[pathlib.Path]"
SELF = Function("self", pure=True)
RUNS = Function(effects=SHELL)


def asks(returns: str, keyword: str) -> Function:
    """A question about one path."""
    return Function(returns, reads=(0, keyword), effects=FILES)


def changes(keyword: str, returns: str = "None") -> Function:
    """A change of one path."""
    return Function(returns, writes=(0, keyword), effects=FILES)


def opens(keyword: str, returns: str = FILE) -> Function:
    """Something that opens a file for reading or writing, as its mode says."""
    return Function(returns, reads=(0, keyword), writes=(0, keyword))


ENTRIES = table(
    # os
    ("os", "listdir", asks("list[str]", "path")),
    ("os", "scandir stat", asks("", "path")),
    ("os", "walk", asks("Iterator[tuple[str, list[str], list[str]]]", "top")),
    ("os", "access", asks("bool", "path")),
    ("os", "mkdir remove unlink rmdir", changes("path")),
    ("os", "makedirs removedirs", changes("name")),
    ("os", "rename replace", Function("None", reads=(0, "src"), writes=(1, "dst"), effects=FILES)),
    ("os", "chmod", changes("path")),
    ("os", "chdir", Function("None", effects=CWD, reads=(0, "path"))),
    ("os", "getcwd", STR),
    ("os", "getpid cpu_count", INT),
    ("os", "getenv", Function("str | None", effects=ENV)),
    ("os", "putenv unsetenv", Function("None", effects=ENV)),
    ("os", "system popen execv kill fork", RUNS),
    ("os", "getlogin uname", Function(effects=ENV)),
    ("os", "urandom", Function("bytes", effects=RANDOM)),
    ("os", "fspath", STR),
    ("os.environ", "get", Function("str | None", effects=ENV)),
    ("os.environ", "update setdefault pop", Function(effects=ENV, mutates=True)),
    ("os.environ", "copy", Function("dict[str, str]", effects=ENV)),
    ("os.path", "exists isfile islink", asks("bool", "path")),
    ("os.path", "isdir", asks("bool", "s")),
    ("os.path", "getsize", asks("int", "filename")),
    ("os.path", "getmtime getctime getatime", asks("float", "filename")),
    ("os.path", "join basename dirname normpath abspath expanduser expandvars realpath relpath commonpath", STR),
    ("os.path", "split splitext", Function("tuple[str, str]", pure=True)),
    ("os.path", "isabs", BOOL),
    # pathlib
    (PATH, "read_text", Function("str", reads=RECEIVER, role="load")),
    (PATH, "read_bytes", Function("bytes", reads=RECEIVER, role="load")),
    (PATH, "write_text write_bytes", Function("int", writes=RECEIVER, role="export")),
    (PATH, "open", Function(FILE, reads=RECEIVER, writes=RECEIVER)),
    (PATH, "exists is_file is_dir is_symlink", Function("bool", reads=RECEIVER, effects=FILES)),
    (PATH, "glob rglob iterdir", Function(PATHS, reads=RECEIVER, effects=FILES)),
    (PATH, "stat", Function("os.stat_result", reads=RECEIVER, effects=FILES)),
    (PATH, "resolve absolute expanduser", SELF),
    (PATH, "mkdir touch unlink rmdir chmod", Function("None", writes=RECEIVER, effects=FILES)),
    (PATH, "rename replace", Function("self", reads=RECEIVER, writes=(0, "target"), effects=FILES)),
    (PATH, "cwd home", SELF),
    ("pathlib.PurePath", "joinpath with_name with_suffix with_stem relative_to", SELF),
    ("pathlib.PurePath", "as_posix as_uri", STR),
    ("pathlib.PurePath", "is_absolute match is_relative_to", BOOL),
    # shutil, glob, tempfile
    ("shutil", "copy copy2 copyfile move", Function(reads=(0, "src"), writes=(1, "dst"), effects=FILES)),
    ("shutil", "copytree", Function(reads=(0, "src"), writes=(1, "dst"), effects=FILES)),
    ("shutil", "copyfileobj", Function("None", effects=FILES)),
    ("shutil", "rmtree", changes("path")),
    ("shutil", "make_archive", Function("str", writes=(0, "base_name"), effects=FILES, role="export")),
    ("shutil", "unpack_archive", Function("None", reads=(0, "filename"), writes=(1, "extract_dir"), effects=FILES)),
    ("shutil", "which", Function("str | None", effects=FILES)),
    ("shutil", "disk_usage", asks("", "path")),
    ("glob", "glob", asks("list[str]", "pathname")),
    ("glob", "iglob", asks("Iterator[str]", "pathname")),
    ("fnmatch", "fnmatch", BOOL),
    ("tempfile", "mkdtemp mktemp", Function("str", effects=FILES)),
    ("tempfile", "mkstemp", Function("tuple[int, str]", effects=FILES)),
    ("tempfile", "NamedTemporaryFile TemporaryFile TemporaryDirectory", Function(effects=FILES)),
    ("tempfile", "gettempdir", STR),
    # open files
    ("io.StringIO", "getvalue", STR),
    ("io.BytesIO", "getvalue", Function("bytes", pure=True)),
    ("typing.IO", "read readline readlines", Function(role="load", mutates=True)),
    ("typing.IO", "write writelines", Function(role="export", mutates=True)),
    ("typing.IO", "close flush seek truncate", Function(mutates=True)),
    ("typing.IO", "tell", INT),
    ("gzip", "open", opens("filename")),
    ("bz2", "open", opens("filename")),
    ("lzma", "open", opens("filename")),
    ("codecs", "open", opens("filename")),
    ("zipfile", "ZipFile", opens("file")),
    ("tarfile", "open", opens("name", "tarfile.TarFile")),
    ("tarfile", "TarFile", opens("name")),
    ("zipfile.ZipFile", "extractall", Function("None", writes=(0, "path"), effects=FILES)),
    ("zipfile.ZipFile", "extract", Function("str", writes=(1, "path"), effects=FILES)),
    ("zipfile.ZipFile", "namelist", Function("list[str]", pure=True)),
    ("zipfile.ZipFile", "open", Function("typing.IO[bytes]", role="load")),
    ("zipfile.ZipFile", "read", Function("bytes", role="load")),
    ("zipfile.ZipFile", "write", Function("None", reads=(0, "filename"), mutates=True)),
    ("zipfile.ZipFile", "writestr close", CHANGES),
    ("tarfile.TarFile", "extractall", Function("None", writes=(0, "path"), effects=FILES)),
    ("tarfile.TarFile", "extract", Function("None", writes=(1, "path"), effects=FILES)),
    ("tarfile.TarFile", "getnames", Function("list[str]", pure=True)),
    ("tarfile.TarFile", "add", Function("None", reads=(0, "name"), mutates=True)),
    # formats
    ("json", "load", Function(role="load")),
    ("json", "loads", PURE),
    ("json", "dump", Function("None", role="export")),
    ("json", "dumps", STR),
    ("pickle", "load", Function(role="load")),
    ("pickle", "loads", PURE),
    ("pickle", "dump", Function("None", role="export")),
    ("pickle", "dumps", Function("bytes", pure=True)),
    ("csv", "reader", Function(role="load")),
    ("csv", "DictReader", Function(role="load")),
    ("csv", "writer", Function(role="export")),
    ("csv", "DictWriter", Function(role="export")),
    ("csv.DictWriter", "writeheader writerow writerows", Function(role="export", mutates=True)),
    ("shelve", "open", Function(reads=(0, "filename"), writes=(0, "filename"))),
    ("xml.etree.ElementTree", "parse", Function("xml.etree.ElementTree.ElementTree", reads=(0, "source"), role="load")),
    ("xml.etree.ElementTree", "fromstring", Function("xml.etree.ElementTree.Element", pure=True)),
    ("xml.etree.ElementTree.ElementTree", "write", Function("None", writes=(0, "file_or_filename"), role="export")),
    ("xml.etree.ElementTree.ElementTree", "getroot", Function("xml.etree.ElementTree.Element", pure=True)),
    ("tomllib", "loads", Function("dict[str, Any]", pure=True)),
    ("tomllib", "load", Function("dict[str, Any]", role="load")),
    ("configparser.ConfigParser", "read", Function("list[str]", reads=(0, "filenames"), role="load", mutates=True)),
    (
        "sqlite3",
        "connect",
        Function("sqlite3.Connection", reads=(0, "database"), writes=(0, "database"), effects=DATABASE),
    ),
    (
        "sqlite3.Connection",
        "execute executemany executescript",
        Function("sqlite3.Cursor", effects=DATABASE, mutates=True),
    ),
    ("sqlite3.Connection", "cursor", Function("sqlite3.Cursor", pure=True)),
    ("sqlite3.Connection", "commit rollback close", Function("None", effects=DATABASE, mutates=True)),
    ("sqlite3.Cursor", "execute executemany executescript", Function("self", effects=DATABASE, mutates=True)),
    ("sqlite3.Cursor", "fetchall", Function("list[Any]", role="load", effects=DATABASE, mutates=True)),
    ("sqlite3.Cursor", "fetchone fetchmany", Function(role="load", effects=DATABASE, mutates=True)),
    ("sqlite3.Cursor", "close", Function("None", effects=DATABASE, mutates=True)),
    # processes and the interpreter
    ("subprocess", "run", Function("subprocess.CompletedProcess[Any]", effects=SHELL)),
    ("subprocess", "call check_call", Function("int", effects=SHELL)),
    ("subprocess", "check_output", Function(effects=SHELL)),
    ("subprocess", "getoutput", Function("str", effects=SHELL)),
    ("subprocess", "Popen getstatusoutput", RUNS),
    ("sys", "exit", Function("None", effects=EXIT)),
    ("sys", "getsizeof getrecursionlimit", INT),
    ("sys", "setrecursionlimit", Function("None", effects=OPTIONS, role="setup")),
    ("sys.stdout", "write flush", Function(effects=PRINTS)),
    ("sys.stderr", "write flush", Function(effects=PRINTS)),
    ("sys.path", "append insert extend remove", Function("None", effects=IMPORTS, role="setup", mutates=True)),
    ("importlib", "import_module reload", Function("types.ModuleType", effects=IMPORTS)),
    ("atexit", "register", Function(effects=EXIT)),
    ("signal", "signal", Function(effects=EXIT)),
    # network
    ("urllib.request", "urlopen", Function(reads=(0, "url"), role="load", effects=NETWORK)),
    ("urllib.request", "urlretrieve", Function(reads=(0, "url"), writes=(1, "filename"), role="load", effects=NETWORK)),
    ("urllib.request", "Request build_opener", PURE),
    ("urllib.request", "install_opener", Function("None", effects=OPTIONS)),
    ("urllib.parse", "quote quote_plus unquote unquote_plus urlencode urljoin urlunparse", STR),
    ("urllib.parse", "urlparse urlsplit parse_qs parse_qsl", PURE),
    ("http.client", "HTTPConnection HTTPSConnection", Function(effects=NETWORK)),
    ("socket", "gethostname", Function("str", effects=ENV)),
    ("socket", "create_connection gethostbyname", Function(effects=NETWORK)),
    ("smtplib", "SMTP SMTP_SSL", Function(effects=NETWORK)),
    ("ftplib", "FTP", Function(effects=NETWORK)),
    ("webbrowser", "open open_new open_new_tab", Function("bool", effects=DISPLAY)),
    ("getpass", "getpass", Function("str", effects=INPUT)),
    ("getpass", "getuser", Function("str", effects=ENV)),
    ("asyncio", "sleep", Function("None", effects=frozenset({"sleep"}))),
    ("asyncio", "run gather", Function()),
    ("gc", "collect", NOTHING),
)

PROPERTIES = properties(
    ("pathlib.PurePath", "name stem suffix anchor drive root", "str"),
    ("pathlib.PurePath", "suffixes", "list[str]"),
    ("pathlib.PurePath", "parts", "tuple[str, ...]"),
    ("pathlib.PurePath", "parent", "self"),
    ("os", "sep linesep name curdir pardir pathsep", "str"),
    ("sys", "argv path", "list[str]"),
    ("sys", "version platform executable", "str"),
    ("sys", "maxsize", "int"),
)

BASES = bases(
    ("pathlib", "PurePath", ""),
    ("pathlib", "Path", "pathlib.PurePath"),
    ("pathlib", "PosixPath WindowsPath", "pathlib.Path"),
    ("typing", "IO", ""),
    ("io", "StringIO BytesIO TextIOWrapper BufferedReader BufferedWriter", "typing.IO"),
    ("zipfile", "ZipFile", ""),
    ("tarfile", "TarFile", ""),
    ("sqlite3", "Connection Cursor Row", ""),
    ("subprocess", "CompletedProcess Popen", ""),
    ("csv", "DictReader DictWriter", ""),
    ("configparser", "ConfigParser", ""),
    ("tempfile", "TemporaryDirectory", ""),
    ("types", "ModuleType SimpleNamespace", ""),
    ("xml.etree.ElementTree", "ElementTree Element", ""),
    ("urllib.request", "Request", ""),
)
