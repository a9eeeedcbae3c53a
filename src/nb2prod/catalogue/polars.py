"""polars: eager and lazy frames."""

from nb2prod.catalogue._function import DATABASE, PURE, RANDOM, Function, bases, properties, table

FRAME = "polars.DataFrame"
LAZY = "polars.LazyFrame"
SERIES = "polars.Series"
SHAPES = (
    "select with_columns filter sort drop rename head tail limit unique drop_nulls fill_null fill_nan join slice "
    "with_row_index cast explode unpivot reverse shift"
)


def reads(returns: str) -> Function:
    """A reader of its first argument."""
    return Function(returns, reads=(0, "source"), role="load")


ENTRIES = table(
    ("polars", "read_csv read_parquet read_json read_ndjson read_ipc read_avro", reads(FRAME)),
    ("polars", "read_excel", reads(FRAME)),
    ("polars", "scan_csv scan_parquet scan_ndjson scan_ipc", reads(LAZY)),
    ("polars", "read_database read_database_uri", Function(FRAME, role="load", effects=DATABASE)),
    ("polars", "concat", Function("", role="transform", pure=True)),
    ("polars", "from_pandas from_dicts from_dict from_numpy from_arrow", PURE),
    ("polars", "col lit when date_range datetime_range all count len sum mean max min struct concat_str", PURE),
    (FRAME, SHAPES, Function(FRAME, role="transform", pure=True)),
    (
        FRAME,
        "describe null_count sum mean median std var min max transpose pivot vstack hstack clone",
        Function(FRAME, pure=True),
    ),
    (FRAME, "get_column to_series", Function(SERIES, pure=True)),
    (FRAME, "group_by partition_by rows row item to_dicts to_dict n_unique estimated_size", PURE),
    (FRAME, "to_pandas", Function("pandas.DataFrame", pure=True)),
    (FRAME, "to_numpy", Function("numpy.ndarray", pure=True)),
    (FRAME, "lazy", Function(LAZY, pure=True)),
    (FRAME, "sample", Function(FRAME, effects=RANDOM, seed="seed")),
    (FRAME, "write_csv write_parquet write_json write_ndjson write_ipc", Function(writes=(0, "file"), role="export")),
    (FRAME, "write_excel", Function(writes=(0, "workbook"), role="export")),
    (FRAME, "write_database", Function(role="export", effects=DATABASE)),
    (LAZY, SHAPES, Function(LAZY, role="transform", pure=True)),
    (LAZY, "group_by", PURE),
    (LAZY, "collect", Function(FRAME, role="load")),
    (LAZY, "sink_parquet sink_csv", Function(writes=(0, "path"), role="export")),
    (SERIES, "head tail sort unique cast fill_null drop_nulls is_null", Function(SERIES, pure=True)),
    (SERIES, "mean sum min max std var median n_unique len", PURE),
    (SERIES, "to_list", Function("list[Any]", pure=True)),
    (SERIES, "to_numpy", Function("numpy.ndarray", pure=True)),
)

PROPERTIES = properties(
    (FRAME, "shape", "tuple[int, int]"),
    (FRAME, "height width", "int"),
    (FRAME, "columns", "list[str]"),
)

BASES = bases(("polars", "DataFrame LazyFrame Series Expr", ""))
