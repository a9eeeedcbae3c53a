"""Small libraries that fetch, read and write data."""

from nb2prod.catalogue._function import (
    DATABASE,
    DISPLAY,
    FILES,
    INPUT,
    NETWORK,
    OPTIONS,
    PLOT,
    PRINTS,
    PURE,
    RANDOM,
    SEED,
    Argument,
    Function,
    bases,
    properties,
    table,
)

FRAME = "pandas.DataFrame"
ARRAY = "numpy.ndarray"
RESPONSE = "requests.Response"
IMAGE = "PIL.Image.Image"
PRETRAINED = (
    "AutoConfig AutoModel AutoModelForCausalLM AutoModelForSequenceClassification AutoModelForTokenClassification "
    "AutoModelForSeq2SeqLM AutoModelForQuestionAnswering AutoTokenizer BertModel BertTokenizer GPT2LMHeadModel "
    "GPT2Tokenizer BertForSequenceClassification DistilBertTokenizer RobertaTokenizer"
)
CALLS = "get post put delete head options patch"


def reads(returns: str, keyword: str) -> Function:
    """A reader of its first argument."""
    return Function(returns, reads=(0, keyword), role="load")


def writes(keyword: str, at: int = 0) -> Function:
    """A writer of one file."""
    return Function(writes=(at, keyword), role="export")


def fetches(returns: str = "", address: Argument | None = None) -> Function:
    """Something that asks another machine."""
    return Function(returns, reads=address, role="load", effects=NETWORK)


