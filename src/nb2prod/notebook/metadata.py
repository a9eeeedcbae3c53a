"""What the metadata of a notebook says: its kernel, where it was edited, which rules it wants left out."""

from nb2prod.notebook.decode import failure
from nb2prod.notebook.json_values import Object, object_at, strings_at, text_at

_PYTHON = frozenset({"ipython", "ipython2", "ipython3", "xpython", "pyspark"})
# kernels whose name alone tells that they don't run Python: the name or what stands before its first `-`, `.` or digit
_OTHER_KERNELS = {
    "ir": "R", "irkernel": "R", "r": "R", "xr": "R", "julia": "Julia", "scala": "Scala", "almond": "Scala",
    "apache_toree_scala": "Scala", "spylon": "Scala", "sparkkernel": "Scala", "bash": "Bash", "calysto_bash": "Bash",
    "javascript": "JavaScript", "jslab": "JavaScript", "nodejs": "JavaScript", "tslab": "TypeScript",
    "typescript": "TypeScript", "deno": "TypeScript", "ruby": "Ruby", "iruby": "Ruby", "octave": "Octave",
    "xoctave": "Octave", "matlab": "MATLAB", "imatlab": "MATLAB", "jupyter_matlab_kernel": "MATLAB", "xcpp": "C++",
    "xeus_cling": "C++", "cling": "C++", "rust": "Rust", "evcxr": "Rust", "gophernotes": "Go", "gonb": "Go",
    "java": "Java", "ijava": "Java", "jjava": "Java", "kotlin": "Kotlin", "haskell": "Haskell", "ihaskell": "Haskell",
    "xsqlite": "SQL", "xsql": "SQL", "sql": "SQL", "sparksql": "SQL", "sas": "SAS", "stata": "Stata",
    "pystata": "Stata", "perl": "Perl", "iperl": "Perl", "lua": "Lua", "xlua": "Lua", "ocaml": "OCaml",
    "wolframlanguage": "Wolfram", "clojure": "Clojure", "fortran": "Fortran", "powershell": "PowerShell",
}  # fmt: skip
# key of the notebook's or of a cell's metadata → the word for it
_NOTEBOOK_WORDS = {
    "colab": "colab", "papermill": "papermill", "kaggle": "kaggle", "vscode": "vscode", "widgets": "widgets",
    "jupytext": "jupytext", "application/vnd.databricks.v1+notebook": "databricks", "deepnote": "deepnote",
    "deepnote_notebook_id": "deepnote", "instance_type": "sagemaker",
}  # fmt: skip
_CELL_WORDS = {
    "colab": "colab", "colab_type": "colab", "papermill": "papermill", "_kg_hide-input": "kaggle",
    "_kg_hide-output": "kaggle", "_cell_guid": "kaggle", "vscode": "vscode",
    "application/vnd.databricks.v1+cell": "databricks", "cellView": "colab", "outputId": "colab",
}  # fmt: skip


def refuse_other_languages(metadata: Object, path: str) -> None:
    """Raise if the notebook is for a kernel that doesn't run Python, or if its metadata contradicts itself."""
    kernel = text_at(object_at(metadata, "kernelspec"), "name")
    declared = text_at(object_at(metadata, "kernelspec"), "language")
    run = text_at(object_at(metadata, "language_info"), "name")
    languages = [language for language in (declared, run) if language] or [_named_language(kernel.lower())]
    foreign = [language for language in languages if language and not _is_python(language)]
    if not foreign:
        return
    if len(foreign) < len(languages):
        what = f"its kernel's language is {declared}, but it was run in {run}; correct the metadata"
        raise failure(path, what)
    named = f" (kernel {kernel[:80]})" if kernel else ""
    raise failure(path, f"it is written in {foreign[0][:80]}{named}; only Python notebooks can be read")


def _is_python(language: str) -> bool:
    return language.lower().startswith("python") or language.lower() in _PYTHON


def _named_language(kernel: str) -> str:
    stem = kernel.partition("-")[0].partition(".")[0]
    return _OTHER_KERNELS.get(kernel) or _OTHER_KERNELS.get(stem) or _OTHER_KERNELS.get(stem.rstrip("0123456789")) or ""


def is_python_2(metadata: Object) -> bool:
    """Whether the notebook was last run by Python 2."""
    version = text_at(object_at(metadata, "language_info"), "version")
    kernel = text_at(object_at(metadata, "kernelspec"), "name")
    # Some editors left an old version beside the kernel of Python 3.
    return (version.startswith("2.") and kernel != "python3") or (not version and kernel == "python2")


def words_of(metadata: Object, cells: list[Object]) -> frozenset[str]:
    """Facts about where the notebook was edited or run, as words: `colab`, `papermill`, `widgets`."""
    words = {_NOTEBOOK_WORDS[key] for key in metadata.keys() & _NOTEBOOK_WORDS.keys()}
    for metadata_of_cell in (object_at(cell, "metadata") for cell in cells if cell.get("metadata")):
        words.update(_CELL_WORDS[key] for key in metadata_of_cell.keys() & _CELL_WORDS.keys())
    return frozenset(words)


def ignored_rules_of(metadata: Object) -> frozenset[str]:
    """The rules that `metadata.nb2prod.ignore` lists."""
    return frozenset(strings_at(object_at(metadata, "nb2prod"), "ignore"))
