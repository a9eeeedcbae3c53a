"""pandas.DataFrame: its methods and attributes."""

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
IN_PLACE = (-1, "inplace")

VIEW = Function(FRAME, pure=True)
COLUMN = Function(SERIES, pure=True)
CLEANED = Function(FRAME, role="clean", pure=True)
CLEANED_OR_IN_PLACE = Function(FRAME, role="clean", pure=True, unless=(IN_PLACE,))
MADE = Function(FRAME, role="transform", pure=True)
MADE_OR_IN_PLACE = Function(FRAME, role="transform", pure=True, unless=(IN_PLACE,))
DRAWN = Function("matplotlib.axes.Axes", role="plot", effects=PLOT, unless=((-1, "subplots"), (-1, "by")))


ENTRIES = table(
    # looking
    (FRAME, "head tail describe corr cov nlargest nsmallest truncate copy compare mode", VIEW),
    (FRAME, "isin isna isnull notna notnull at_time between_time take filter select_dtypes", VIEW),
    (FRAME, "count nunique duplicated memory_usage idxmax idxmin corrwith value_counts", COLUMN),
    (FRAME, "sum mean median std var sem skew kurt kurtosis prod product min max all any", COLUMN),
    (FRAME, "quantile agg aggregate squeeze dot first_valid_index last_valid_index get xs asof", PURE),
    (FRAME, "equals", Function("bool", pure=True)),
    (FRAME, "keys", Function("pandas.Index", pure=True)),
    (FRAME, "to_numpy", Function("numpy.ndarray", pure=True)),
    (FRAME, "to_records", Function("numpy.recarray", pure=True)),
    (FRAME, "to_dict", Function("dict[Any, Any]", pure=True, unless=((0, "orient"),))),
    (FRAME, "to_xarray", Function("xarray.Dataset", pure=True)),
    (FRAME, "items iterrows", Function("Iterator[tuple[Any, pandas.Series]]", pure=True)),
    (FRAME, "itertuples", Function("Iterator[Any]", pure=True)),
    (FRAME, "sample", Function(FRAME, effects=RANDOM, seed="random_state", seed_at=4)),
    # cleaning
    (FRAME, "drop dropna fillna drop_duplicates rename replace query", CLEANED_OR_IN_PLACE),
    (FRAME, "ffill bfill interpolate clip mask where", CLEANED_OR_IN_PLACE),
    (FRAME, "astype convert_dtypes infer_objects round tz_convert tz_localize set_axis", CLEANED),
    # transforming
    (FRAME, "merge join combine_first assign pivot pivot_table melt explode transpose", MADE),
    (FRAME, "add sub mul div truediv floordiv mod pow radd rsub rmul rdiv rtruediv", MADE),
    (FRAME, "subtract multiply divide rfloordiv rmod rpow", MADE),
    (FRAME, "eq ne lt le gt ge abs diff shift pct_change rank reindex reindex_like", MADE),
    (FRAME, "cumsum cumprod cummax cummin asfreq to_period to_timestamp", MADE),
    (FRAME, "add_prefix add_suffix droplevel reorder_levels swaplevel set_flags", MADE),
    (FRAME, "sort_values sort_index reset_index set_index rename_axis", MADE_OR_IN_PLACE),
    (FRAME, "align", Function("tuple[pandas.DataFrame, pandas.DataFrame]", role="transform", pure=True)),
    (FRAME, "stack unstack", Function(role="transform", pure=True)),
    (FRAME, "apply eval pipe", Function(role="transform")),
    (FRAME, "map transform combine", Function(FRAME, role="transform")),
    (FRAME, "groupby", Function("pandas.api.typing.DataFrameGroupBy", role="transform", pure=True)),
    (FRAME, "resample", Function("pandas.api.typing.Resampler", role="transform", pure=True)),
    (FRAME, "rolling", Function("pandas.api.typing.Rolling", role="transform", pure=True, unless=((-1, "win_type"),))),
    (FRAME, "expanding", Function("pandas.api.typing.Expanding", role="transform", pure=True)),
    (FRAME, "ewm", Function("pandas.api.typing.ExponentialMovingWindow", role="transform", pure=True)),
    # changing the frame itself
    (FRAME, "insert update isetitem", Function("None", role="transform", mutates=True)),
    (FRAME, "pop", Function(SERIES, role="transform", mutates=True)),
    # writing
    (FRAME, "to_csv to_json to_hdf", writes("path_or_buf")),
    (FRAME, "to_excel", writes("excel_writer")),
    (FRAME, "to_parquet to_feather to_orc to_pickle to_stata", writes("path")),
    (FRAME, "to_xml", writes("path_or_buffer")),
    (FRAME, "to_html to_latex to_markdown to_string", Function("str", writes=(0, "buf"), unless=((0, "buf"),))),
    (FRAME, "to_sql", Function(role="export", effects=DATABASE)),
    (FRAME, "to_clipboard", Function("None", role="export", effects=DISPLAY)),
    (FRAME, "info", Function("None", effects=PRINTS)),
    # drawing
    (FRAME, "plot boxplot", DRAWN),
    (FRAME, "hist", Function("numpy.ndarray", role="plot", effects=PLOT)),
    ("pandas.DataFrame.plot", "area bar barh box density hist kde line pie scatter hexbin", DRAWN),
)

PROPERTIES = properties(
    (FRAME, "T", FRAME),
    (FRAME, "columns index", "pandas.Index"),
    (FRAME, "dtypes", SERIES),
    (FRAME, "shape", "tuple[int, int]"),
    (FRAME, "size ndim", "int"),
    (FRAME, "empty", "bool"),
    (FRAME, "values", "numpy.ndarray"),
    (FRAME, "axes", "list[pandas.Index]"),
    (FRAME, "attrs", "dict[Any, Any]"),
    (FRAME, "style", "pandas.io.formats.style.Styler"),
    (FRAME, "plot", "pandas.DataFrame.plot"),
)
