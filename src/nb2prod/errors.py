"""Everything that nb2prod raises on purpose.

    Nb2prodError           the user can act: one line that says where, what and what to do; exit code 2
    ├── NotebookError      the notebook can't be read: no JSON, no notebook, another language
    ├── ConfigError        an option or a setting of `[tool.nb2prod]` is wrong
    └── WriteError         the project can't be written: no permission, a file in the way

Anything else that comes out of nb2prod is a bug in it and looks like one (exit code 3).
"""


class Nb2prodError(Exception):
    """A problem that the user can act on; its text is one line: where, what, what to do."""


class NotebookError(Nb2prodError):
    """The file is not a notebook that can be read."""


class ConfigError(Nb2prodError):
    """An option or a setting is wrong."""


class WriteError(Nb2prodError):
    """The project could not be written."""
