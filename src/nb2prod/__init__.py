"""Take a Jupyter notebook to production."""

__version__ = "0.1.0"