ENTRIES = table(
    # the web
    ("requests", CALLS, fetches(RESPONSE, (0, "url"))),
    ("requests", "request", fetches(RESPONSE, (1, "url"))),
    ("requests", "session", Function("requests.Session", pure=True)),
    ("requests.Session", CALLS, fetches(RESPONSE, (0, "url"))),
    ("requests.Session", "request", fetches(RESPONSE, (1, "url"))),
    (RESPONSE, "json", Function(role="load", pure=True)),
    (RESPONSE, "raise_for_status", Function("None")),
    (RESPONSE, "iter_content iter_lines", fetches()),
    ("httpx", CALLS, fetches("httpx.Response", (0, "url"))),
    ("httpx.Client", CALLS, fetches("httpx.Response", (0, "url"))),
    ("httpx.AsyncClient", CALLS, fetches("httpx.Response", (0, "url"))),
    ("httpx.Response", "json", Function(role="load", pure=True)),
    ("httpx.Response", "raise_for_status", Function("self")),
    ("bs4", "BeautifulSoup", Function(role="load", pure=True)),
    ("bs4.BeautifulSoup", "find find_all select select_one get_text prettify find_next find_parent", PURE),
    ("lxml.html", "fromstring", PURE),
    ("lxml.etree", "parse", reads("", "source")),
    ("yfinance", "download", fetches(FRAME)),
    ("yfinance.Ticker", "history", fetches(FRAME)),
    ("gdown", "download", Function("str", reads=(0, "url"), writes=(1, "output"), role="load", effects=NETWORK)),
    ("wget", "download", Function("str", reads=(0, "url"), writes=(1, "out"), role="load", effects=NETWORK)),
    ("kagglehub", "dataset_download model_download", fetches("str")),
    (
        "opendatasets",
        "download",
        Function(reads=(0, "dataset_id_or_url"), role="load", effects=NETWORK | FILES | INPUT),
    ),
    ("google.colab.files", "upload", Function("dict[str, bytes]", role="load", effects=INPUT | FILES)),
    ("google.colab.files", "download", Function("None", reads=(0, "filename"), role="export", effects=DISPLAY)),
    ("google.colab.drive", "mount", Function("None", role="setup", effects=INPUT | FILES | NETWORK)),
    ("google.colab.userdata", "get", Function("str", role="setup", effects=INPUT)),
    ("boto3", "client resource Session", fetches()),
    ("selenium.webdriver", "Chrome Firefox Edge", fetches()),
    ("openai", "OpenAI", fetches()),
    ("huggingface_hub", "hf_hub_download snapshot_download", fetches("str")),
    ("huggingface_hub", "login notebook_login", Function("None", role="setup", effects=NETWORK | INPUT)),
    # data bases
    ("sqlalchemy", "create_engine", Function("sqlalchemy.engine.Engine", role="setup", effects=DATABASE)),
    ("sqlalchemy", "text select", PURE),
    ("sqlalchemy", "MetaData Table", Function(effects=DATABASE)),
    ("sqlalchemy.engine.Engine", "connect begin", Function(effects=DATABASE)),
    ("sqlalchemy.engine.Engine", "dispose", Function("None", effects=DATABASE, mutates=True)),
    ("psycopg2", "connect", Function(role="setup", effects=DATABASE | NETWORK)),
    ("pymysql", "connect", Function(role="setup", effects=DATABASE | NETWORK)),
    ("pymongo", "MongoClient", Function(role="setup", effects=DATABASE | NETWORK)),
    ("duckdb", "connect", Function(reads=(0, "database"), writes=(0, "database"), effects=DATABASE)),
    ("duckdb", "sql query execute", Function(role="load", effects=DATABASE)),
    # formats
    ("joblib", "dump", Function("list[str]", writes=(1, "filename"), role="export")),
    ("joblib", "load", reads("", "filename")),
    ("joblib", "delayed hash", PURE),
    ("joblib", "Parallel Memory", Function()),
    ("cloudpickle", "dump", Function("None", role="export")),
    ("cloudpickle", "load", Function(role="load")),
    ("dill", "dump", Function("None", role="export")),
    ("dill", "load", Function(role="load")),
    ("yaml", "safe_load load full_load", Function(role="load")),
    ("yaml", "dump safe_dump", Function(role="export")),
    ("dotenv", "load_dotenv", Function("bool", reads=(0, "dotenv_path"), role="setup", effects=frozenset({"env"}))),
    ("pyarrow.parquet", "read_table", reads("pyarrow.Table", "source")),
    ("pyarrow.parquet", "write_table", writes("where", 1)),
    ("pyarrow.parquet", "ParquetFile", reads("", "source")),
    ("pyarrow.feather", "read_feather", reads(FRAME, "source")),
    ("pyarrow.feather", "write_feather", writes("dest", 1)),
    ("pyarrow.csv", "read_csv", reads("pyarrow.Table", "input_file")),
    ("pyarrow.Table", "from_pandas", Function("self", pure=True)),
    ("pyarrow.Table", "to_pandas", Function(FRAME, pure=True)),
    ("openpyxl", "load_workbook", reads("openpyxl.Workbook", "filename")),
    ("openpyxl.Workbook", "save", writes("filename")),
    ("openpyxl.Workbook", "create_sheet", Function(mutates=True)),
    ("h5py", "File", Function(reads=(0, "name"), writes=(0, "name"))),
    ("netCDF4", "Dataset", Function(reads=(0, "filename"), writes=(0, "filename"))),
    ("xarray", "open_dataset load_dataset", reads("xarray.Dataset", "filename_or_obj")),
    ("xarray", "open_dataarray load_dataarray", reads("xarray.DataArray", "filename_or_obj")),
    ("xarray", "open_mfdataset", reads("xarray.Dataset", "paths")),
    ("xarray", "open_zarr", reads("xarray.Dataset", "store")),
    ("xarray.tutorial", "load_dataset open_dataset", fetches("xarray.Dataset")),
    ("xarray", "set_options", Function(effects=OPTIONS, role="setup")),
    ("xarray", "concat merge", Function(role="transform", pure=True)),
    ("xarray.Dataset", "to_netcdf", writes("path")),
    ("xarray.Dataset", "to_zarr", writes("store")),
    ("xarray.Dataset", "to_dataframe", Function(FRAME, role="transform", pure=True)),
    (
        "xarray.Dataset",
        "sel isel mean sum resample interp drop_vars rename assign_coords",
        Function("xarray.Dataset", role="transform", pure=True),
    ),
    ("xarray.DataArray", "to_netcdf", writes("path")),
    (
        "xarray.DataArray",
        "sel isel mean std sum min max interp rename where",
        Function("xarray.DataArray", role="transform", pure=True),
    ),
    ("xarray.DataArray", "plot", Function(role="plot", effects=PLOT)),
    ("xarray.DataArray", "to_dataframe to_pandas", Function(role="transform", pure=True)),
    ("geopandas", "read_file", reads("geopandas.GeoDataFrame", "filename")),
    ("geopandas", "read_parquet read_feather", reads("geopandas.GeoDataFrame", "path")),
    ("geopandas", "sjoin clip overlay", Function("geopandas.GeoDataFrame", role="transform", pure=True)),
    ("geopandas", "points_from_xy", PURE),
    ("geopandas.GeoDataFrame", "to_file", Function("None", writes=(0, "filename"), role="export")),
    ("geopandas.GeoDataFrame", "plot", Function("matplotlib.axes.Axes", role="plot", effects=PLOT)),
    ("geopandas.GeoDataFrame", "to_crs dissolve", Function("self", role="transform", pure=True)),
    ("dask.dataframe", "read_csv", reads("dask.dataframe.DataFrame", "urlpath")),
    ("dask.dataframe", "read_parquet", reads("dask.dataframe.DataFrame", "path")),
    ("dask.dataframe.DataFrame", "compute", Function(role="load")),
    ("astropy.io.fits", "open", reads("", "name")),
    ("pydicom", "dcmread", reads("", "fp")),
    ("nibabel", "load", reads("", "filename")),
    ("soundfile", "read", reads("", "file")),
    ("soundfile", "write", writes("file")),
    ("librosa", "load", reads("tuple[numpy.ndarray, int]", "path")),
    # pictures
    ("PIL.Image", "open", reads(IMAGE, "fp")),
    ("PIL.Image", "fromarray new", Function(IMAGE, role="transform", pure=True)),
    (IMAGE, "convert copy crop resize rotate transpose filter", Function(IMAGE, role="transform", pure=True)),
    (IMAGE, "save", writes("fp")),
    (IMAGE, "show", Function("None", role="plot", effects=DISPLAY)),
    (IMAGE, "thumbnail paste putpixel", Function("None", role="transform", mutates=True)),
    ("cv2", "imread", reads(ARRAY, "filename")),
    ("cv2", "imwrite", Function("bool", writes=(0, "filename"), role="export")),
    ("cv2", "imshow", Function("None", role="plot", effects=DISPLAY)),
    ("cv2", "waitKey", Function("int", effects=INPUT)),
    ("cv2", "destroyAllWindows namedWindow", Function("None", effects=DISPLAY)),
    ("cv2", "VideoCapture", reads("", "filename")),
    ("cv2", "VideoWriter", writes("filename")),
    (
        "cv2",
        "cvtColor resize GaussianBlur blur medianBlur bilateralFilter Canny dilate erode warpAffine",
        Function(ARRAY, role="transform", pure=True),
    ),
    (
        "cv2",
        "adaptiveThreshold equalizeHist flip bitwise_not bitwise_and bitwise_or addWeighted inRange",
        Function(ARRAY, role="transform", pure=True),
    ),
    ("cv2", "threshold findContours contourArea boundingRect", PURE),
    ("cv2", "rectangle circle line putText drawContours", Function(mutates=True)),
    ("skimage.io", "imread", reads(ARRAY, "fname")),
    ("skimage.io", "imsave", writes("fname")),
    ("skimage.io", "imshow", Function(role="plot", effects=PLOT)),
    ("skimage.io", "show", Function("None", role="plot", effects=PLOT | DISPLAY)),
    (
        "skimage.color",
        "rgb2gray rgb2hsv rgb2lab gray2rgb hsv2rgb label2rgb",
        Function(ARRAY, role="transform", pure=True),
    ),
    ("skimage.transform", "resize rescale rotate", Function(ARRAY, role="transform", pure=True)),
    ("skimage.filters", "gaussian sobel median", Function(ARRAY, role="transform", pure=True)),
    ("imageio", "imread", reads("", "uri")),
    ("imageio", "imwrite imsave mimsave", writes("uri")),
    # text
    ("nltk", "download", Function("bool", role="load", effects=NETWORK | FILES | PRINTS)),
    ("nltk", "word_tokenize sent_tokenize pos_tag ngrams bigrams FreqDist", PURE),
    ("nltk.tokenize", "word_tokenize sent_tokenize", Function("list[str]", role="transform", pure=True)),
    ("spacy", "load", Function("spacy.language.Language", role="load")),
    ("spacy", "blank", Function("spacy.language.Language", pure=True)),
    ("spacy.displacy", "render serve", Function(effects=DISPLAY)),
    ("gensim.downloader", "load", fetches()),
    ("gensim.models", "LdaModel", Function(role="train", effects=RANDOM, seed="random_state")),
    ("gensim.models", "Word2Vec Doc2Vec FastText", Function(role="train", seed="seed")),
    ("gensim.models.Word2Vec", "save", Function("None", writes=(0, "fname"), role="export")),
    ("gensim.models.Word2Vec", "load", Function("self", reads=(0, "fname"), role="load")),
    ("gensim.models.KeyedVectors", "load_word2vec_format", reads("self", "fname")),
    ("gensim.models.KeyedVectors", "most_similar similarity", Function(role="predict", pure=True)),
    ("datasets", "load_dataset", fetches("", (0, "path"))),
    ("datasets", "load_from_disk", reads("", "dataset_path")),
    (
        "datasets.Dataset",
        "train_test_split",
        Function("datasets.DatasetDict", role="split", effects=RANDOM, seed="seed"),
    ),
    ("datasets.Dataset", "shuffle", Function("self", role="transform", effects=RANDOM, seed="seed", seed_at=0)),
    ("datasets.Dataset", "save_to_disk", Function("None", writes=(0, "dataset_path"), role="export")),
    ("datasets.Dataset", "map filter", Function("self", role="transform")),
    ("datasets.Dataset", "select rename_column remove_columns sort", Function("self", role="transform", pure=True)),
    ("datasets.Dataset", "to_pandas", Function(FRAME, role="transform", pure=True)),
    ("transformers", "pipeline", fetches()),
    ("transformers", "set_seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    *((f"transformers.{name}", "from_pretrained", fetches()) for name in PRETRAINED.split()),
    ("sentence_transformers", "SentenceTransformer", Function(role="load", effects=NETWORK)),
    ("sentence_transformers.SentenceTransformer", "encode", Function(ARRAY, role="predict", pure=True)),
)

PROPERTIES = properties(
    (RESPONSE, "text", "str"),
    (RESPONSE, "content", "bytes"),
    (RESPONSE, "ok", "bool"),
    ("httpx.Response", "text", "str"),
    ("httpx.Response", "content", "bytes"),
    ("bs4.BeautifulSoup", "text", "str"),
    ("xarray.DataArray", "values", ARRAY),
    (IMAGE, "width height", "int"),
)

BASES = bases(
    ("requests", "Response Session", ""),
    ("httpx", "Response Client AsyncClient", ""),
    ("bs4", "BeautifulSoup Tag", ""),
    ("yfinance", "Ticker", ""),
    ("sqlalchemy.engine", "Engine Connection", ""),
    ("pyarrow", "Table", ""),
    ("openpyxl", "Workbook", ""),
    ("xarray", "Dataset DataArray", ""),
    ("geopandas", "GeoDataFrame", "pandas.DataFrame"),
    ("geopandas", "GeoSeries", "pandas.Series"),
    ("dask.dataframe", "DataFrame Series", ""),
    ("PIL.Image", "Image", ""),
    ("datasets", "Dataset", ""),
    ("datasets", "DatasetDict", "dict"),
    ("spacy.language", "Language", ""),
    ("gensim.models", "Word2Vec KeyedVectors LdaModel Doc2Vec FastText", ""),
    ("gensim.corpora", "Dictionary", ""),
    ("sentence_transformers", "SentenceTransformer", ""),
)

ALIASES = {
    "requests.models.Response": RESPONSE,
    "requests.sessions.Session": "requests.Session",
    "requests.api": "requests",
    "imageio.v2": "imageio",
    "sqlalchemy.engine.base.Engine": "sqlalchemy.engine.Engine",
    "sqlalchemy.Engine": "sqlalchemy.engine.Engine",
    "xarray.core.dataset": "xarray",
    "xarray.core.dataarray": "xarray",
    "gensim.models.word2vec.Word2Vec": "gensim.models.Word2Vec",
}
