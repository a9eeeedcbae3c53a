"""pandas: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import NETWORK, PURE, Function, bases, table

FRAME = "pandas.DataFrame"
SERIES = "pandas.Series"
FRAMES = "pandas.api.typing.DataFrameGroupBy"
COLUMNS = "pandas.api.typing.SeriesGroupBy"
STYLER = "pandas.io.formats.style.Styler"
STYLED = Function("self", mutates=True)

ENTRIES = table(
    ("pandas", "read_gbq", Function(FRAME, role="load", effects=NETWORK)),
    ("pandas", "value_counts", Function(SERIES, pure=True)),
    (
        "pandas",
        "rolling_mean rolling_std rolling_sum rolling_apply ewma expanding_mean",
        Function(role="transform", pure=True),
    ),
    (FRAME, "append lookup sort swapaxes", Function(FRAME, role="transform", pure=True)),
    (FRAME, "applymap", Function(FRAME, role="transform")),
    (FRAME, "pad backfill", Function(FRAME, role="clean", pure=True, unless=((-1, "inplace"),))),
    (FRAME, "first last slice_shift tshift", Function(FRAME, role="transform", pure=True)),
    (FRAME, "mad get_dtype_counts", Function(SERIES, pure=True)),
    (FRAME, "iteritems", Function("Iterator[tuple[Any, pandas.Series]]", pure=True)),
    (FRAME, "as_matrix", Function("numpy.ndarray", pure=True)),
    (FRAME, "to_gbq", Function("None", role="export", effects=NETWORK)),
    (SERIES, "append order sort swapaxes first last tshift", Function(SERIES, role="transform", pure=True)),
    (SERIES, "pad backfill", Function(SERIES, role="clean", pure=True, unless=((-1, "inplace"),))),
    (SERIES, "iteritems", Function("Iterator[tuple[Any, Any]]", pure=True)),
    (SERIES, "ravel as_matrix", Function("numpy.ndarray", pure=True)),
    (SERIES, "mad", Function("float", pure=True)),
    (SERIES, "view get_value", PURE),
    (FRAMES, "fillna pad backfill mad tshift", Function(FRAME, role="transform", pure=True)),
    (COLUMNS, "fillna pad backfill mad tshift", Function(SERIES, role="transform", pure=True)),
    (STYLER, "applymap hide_index hide_columns set_precision set_na_rep where", STYLED),
    (STYLER, "render", Function("str", pure=True)),
)

BASES = bases(("pandas", "Int64Index Float64Index UInt64Index", "pandas.Index"))
