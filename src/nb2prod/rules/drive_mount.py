import ast
from collections.abc import Iterator

from nb2prod.model import Drop, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class DriveMount(Rule):
    """A personal drive is mounted to reach the data.

    The data lies in somebody's account: nobody else, and no scheduled job, can run the notebook.

    Put the data where the project can reach it and name the place in the configuration. `convert` leaves the
    mount out, turns the paths below it into settings and asks who supplies the data.
    """

    group = "manual"
    severity = "error"
    calls = frozenset({"google.colab.drive.mount", "google.colab.drive.flush_and_unmount", "dbutils.fs.mount"})
    bad = """
# %%
from google.colab import drive
drive.mount("/content/drive")  # [drive-mount]
"""
    good = """
# %%
class Drive:
    def mount(self, at): ...
drive = Drive()
drive.mount("/content/drive")
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The mount."""
        message = "the data lies on a drive that must be mounted by hand"
        yield context.finding(self, call, message, fix=Drop("a mount is a step of the platform"))
