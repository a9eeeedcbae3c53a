"""Which imports do nothing that anybody could see."""

import sys

# What prints, draws, starts something, or changes what others do as soon as it is imported.
LOUD = frozenset(
    {"__main__", "antigravity", "idlelib", "lib2to3", "readline", "rlcompleter", "site", "sitecustomize", "this"}
    | {"turtle", "turtledemo", "usercustomize"}
    | {"hvplot.dask", "hvplot.pandas", "hvplot.polars", "hvplot.xarray", "sklearn.experimental", "tqdm.autonotebook"}
)
_QUIET = (
    "IPython PIL aiohttp altair anthropic anyio arch attr attrs bokeh boto3 botocore branca bs4 catboost "
    "category_encoders certifi click cloudpickle colorama colorcet contourpy cv2 cvxpy cycler dask dateutil dill "
    "dotenv duckdb einops faiss fastapi fiona flask folium formulaic fsspec geopandas geopy graphviz h5py hdbscan "
    "holidays httpx huggingface_hub hyperopt imageio imblearn ipywidgets jax jinja2 joblib jsonschema kiwisolver "
    "lightgbm linearmodels llvmlite lmfit loguru lxml lz4 markdown matplotlib missingno mlxtend mpl_toolkits mpmath "
    "narwhals nbformat netCDF4 networkx nibabel nltk numba numexpr numpy openai openpyxl optuna orjson packaging "
    "pandas pandera paramiko patsy pendulum plotly plotnine pmdarima polars prettytable psutil psycopg2 "
    "pyarrow pydantic pydicom pydot pygments pymongo pymysql pyparsing pyproj pytest pytz pywt rapidfuzz rasterio "
    "redis regex requests rich scipy seaborn sentencepiece shapely simplejson six skimage sklearn skopt smart_open "
    "sortedcontainers soundfile spacy sqlalchemy statsmodels stumpy sympy tables tabulate tenacity threadpoolctl "
    "timm tokenizers toml toolz torch torchvision tqdm transformers typing_extensions tzdata ujson uncertainties "
    "urllib3 wordcloud xarray xgboost xlrd xlsxwriter xmltodict yaml yellowbrick yfinance zstandard"
)
QUIET = frozenset(_QUIET.split())


def inert(module: str) -> bool:
    """Whether importing this module is known to have no visible effect; what is not known is not inert."""
    parts = module.split(".")
    prefixes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    if prefixes & LOUD:
        return False
    return parts[0] in sys.stdlib_module_names or parts[0] in QUIET
