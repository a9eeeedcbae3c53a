"""pandas.Series with its accessors (`.str`, `.dt`, `.cat`, `.plot`), and pandas.Index."""

from nb2prod.catalogue._function import (
    DATABASE,
    DISPLAY,
    PLOT,
    PRINTS,
    PURE,
    RANDOM,
    Function,
    properties,
    table,
    writes,
)

FRAME = "pandas.DataFrame"
SERIES = "pandas.Series"
INDEX = "pandas.Index"
IN_PLACE = (-1, "inplace")

VIEW = Function(SERIES, pure=True)
FLOAT = Function("float", pure=True)
INT = Function("int", pure=True)
BOOL = Function("bool", pure=True)
CLEANED = Function(SERIES, role="clean", pure=True)
CLEANED_OR_IN_PLACE = Function(SERIES, role="clean", pure=True, unless=(IN_PLACE,))
MADE = Function(SERIES, role="transform", pure=True)
MADE_OR_IN_PLACE = Function(SERIES, role="transform", pure=True, unless=(IN_PLACE,))
DRAWN = Function("matplotlib.axes.Axes", role="plot", effects=PLOT, unless=((-1, "subplots"), (-1, "by")))


ENTRIES = table(
    # looking
    (SERIES, "head tail describe value_counts nlargest nsmallest truncate copy mode isin isna isnull", VIEW),
    (SERIES, "notna notnull between at_time between_time take filter duplicated argsort", VIEW),
    (SERIES, "mean median std var sem skew kurt kurtosis corr cov autocorr", FLOAT),
    (SERIES, "count nunique memory_usage", INT),
    (SERIES, "argmax argmin", Function("numpy.intp", pure=True)),
    (SERIES, "equals", BOOL),
    (SERIES, "sum prod product min max quantile item get xs asof dot agg aggregate squeeze searchsorted", PURE),
    (SERIES, "all any", Function("numpy.bool_ | bool", pure=True)),
    (SERIES, "idxmax idxmin", Function("Hashable", pure=True)),
    (SERIES, "first_valid_index last_valid_index", Function("Hashable | None", pure=True)),
    (SERIES, "unique", Function("numpy.ndarray | pandas.api.extensions.ExtensionArray", pure=True)),
    (SERIES, "keys", Function(INDEX, pure=True)),
    (SERIES, "items", Function("Iterator[tuple[Any, Any]]", pure=True)),
    (SERIES, "to_numpy", Function("numpy.ndarray", pure=True)),
    (SERIES, "tolist to_list", Function("list[Any]", pure=True)),
    (SERIES, "to_dict", Function("dict[Any, Any]", pure=True)),
    (SERIES, "to_frame", Function(FRAME, role="transform", pure=True)),
    (SERIES, "to_xarray", Function("xarray.DataArray", pure=True)),
    (SERIES, "sample", Function(SERIES, effects=RANDOM, seed="random_state", seed_at=4)),
    # cleaning
    (SERIES, "drop dropna fillna drop_duplicates rename replace", CLEANED_OR_IN_PLACE),
    (SERIES, "ffill bfill interpolate clip mask where", CLEANED_OR_IN_PLACE),
    (SERIES, "astype convert_dtypes infer_objects round tz_convert tz_localize set_axis", CLEANED),
    # transforming
    (SERIES, "add sub mul div truediv floordiv mod pow radd rsub rmul rdiv rtruediv", MADE),
    (SERIES, "subtract multiply divide rfloordiv rmod rpow", MADE),
    (SERIES, "eq ne lt le gt ge abs diff shift pct_change rank reindex reindex_like repeat", MADE),
    (SERIES, "cumsum cumprod cummax cummin asfreq to_period to_timestamp combine_first case_when", MADE),
    (SERIES, "add_prefix add_suffix droplevel reorder_levels swaplevel set_flags explode transpose", MADE),
    (SERIES, "sort_values sort_index rename_axis", MADE_OR_IN_PLACE),
    (SERIES, "reset_index", Function(FRAME, role="transform", pure=True, unless=((1, "drop"), IN_PLACE))),
    (SERIES, "align divmod rdivmod", Function("tuple[pandas.Series, pandas.Series]", role="transform", pure=True)),
    (SERIES, "unstack compare", Function(FRAME, role="transform", pure=True)),
    (SERIES, "factorize", Function("tuple[numpy.ndarray, pandas.Index]", role="transform", pure=True)),
    (SERIES, "apply pipe", Function(role="transform")),
    (SERIES, "map combine", Function(SERIES, role="transform")),
    (SERIES, "transform", Function(role="transform")),
    (SERIES, "groupby", Function("pandas.api.typing.SeriesGroupBy", role="transform", pure=True)),
    (SERIES, "resample", Function("pandas.api.typing.Resampler", role="transform", pure=True)),
    (SERIES, "rolling", Function("pandas.api.typing.Rolling", role="transform", pure=True, unless=((-1, "win_type"),))),
    (SERIES, "expanding", Function("pandas.api.typing.Expanding", role="transform", pure=True)),
    (SERIES, "ewm", Function("pandas.api.typing.ExponentialMovingWindow", role="transform", pure=True)),
    # changing the series itself
    (SERIES, "update", Function("None", role="transform", mutates=True)),
    (SERIES, "pop", Function(role="transform", mutates=True)),
    # writing
    (SERIES, "to_csv to_json to_hdf", writes("path_or_buf")),
    (SERIES, "to_excel", writes("excel_writer")),
    (SERIES, "to_pickle", writes("path")),
    (SERIES, "to_latex to_markdown to_string", Function("str", writes=(0, "buf"), unless=((0, "buf"),))),
    (SERIES, "to_sql", Function(role="export", effects=DATABASE)),
    (SERIES, "to_clipboard", Function("None", role="export", effects=DISPLAY)),
    (SERIES, "info", Function("None", effects=PRINTS)),
    # drawing
    (SERIES, "plot hist", DRAWN),
    ("pandas.Series.plot", "area bar barh box density hist kde line pie", DRAWN),
    # accessors
    ("pandas.Series.str", "capitalize casefold center contains count decode encode endswith find findall", MADE),
    ("pandas.Series.str", "fullmatch get index isalnum isalpha isdecimal isdigit islower isnumeric isspace", MADE),
    ("pandas.Series.str", "istitle isupper join len ljust lower lstrip match normalize pad removeprefix", MADE),
    ("pandas.Series.str", "removesuffix repeat replace rfind rindex rjust rstrip slice slice_replace", MADE),
    ("pandas.Series.str", "startswith strip swapcase title translate upper wrap zfill", MADE),
    ("pandas.Series.str", "split rsplit", Function(SERIES, role="transform", pure=True, unless=((-1, "expand"),))),
    ("pandas.Series.str", "extractall get_dummies", Function(FRAME, role="transform", pure=True)),
    ("pandas.Series.str", "extract", Function(FRAME, role="transform", pure=True, unless=((2, "expand"),))),
    (
        "pandas.Series.str",
        "partition rpartition",
        Function(FRAME, role="transform", pure=True, unless=((1, "expand"),)),
    ),
    ("pandas.Series.str", "cat", Function(role="transform", pure=True)),
    ("pandas.Series.dt", "ceil floor round normalize strftime day_name month_name tz_convert tz_localize", MADE),
    ("pandas.Series.dt", "to_period to_timestamp total_seconds as_unit", MADE),
    ("pandas.Series.dt", "isocalendar", Function(FRAME, role="transform", pure=True)),
    ("pandas.Series.dt", "to_pydatetime to_pytimedelta", Function(role="transform", pure=True)),
    ("pandas.Series.cat", "add_categories as_ordered as_unordered remove_categories rename_categories", MADE),
    ("pandas.Series.cat", "remove_unused_categories reorder_categories set_categories", MADE),
    # index
    (INDEX, "tolist to_list", Function("list[Any]", pure=True)),
    (INDEX, "to_numpy", Function("numpy.ndarray", pure=True)),
    (INDEX, "to_frame", Function(FRAME, pure=True)),
    (INDEX, "to_series value_counts", Function(SERIES, pure=True)),
    (
        INDEX,
        "difference intersection union symmetric_difference append delete drop drop_duplicates",
        Function(INDEX, pure=True),
    ),
    (INDEX, "dropna insert map sort_values unique where astype repeat fillna", Function(INDEX, pure=True)),
    (INDEX, "get_level_values droplevel to_flat_index", Function(INDEX, pure=True)),
    (INDEX, "rename set_names", Function("self", pure=True, unless=(IN_PLACE,))),
    (INDEX, "copy", Function("self", pure=True)),
    (INDEX, "isin isna isnull notna duplicated get_indexer argsort", Function("numpy.ndarray", pure=True)),
    (INDEX, "nunique memory_usage", INT),
    (INDEX, "equals identical", BOOL),
    (INDEX, "min max item", Function("Hashable", pure=True)),
    (INDEX, "get_loc", Function("int | slice | numpy.ndarray", pure=True)),
    (INDEX, "searchsorted argmax argmin all any", PURE),
    ("pandas.DatetimeIndex", "strftime day_name month_name", Function(INDEX, pure=True)),
    ("pandas.DatetimeIndex", "floor ceil round normalize tz_convert tz_localize", Function("self", pure=True)),
    ("pandas.DatetimeIndex", "isocalendar", Function(FRAME, pure=True)),
    ("pandas.DatetimeIndex", "to_period", Function("pandas.PeriodIndex", pure=True)),
    ("pandas.MultiIndex", "set_levels swaplevel reorder_levels", Function("pandas.MultiIndex", pure=True)),
)

