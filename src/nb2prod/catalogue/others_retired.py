"""Small libraries: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import PURE, Function, bases, table

GRAPH = "networkx.Graph"

ENTRIES = table(
    ("networkx", "info", Function("str", pure=True)),
    ("networkx", "read_gpickle", Function(GRAPH, reads=(0, "path"), role="load")),
    ("networkx", "write_gpickle", Function("None", writes=(1, "path"), role="export")),
    ("networkx", "from_pandas_dataframe from_numpy_matrix", Function(GRAPH, role="load", pure=True)),
    ("networkx", "to_numpy_matrix connected_component_subgraphs", PURE),
    (GRAPH, "nodes_iter edges_iter", PURE),
    ("PyPDF2", "PdfFileReader", Function(reads=(0, "stream"), role="load")),
    ("PyPDF2", "PdfFileWriter", Function()),
    ("pandas_datareader.data", "DataReader", Function("pandas.DataFrame", role="load", effects=frozenset({"network"}))),
    (
        "pandas_datareader.data",
        "get_data_yahoo",
        Function("pandas.DataFrame", role="load", effects=frozenset({"network"})),
    ),
)

BASES = bases(("PyPDF2", "PdfFileReader PdfFileWriter", ""))
