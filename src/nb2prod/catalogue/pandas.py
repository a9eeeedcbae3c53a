"""pandas: the top-level functions, what they read, and the classes."""

from nb2prod.catalogue._function import (
    CLOCK,
    DATABASE,
    FILES,
    INPUT,
    OPTIONS,
    PLOT,
    PRINTS,
    PURE,
    Argument,
    Function,
    bases,
    properties,
    table,
)

FRAME = "pandas.DataFrame"
PARTS = ((-1, "chunksize"), (-1, "iterator"))
TRANSFORM = Function(FRAME, role="transform", pure=True)
BOOL = Function("bool", pure=True)


def reads(keyword: str, *unless: Argument) -> Function:
    """A reader of one file into a frame."""
    return Function(FRAME, reads=(0, keyword), role="load", unless=unless)


ENTRIES = table(
    ("pandas", "read_csv read_table", reads("filepath_or_buffer", (-1, "squeeze"), *PARTS)),
    ("pandas", "read_fwf read_sas read_stata", reads("filepath_or_buffer", *PARTS)),
    ("pandas", "read_excel", reads("io", (1, "sheet_name"))),
    ("pandas", "read_json", reads("path_or_buf", (2, "typ"), (-1, "chunksize"))),
    ("pandas", "read_parquet read_feather read_orc read_spss", reads("path")),
    ("pandas", "read_xml", reads("path_or_buffer")),
    ("pandas", "read_hdf", Function(reads=(0, "path_or_buf"), role="load")),
    ("pandas", "read_pickle", Function(reads=(0, "filepath_or_buffer"), role="load")),
    ("pandas", "read_html", Function("list[pandas.DataFrame]", reads=(0, "io"), role="load")),
    ("pandas", "read_sql read_sql_query read_sql_table", Function(FRAME, role="load", effects=DATABASE, unless=PARTS)),
    ("pandas", "read_clipboard", Function(FRAME, role="load", effects=INPUT)),
    ("pandas", "ExcelFile", Function(reads=(0, "path_or_buffer"), role="load")),
    ("pandas", "HDFStore", Function(reads=(0, "path"), writes=(0, "path"), role="load")),
    ("pandas", "ExcelWriter", Function(writes=(0, "path"), role="export")),
    ("pandas", "to_pickle", Function("None", writes=(1, "filepath_or_buffer"), role="export")),
    ("pandas.ExcelFile", "parse", Function(FRAME, role="load", unless=((0, "sheet_name"),))),
    ("pandas.ExcelFile", "close", Function("None", mutates=True)),
    ("pandas.ExcelWriter", "close", Function("None", effects=FILES, mutates=True)),
    ("pandas.HDFStore", "put append close", Function("None", effects=FILES, mutates=True)),
    ("pandas.HDFStore", "get select", Function(role="load", effects=FILES)),
    ("pandas", "merge merge_asof merge_ordered pivot pivot_table melt crosstab get_dummies", TRANSFORM),
    ("pandas", "from_dummies lreshape wide_to_long json_normalize", TRANSFORM),
    ("pandas", "concat cut qcut", Function(role="transform", pure=True)),
    ("pandas", "to_datetime to_numeric to_timedelta", Function(role="clean", pure=True)),
    ("pandas", "isna isnull notna notnull unique infer_freq array", PURE),
    ("pandas", "eval", Function()),
    ("pandas", "factorize", Function(role="transform", pure=True)),
    ("pandas", "date_range bdate_range", Function("pandas.DatetimeIndex", pure=True)),
    ("pandas", "period_range", Function("pandas.PeriodIndex", pure=True)),
    ("pandas", "timedelta_range", Function("pandas.TimedeltaIndex", pure=True)),
    ("pandas", "interval_range", Function("pandas.IntervalIndex", pure=True)),
    ("pandas", "set_option reset_option", Function("None", effects=OPTIONS, role="setup")),
    ("pandas", "set_eng_float_format", Function("None", effects=OPTIONS, role="setup")),
    ("pandas", "option_context", Function(effects=OPTIONS)),
    ("pandas", "get_option", PURE),
    ("pandas", "describe_option show_versions", Function("None", effects=PRINTS)),
    ("pandas.DataFrame", "from_dict from_records", Function(FRAME, pure=True)),
    ("pandas.MultiIndex", "from_tuples from_arrays from_product from_frame", Function("self", pure=True)),
    ("pandas.Timestamp", "now today utcnow", Function("pandas.Timestamp", effects=CLOCK)),
    ("pandas.Timestamp", "date", Function("datetime.date", pure=True)),
    ("pandas.Timestamp", "time", Function("datetime.time", pure=True)),
    ("pandas.Timestamp", "to_pydatetime", Function("datetime.datetime", pure=True)),
    ("pandas.Timestamp", "timestamp to_julian_date", Function("float", pure=True)),
    ("pandas.Timestamp", "strftime isoformat day_name month_name ctime", Function("str", pure=True)),
    ("pandas.Timestamp", "weekday isoweekday toordinal", Function("int", pure=True)),
    ("pandas.Timestamp", "floor ceil round normalize replace tz_convert tz_localize", Function("self", pure=True)),
    ("pandas.Timestamp", "to_period", Function("pandas.Period", pure=True)),
    ("pandas.Timestamp", "to_numpy to_datetime64", Function("numpy.datetime64", pure=True)),
    ("pandas.Timedelta", "total_seconds", Function("float", pure=True)),
    ("pandas.Timedelta", "floor ceil round", Function("self", pure=True)),
    ("pandas.Timedelta", "to_pytimedelta", Function("datetime.timedelta", pure=True)),
    ("pandas.Timedelta", "isoformat", Function("str", pure=True)),
    ("pandas.testing", "assert_frame_equal assert_series_equal assert_index_equal", Function("None")),
    ("pandas.api.types", "is_numeric_dtype is_string_dtype is_object_dtype is_bool_dtype", BOOL),
    ("pandas.api.types", "is_datetime64_any_dtype is_integer_dtype is_float_dtype is_categorical_dtype", BOOL),
    ("pandas.api.types", "is_datetime64_dtype is_list_like is_scalar is_number is_integer", BOOL),
    ("pandas.api.types", "infer_dtype", Function("str", pure=True)),
    ("pandas.plotting", "scatter_matrix", Function("numpy.ndarray", role="plot", effects=PLOT)),
    (
        "pandas.plotting",
        "andrews_curves autocorrelation_plot lag_plot parallel_coordinates radviz",
        Function("matplotlib.axes.Axes", role="plot", effects=PLOT),
    ),
    (
        "pandas.plotting",
        "bootstrap_plot",
        Function("matplotlib.figure.Figure", role="plot", effects=PLOT),
    ),
    ("pandas.plotting", "register_matplotlib_converters", Function("None", effects=OPTIONS, role="setup")),
)

