"""Other names of a whole library or of something in another one; those inside one library stand in its own file."""

ALIASES = {
    "builtins": "",
    "io.open": "open",
    # a kernel puts these two into the notebook's namespace
    "display": "IPython.display.display",
    "get_ipython": "IPython.get_ipython",
    "pylab": "matplotlib.pyplot",
    "tensorflow.keras": "keras",
    "tensorflow.python.keras": "keras",
    "sklearn.externals.joblib": "joblib",
    "posixpath": "os.path",
    "ntpath": "os.path",
}
