"""Which operations work row by row, as data. What is not listed looks at other rows, as far as we know."""

# Methods of frames and series that make each row of that row alone.
ROW_WISE = frozenset(
    "fillna astype abs round clip isin isna isnull notna notnull between add sub subtract mul multiply div divide truediv "
    "floordiv mod pow radd rsub rmul rdiv eq ne lt le gt ge map replace apply applymap where mask copy to_frame "
    "combine_first to_numpy ravel flatten reshape toarray todense infer_objects to_timestamp to_period".split()
)
# Methods of `.str` and `.dt` that answer element by element.
TEXT = frozenset(
    "lower upper strip lstrip rstrip title capitalize swapcase casefold len replace contains startswith endswith match "
    "fullmatch slice get zfill pad center ljust rjust count find rfind extract split rsplit join normalize isdigit "
    "isalpha isalnum isnumeric isspace islower isupper removeprefix removesuffix".split()
)
DATE = frozenset(
    "year month day hour minute second microsecond dayofweek day_of_week weekday dayofyear day_of_year quarter days "
    "seconds is_month_start is_month_end is_quarter_start is_quarter_end is_year_start is_year_end days_in_month date "
    "time normalize strftime day_name month_name total_seconds floor ceil round isocalendar to_period".split()
)
ACCESSORS = frozenset({"str", "dt"})
# Methods that only choose rows or their order: a row that is chosen is what it was.
CHOICES = frozenset("drop_duplicates sort_values sort_index sample head tail reset_index nlargest nsmallest".split())
# Functions of numpy and pandas that work element by element.
FUNCTIONS = frozenset(
    [f"numpy.{name}" for name in (
        "log log1p log2 log10 exp expm1 sqrt cbrt abs absolute round floor ceil trunc sign sin cos tan arcsin arccos arctan "
        "arctan2 sinh cosh tanh where maximum minimum clip isnan isfinite isinf square power add subtract multiply divide "
        "hypot nan_to_num array asarray logical_and logical_or logical_not deg2rad rad2deg mod select float64 int64 squeeze "
        "ravel reshape"
    ).split()]
    + [f"pandas.{name}" for name in "to_numeric to_datetime to_timedelta isna isnull notna notnull Series cut".split()]
    + ["numpy.ndarray.reshape"]
)  # fmt: skip
BUILTINS = frozenset(
    "int float str bool len abs round min max sum sorted list tuple set dict range zip enumerate".split()
)
IN_PLACE = "inplace"
# Methods that change the object that they belong to.
CHANGING = frozenset("insert update pop append extend add setdefault clear remove fill sort put".split())
# Effects of a function that make its answer depend on more than what it is given, or change the world.
ACTS = frozenset("clock random files network database shell env input cwd".split())
# Transformers that learn from the labels or give other values to the rows that they learn from.
NOT_REPEATABLE = frozenset({"sklearn.preprocessing.TargetEncoder"})
# Arguments of `pandas.read_csv` under which we know the columns, and that change no value of a row.
READ_ARGUMENTS = frozenset(
    "filepath_or_buffer sep delimiter encoding low_memory engine header usecols compression quotechar memory_map".split()
)
SPLIT = "sklearn.model_selection.train_test_split"
READ = "pandas.read_csv"
# Where data sets come from that a library brings along.
SAMPLES = ("sklearn.datasets.", "seaborn.load_dataset", "statsmodels.datasets.", "keras.datasets.")
# Libraries whose models have not the interface of scikit-learn.
FOREIGN = frozenset({"statsmodels", "keras", "tensorflow", "torch", "prophet", "pymc"})
DUMMIES = "pandas.get_dummies"
# What a fitted transformer tells of what it learned.
LEARNED = frozenset({"get_feature_names_out", "get_feature_names"})
PICKLES = ("pickle.dump", "joblib.dump", "cloudpickle.dump", "dill.dump")
