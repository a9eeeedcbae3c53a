"""A notebook file → `Notebook`.

`read` takes a path, `parse` bytes that came from elsewhere; `whole` reads what the notebook runs by `%run` as well. They
raise `NotebookError`, one line that says where, what and what to do, and nothing else. Each code cell comes masked and
parsed: `Cell.python` is its source with every piece of IPython syntax replaced by `__magic__(i)`, line for line, and
`Cell.tree` is the syntax tree of that text, made once for everyone, or None if `Cell.problem` says why there is none.

A file of more than 8 MB is read without its outputs.

Lines and columns of the .ipynb file cost a second walk and come on demand, from `nb2prod.notebook.positions`:
`locate(notebook, contents(path))` fills them in, `place_in_file(cell, line, column)` looks one up. For bytes that came
from elsewhere `received(data)` takes the place of `contents(path)`.
"""

from nb2prod.notebook.file import Contents, contents, digest_of, received
from nb2prod.notebook.reading import notebook_in, parse, read, whole, without_trees

__all__ = ["Contents", "contents", "digest_of", "notebook_in", "parse", "read", "received", "whole", "without_trees"]
