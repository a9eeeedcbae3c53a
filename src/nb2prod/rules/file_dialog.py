import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class FileDialog(Rule):
    """A file is chosen by hand in a dialog.

    A scheduled run has nobody to choose, and which file it was is not recorded.

    Make the path a parameter.
    """

    group = "manual"
    severity = "error"
    calls = frozenset(
        {
            "google.colab.files.upload",
            "google.colab.files.download",
            "google.colab.files.view",
            "tkinter.filedialog.askopenfilename",
            "tkinter.filedialog.askdirectory",
            "tkinter.filedialog.askopenfilenames",
            "tkinter.filedialog.asksaveasfilename",
            "ipyfilechooser.FileChooser",
            "ipywidgets.FileUpload",
        }
    )
    bad = """
# %%
from google.colab import files
uploaded = files.upload()  # [file-dialog]
"""
    good = """
# %%
files = Files()
files.upload()
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The dialog."""
        yield context.finding(self, call, f"`{context.qualified(call.func)}()` waits for a person")
