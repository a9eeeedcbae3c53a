"""pandas: groups, windows and resamplers, and the Styler."""

from nb2prod.catalogue._function import PLOT, PURE, RANDOM, Function, properties, table

FRAME = "pandas.DataFrame"
SERIES = "pandas.Series"
FRAMES = "pandas.api.typing.DataFrameGroupBy"
COLUMNS = "pandas.api.typing.SeriesGroupBy"
WINDOWS = ("pandas.api.typing.Rolling", "pandas.api.typing.Expanding", "pandas.api.typing.ExponentialMovingWindow")
STYLER = "pandas.io.formats.style.Styler"

MADE_FRAME = Function(FRAME, role="transform", pure=True)
MADE_SERIES = Function(SERIES, role="transform", pure=True)
MADE = Function(role="transform", pure=True)
CALLS = Function(role="transform")
REDUCES = "all any count first last max mean median min nunique prod sem skew std sum var idxmax idxmin quantile"
ALONG = "bfill ffill cummax cummin cumprod cumsum diff pct_change rank shift head tail"

ENTRIES = table(
    (FRAMES, f"{REDUCES} {ALONG} describe corr cov ohlc", MADE_FRAME),
    (FRAMES, "cumcount ngroup", MADE_SERIES),
    (FRAMES, "size value_counts", Function(SERIES, role="transform", pure=True)),
    (FRAMES, "corrwith take get_group", MADE_FRAME),
    (FRAMES, "agg aggregate", MADE),
    (FRAMES, "apply pipe", CALLS),
    (FRAMES, "transform filter", Function(FRAME, role="transform")),
    (FRAMES, "rolling expanding ewm resample", MADE),
    (FRAMES, "sample", Function(FRAME, effects=RANDOM, seed="random_state", seed_at=4)),
    (FRAMES, "plot hist boxplot", Function(role="plot", effects=PLOT)),
    (COLUMNS, f"{REDUCES} {ALONG} cumcount ngroup size value_counts nlargest nsmallest unique", MADE_SERIES),
    (COLUMNS, "describe ohlc", MADE_FRAME),
    (COLUMNS, "corr cov take get_group", MADE_SERIES),
    (COLUMNS, "agg aggregate", MADE),
    (COLUMNS, "apply pipe", CALLS),
    (COLUMNS, "transform filter", Function(SERIES, role="transform")),
    (COLUMNS, "rolling expanding ewm resample", MADE),
    (COLUMNS, "sample", Function(SERIES, effects=RANDOM, seed="random_state", seed_at=4)),
    (COLUMNS, "plot hist", Function(role="plot", effects=PLOT)),
    *((window, "mean std var sum cov corr agg aggregate", MADE) for window in WINDOWS),
    *((window, "count max median min quantile rank sem skew kurt", MADE) for window in WINDOWS[:2]),
    *((window, "apply", CALLS) for window in WINDOWS[:2]),
    (
        "pandas.api.typing.Resampler",
        "count first last max mean median min nunique prod quantile sem size std sum",
        MADE,
    ),
    ("pandas.api.typing.Resampler", "var agg aggregate asfreq bfill ffill interpolate nearest ohlc get_group", MADE),
    ("pandas.api.typing.Resampler", "apply pipe transform", CALLS),
    (
        STYLER,
        "apply map format hide background_gradient text_gradient bar set_caption set_properties",
        Function("self", mutates=True),
    ),
    (
        STYLER,
        "set_table_styles set_table_attributes set_sticky highlight_max highlight_min",
        Function("self", mutates=True),
    ),
    (
        STYLER,
        "highlight_null highlight_between highlight_quantile format_index relabel_index",
        Function("self", mutates=True),
    ),
    (STYLER, "to_html to_latex to_string", Function("str", writes=(0, "buf"), unless=((0, "buf"),))),
    (STYLER, "to_excel", Function("None", writes=(0, "excel_writer"), role="export")),
    (STYLER, "pipe", PURE),
)

PROPERTIES = properties(
    (FRAMES, "groups indices", "dict[Any, Any]"),
    (FRAMES, "ngroups ndim", "int"),
    (COLUMNS, "groups indices", "dict[Any, Any]"),
    (COLUMNS, "ngroups ndim", "int"),
)
