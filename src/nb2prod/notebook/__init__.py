"""A notebook file → `Notebook`.

`read` takes a path, `parse` bytes that came from elsewhere. Both raise `NotebookError`, one line that says where,
what and what to do, and nothing else. Each code cell comes masked and parsed: `Cell.python` is its source with every
piece of IPython syntax replaced by `__magic__(i)`, line for line, and `Cell.tree` is the syntax tree of that text,
made once for everyone, or None if `Cell.problem` says why there is none.

Lines and columns of the .ipynb file cost a second walk and come on demand: `locate(notebook, contents(path))` fills
them in, `place_in_file(cell, line, column)` looks one up.
"""

from nb2prod.notebook.file import contents
from nb2prod.notebook.positions import locate, place_in_file
from nb2prod.notebook.reading import parse, read

__all__ = ["contents", "locate", "parse", "place_in_file", "read"]
