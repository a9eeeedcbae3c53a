"""Files: a folder before and after, and what a changed file means: rows, a tree, pixels, an object."""

# ruff: noqa: PTH114, PTH116, PTH118, PTH122, PTH123, PTH202, S301

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import pickle
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from .node import Node
from .values import Digester, module

PASSED_OVER = {"__pycache__", ".ipynb_checkpoints", ".ipython", ".git", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
LARGEST = 200_000_000


def snapshot(root: str) -> dict[str, tuple[int, int, int]]:
    """The files under a folder: time of change, size and inode, by path with forward slashes; a folder's path ends in one."""
    found = {}
    for path in _walk(root):
        state = os.stat(os.path.join(root, path), follow_symlinks=False)
        known = (state.st_mtime_ns ^ state.st_mode, state.st_size, state.st_ino)
        found[path.replace(os.sep, "/")] = (0, 0, 0) if path.endswith(os.sep) else known
    return found


def _walk(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        for name in folders:
            yield os.path.join(os.path.relpath(os.path.join(folder, name), root), "")
        for name in names:
            if not name.endswith((".pyc", ".sqlite-journal")):
                yield os.path.relpath(os.path.join(folder, name), root)


def changes(
    root: str, before: dict[str, tuple[int, int, int]], digester: Digester
) -> dict[str, dict[str, object] | None]:
    """The files that were written or changed, as digests; None stands for one that was removed."""
    after = snapshot(root)
    made: dict[str, dict[str, object] | None] = {path: None for path in before if path not in after}
    for path in sorted(after):
        if before.get(path) != after[path]:
            made[path] = digest_file(os.path.join(root, path), digester)
    return made


def digest_file(path: str, digester: Digester) -> dict[str, object]:
    """The hash of a file's bytes, and the digest of what they mean if we can read them."""
    if path.endswith("/"):
        return {"bytes": "folder", "size": 0}
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        state = hashlib.blake2b(_manner(path), digest_size=16)
        for block in iter(lambda: file.read(1 << 20), b""):
            state.update(block)
    made: dict[str, object] = {"bytes": state.hexdigest(), "size": size}
    if size <= LARGEST:
        node = meaning(path, digester)
        if node is not None:
            made["meaning"] = node.json(3)
    return made


def _manner(path: str) -> bytes:
    """Whether a file is a link, and whether it may be run."""
    return b"link" * os.path.islink(path) + b"program" * os.access(path, os.X_OK)


def meaning(path: str, digester: Digester) -> Node | None:
    """What a file says, by its suffix; None if we can't read it."""
    suffix = os.path.splitext(path)[1].lower()
    reader = READERS.get(suffix)
    if reader is None or (digester.exact and suffix in PLAIN):
        return None
    if digester.exact and suffix == ".xlsx":
        reader = _members
    try:
        return digester(reader(path))
    except Exception:
        return None


def _csv(path: str) -> object:
    with open(path, newline="", encoding="utf-8") as file:
        return [
            [_number(cell) for cell in row] for row in csv.reader(file, delimiter="\t" if path.endswith("tsv") else ",")
        ]


def _number(cell: str) -> object:
    """A float where a cell is one with a point or an exponent: its last digit may differ within the tolerance."""
    if not any(sign in cell for sign in ".eE"):
        return cell
    try:
        return float(cell)
    except ValueError:
        return cell


def _json(path: str) -> object:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def _jsonl(path: str) -> object:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _image(path: str) -> object:
    image = __import__("matplotlib.image", fromlist=["imread"])
    return image.imread(path)


def _numpy(path: str) -> object:
    numpy = __import__("numpy")
    held = numpy.load(path, allow_pickle=True)
    return dict(held) if hasattr(held, "files") else held


def _pickle(path: str) -> object:
    with open(path, "rb") as file:
        data = file.read()
    try:
        return pickle.load(io.BytesIO(data))
    except Exception:
        return __import__("joblib").load(path)


def _frame(function: str) -> Callable[[str], object]:
    def read(path: str) -> object:
        pandas: Any = module("pandas") or __import__("pandas")
        return getattr(pandas, function)(path)

    return read


def _excel(path: str) -> object:
    book = __import__("openpyxl").load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def _members(path: str) -> object:
    """The members of a workbook but for the one that says when it was written: its cells are read if these differ."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps/")}


def _sqlite(path: str) -> object:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


# The same content has the same bytes, unless floats differ in their last digits: what it means is asked in the second pass.
PLAIN = {".csv", ".tsv", ".json", ".jsonl", ".npy", ".parquet", ".feather", ".png", ".jpg", ".jpeg"}
READERS: dict[str, Callable[[str], object]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".json": _json,
    ".jsonl": _jsonl,
    ".png": _image,
    ".jpg": _image,
    ".jpeg": _image,
    ".npy": _numpy,
    ".npz": _numpy,
    ".pkl": _pickle,
    ".pickle": _pickle,
    ".joblib": _pickle,
    ".parquet": _frame("read_parquet"),
    ".feather": _frame("read_feather"),
    ".xlsx": _excel,
    ".db": _sqlite,
    ".sqlite": _sqlite,
    ".sqlite3": _sqlite,
}