PROPERTIES = properties(
    ("pandas", "__version__", "str"),
    ("pandas.ExcelFile", "sheet_names", "list[str]"),
    ("pandas.Timestamp", "year month day hour minute second microsecond nanosecond quarter week", "int"),
    ("pandas.Timestamp", "day_of_week day_of_year dayofweek dayofyear days_in_month", "int"),
    ("pandas.Timestamp", "is_leap_year is_month_end is_month_start is_year_end is_year_start", "bool"),
    ("pandas.Timedelta", "days seconds microseconds nanoseconds", "int"),
)

BASES = bases(
    ("pandas", "DataFrame Series Index Categorical CategoricalDtype DateOffset ExcelFile ExcelWriter HDFStore", ""),
    ("pandas", "Grouper Interval NamedAgg Period StringDtype Int64Dtype Float64Dtype", ""),
    ("pandas", "Timestamp", "datetime.datetime"),
    ("pandas", "Timedelta", "datetime.timedelta"),
    ("pandas", "MultiIndex RangeIndex CategoricalIndex IntervalIndex DatetimeIndex", "pandas.Index"),
    ("pandas", "PeriodIndex TimedeltaIndex", "pandas.Index"),
    ("pandas.api.typing", "DataFrameGroupBy SeriesGroupBy Rolling Expanding ExponentialMovingWindow Resampler", ""),
    ("pandas.io.formats.style", "Styler", ""),
)

ALIASES = {
    "pandas.core.frame": "pandas",
    "pandas.core.series": "pandas",
    "pandas.core.indexes.base": "pandas",
    "pandas.core.indexes.range": "pandas",
    "pandas.core.indexes.multi": "pandas",
    "pandas.core.indexes.datetimes": "pandas",
    "pandas.core.indexes.category": "pandas",
    "pandas.core.groupby.generic": "pandas.api.typing",
    "pandas.core.groupby": "pandas.api.typing",
    "pandas.core.window.rolling": "pandas.api.typing",
    "pandas.core.window.expanding": "pandas.api.typing",
    "pandas.core.window.ewm": "pandas.api.typing",
    "pandas.core.resample": "pandas.api.typing",
    "pandas.io.json": "pandas",
    "pandas.io.parsers": "pandas",
    "pandas.core.reshape.concat": "pandas",
    "pandas.core.reshape.merge": "pandas",
    "pandas.core.strings.accessor.StringMethods": "pandas.Series.str",
    "pandas.tools.plotting": "pandas.plotting",
}
