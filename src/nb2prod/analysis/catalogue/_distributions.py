"""Which distribution on PyPI a module comes from, and which ones carry type information."""

DISTRIBUTIONS = {
    "sklearn": "scikit-learn",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "yaml": "PyYAML",
    "bs4": "beautifulsoup4",
}
STUBS = {"pandas": "pandas-stubs", "requests": "types-requests", "yaml": "types-PyYAML"}
TYPED = frozenset({"numpy", "matplotlib"})
