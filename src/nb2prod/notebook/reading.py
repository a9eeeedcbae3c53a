"""The order of reading: bytes, text, JSON, one shape for all formats, cells."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from nb2prod.model.frozen import replace
from nb2prod.model.notebook import Notebook, ReadProblem
from nb2prod.notebook.cells import cells_of
from nb2prod.notebook.decode import decode, load
from nb2prod.notebook.file import Contents, contents, received
from nb2prod.notebook.formats import Document, document
from nb2prod.notebook.json_values import Object, object_at, text_at
from nb2prod.notebook.metadata import ignored_rules_of, is_python_2, refuse_other_languages, words_of


def read(path: str) -> Notebook:
    """The notebook in a file; raises NotebookError if there is none that can be read."""
    return notebook_in(contents(path), path)


def whole(path: str) -> Notebook:
    """The notebook in a file, with the code of files that it runs in their place where that is the same."""
    from nb2prod.notebook.included import with_included  # for conversions alone

    return with_included(read(path))


def parse(data: bytes, path: str) -> Notebook:
    """The notebook in some bytes; `path` is what errors call it and what gives it its name."""
    return notebook_in(received(data), path)


def notebook_in(found: Contents, path: str) -> Notebook:
    """The notebook in what was read from a file."""
    text = decode(found.data, path)
    parts = document(load(text, path), path)
    refuse_other_languages(parts.metadata, path)
    with _quietly():
        cells, problems = cells_of(parts)
    return Notebook(
        path,
        cells,
        name=_stem(path),
        kernel=text_at(object_at(parts.metadata, "kernelspec"), "name"),
        python_version=text_at(object_at(parts.metadata, "language_info"), "version"),
        format=parts.format,
        metadata=_words(parts, text, found.complete),
        ignored_rules=ignored_rules_of(parts.metadata),
        problems=(*_repeated_keys(text), *parts.problems, *problems, *_old_python(parts.metadata)),
    )


def _words(parts: Document, text: str, complete: bool) -> frozenset[str]:
    """Facts as words: those of the metadata, `widgets` if an output is one, `outputs-skipped` in a large file."""
    words = words_of(parts.metadata, [cell.holder for cell in parts.cells])
    shown = {"widgets"} if "application/vnd.jupyter.widget-view+json" in text else set()
    return words | shown | (set() if complete else {"outputs-skipped"})


def without_trees(notebook: Notebook) -> Notebook:
    """The notebook without its syntax trees, fit to be handed to another process."""
    return replace(notebook, cells=tuple(replace(cell, tree=None) for cell in notebook.cells))


@contextmanager
def _quietly() -> Iterator[None]:
    """No warnings about the notebook's code on stderr, and no garbage collection while trees are being built."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if collecting:
            gc.enable()


def _repeated_keys(text: str) -> Iterator[ReadProblem]:
    """A problem if the file says twice what its cells are: every reader takes the last, and the first are lost."""
    if text.find('"cells"', text.find('"cells"') + 1) < 0:
        return
    # few files hold the word twice: nobody else pays for the import
    from nb2prod.notebook.json_walk import root_keys

    if root_keys(text).count("cells") > 1:
        yield ReadProblem("duplicate-key", "the file has the key `cells` twice; only the last list of cells was read")


def _old_python(metadata: Object) -> Iterator[ReadProblem]:
    if is_python_2(metadata):
        yield ReadProblem("old-python", "the notebook was run by Python 2")


def _stem(path: str) -> str:
    """The name of the file without its folder and suffix."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return name.removesuffix(".ipynb") or name