PROPERTIES = properties(
    (SERIES, "T", SERIES),
    (SERIES, "index", INDEX),
    (SERIES, "shape", "tuple[int]"),
    (SERIES, "size ndim nbytes", "int"),
    (SERIES, "empty hasnans is_unique is_monotonic_increasing is_monotonic_decreasing", "bool"),
    (SERIES, "attrs", "dict[Any, Any]"),
    (SERIES, "axes", "list[pandas.Index]"),
    (SERIES, "plot", "pandas.Series.plot"),
    (SERIES, "str", "pandas.Series.str"),
    (SERIES, "dt", "pandas.Series.dt"),
    (SERIES, "cat", "pandas.Series.cat"),
    ("pandas.Series.dt", "date time timetz year month day hour minute second microsecond nanosecond", SERIES),
    ("pandas.Series.dt", "day_of_week day_of_year dayofweek dayofyear days_in_month daysinmonth weekday", SERIES),
    ("pandas.Series.dt", "quarter is_leap_year is_month_end is_month_start is_quarter_end is_quarter_start", SERIES),
    ("pandas.Series.dt", "is_year_end is_year_start days seconds microseconds nanoseconds", SERIES),
    ("pandas.Series.dt", "components", FRAME),
    ("pandas.Series.cat", "codes", SERIES),
    ("pandas.Series.cat", "categories", INDEX),
    ("pandas.Series.cat", "ordered", "bool"),
    (INDEX, "shape", "tuple[int, ...]"),
    (INDEX, "size ndim nlevels nbytes", "int"),
    (INDEX, "empty hasnans is_unique has_duplicates is_monotonic_increasing is_monotonic_decreasing", "bool"),
    (INDEX, "str", "pandas.Index.str"),
    ("pandas.DatetimeIndex", "year month day hour minute second quarter dayofweek dayofyear weekday", INDEX),
    ("pandas.DatetimeIndex", "date time", "numpy.ndarray"),
)
