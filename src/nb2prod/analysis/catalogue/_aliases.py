"""Other names of a whole library or of something in another one; those inside one library stand in its own file."""

ALIASES = {
    "builtins": "",
    "io.open": "open",
    "pylab": "matplotlib.pyplot",
    "tensorflow.keras": "keras",
    "tensorflow.python.keras": "keras",
    "sklearn.externals.joblib": "joblib",
    "posixpath": "os.path",
    "ntpath": "os.path",
}
