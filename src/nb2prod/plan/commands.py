"""Shell commands that Python says as well: downloads, folders, files, archives. All others stay shell lines."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote, urlsplit

from nb2prod.plan.shell_words import Word, words

FETCH = "fetch"
SHELL = "shell"
# Why a magic was replaced; a download says FETCH.
MAGIC = "magic"
SCHEMES = frozenset({"http", "https", "ftp"})
WGET_QUIET = frozenset({"-q", "--quiet", "-nv", "--no-verbose", "--show-progress"})
WGET_KEEP = frozenset({"-nc", "--no-clobber", "-c", "--continue"})
CURL_PLAIN = frozenset("LsSf#")
CURL_WORDS = {
    "--location": "L", "--silent": "s", "--show-error": "S", "--fail": "f", "--progress-bar": "#",
    "--remote-name": "O", "--output": "o",
}  # fmt: skip


def python_of(command: str, expressions: Mapping[str, str]) -> str | None:
    """The Python that does what a command does, None if it stays a command.

    `expressions` are the Python expressions in it, as written and as code.
    """
    parts = words(command, expressions)
    if not parts or parts[0].text is None:
        return None
    program, arguments = parts[0].text, parts[1:]
    if program == "wget":
        return _wget(arguments)
    if program == "curl":
        return _curl(arguments)
    plain = [word.text for word in arguments if word.text is not None]
    if len(plain) < len(arguments):
        return None  # what an expression holds would be taken apart by the shell
    match program:
        case "mkdir":
            return _call("make_folders", plain[1:]) if plain[:1] == ["-p"] and _no_options(plain[1:]) else None
        case "rm":
            return _rm(plain)
        case "cp" | "mv":
            return _two(program, plain)
        case "unzip":
            return _unzip(plain)
        case "tar":
            return _tar(plain)
    return None


def _call(method: str, arguments: Sequence[str], *flags: str) -> str:
    return f"{SHELL}.{method}({', '.join([*map(repr, arguments), *flags])})"


def _no_options(arguments: Sequence[str]) -> bool:
    return bool(arguments) and not any(argument.startswith("-") or not argument for argument in arguments)


def _options(arguments: Sequence[str]) -> tuple[set[str], list[str]] | None:
    """The letters of the options in front, and what follows; None if an option is a long one."""
    letters: set[str] = set()
    for at, argument in enumerate(arguments):
        if not argument.startswith("-"):
            return (letters, list(arguments[at:])) if _no_options(arguments[at:]) else None
        if argument.startswith("--"):
            return None
        letters |= set(argument[1:])
    return None


def _rm(arguments: Sequence[str]) -> str | None:
    found = _options(arguments)
    if found is None or not found[0] <= set("rRf"):
        return None
    return _call("remove", found[1], *(["folders=True"] if found[0] & set("rR") else []))


def _two(program: str, arguments: Sequence[str]) -> str | None:
    found = _options(arguments)
    allowed = set("rR") if program == "cp" else set("f")
    if found is None or not found[0] <= allowed or len(found[1]) != 2:
        return None
    return _call({"cp": "copy", "mv": "move"}[program], found[1], *(["folders=True"] if found[0] & set("rR") else []))


def _unzip(arguments: list[str]) -> str | None:
    """A quiet `unzip`: asked by nobody, it leaves the files that are there, unless `-o` says otherwise."""
    rest, folder = _without(arguments, "-d")
    letters = set("".join(part[1:] for part in rest if part.startswith("-")))
    names = [part for part in rest if not part.startswith("-")]
    if "q" not in letters or not letters <= set("qon") or len(names) != 1 or "." not in names[0]:
        return None
    return _call("unzip", [*names, *folder], *(["overwrite=True"] if "o" in letters else []))


def _tar(arguments: list[str]) -> str | None:
    """A quiet `tar` that extracts all of one file."""
    rest, folder = _without(arguments, "-C")
    if len(rest) != 2 or not _no_options(rest[1:]):
        return None
    letters = set(rest[0].removeprefix("-"))
    return (
        _call("untar", [rest[1], *folder]) if {"x", "f"} <= letters <= set("xfzjJ") and rest[0].endswith("f") else None
    )


def _without(arguments: list[str], option: str) -> tuple[list[str], list[str]]:
    """The arguments without an option that has a value, and the value."""
    if option not in arguments[:-1]:
        return arguments, []
    at = arguments.index(option)
    return [*arguments[:at], *arguments[at + 2 :]], [arguments[at + 1]]


# downloads


def _wget(arguments: list[Word]) -> str | None:
    """One file from one address. A file that is there is left alone: wget would put the new one beside it."""
    urls: list[Word] = []
    path, folder, keeps = None, None, False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        option = word.text or ""
        if option in {"-O", "-qO", "--output-document", "-P", "--directory-prefix"}:
            if not rest:
                return None
            value = rest.pop(0)
            path, folder = (path, value) if option in {"-P", "--directory-prefix"} else (value, folder)
        elif option.startswith("--output-document="):
            path = Word(option.partition("=")[2], repr(option.partition("=")[2]))
        elif option in WGET_KEEP:
            keeps = True
        elif option.startswith("-") and option not in WGET_QUIET:
            return None
        elif not option.startswith("-"):
            urls.append(word)
    if len(urls) != 1 or (path is not None and (path.text == "-" or folder is not None)):
        return None
    return _fetch(urls[0], path, folder, keeps or path is None, query=True)


def _curl(arguments: list[Word]) -> str | None:
    """One file from one address, followed wherever it leads."""
    urls: list[Word] = []
    path, named = None, False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        option = word.text or ""
        if not option.startswith("-"):
            urls.append(word)
            continue
        letters = CURL_WORDS.get(option, "" if option.startswith("--") else option[1:])
        if not letters or not set(letters[:-1]) <= CURL_PLAIN | {"O"} or letters[-1] not in CURL_PLAIN | {"O", "o"}:
            return None
        named |= "O" in letters
        if letters[-1] == "o":
            if not rest:
                return None
            path = rest.pop(0)
    if len(urls) != 1 or named == (path is not None) or (path is not None and path.text == "-"):
        return None
    return _fetch(urls[0], path, None, False, query=False)


def _fetch(url: Word, path: Word | None, folder: Word | None, keeps: bool, *, query: bool) -> str | None:
    """The call of the step that fetches a file; the file has the name that the program would give it."""
    flags = ["keep=True"] if keeps else []
    if url.text is None:
        if path is None and (folder is not None or not query):
            return None
        return f"{FETCH}({', '.join([url.code, *([path.code] if path else []), *flags])})"
    if urlsplit(url.text).scheme not in SCHEMES:
        return None
    if path is None:
        name = saved_name(url.text, query=query)
        if not name or (folder is not None and folder.text is None):
            return None
        place = name if folder is None else f"{(folder.text or '').rstrip('/')}/{name}"
        path = Word(place, repr(place))
    return f"{FETCH}({', '.join([url.code, path.code, *flags])})"


def saved_name(url: str, *, query: bool) -> str:
    """The name under which a download is saved: wget keeps the query and decodes, curl does neither; "" if unclear."""
    parts = urlsplit(url)
    last = parts.path.rpartition("/")[2]
    if not query:
        return last
    name = unquote(last) or "index.html"
    full = f"{name}?{parts.query}" if parts.query else name
    return "" if "/" in full or "%" in full else full
