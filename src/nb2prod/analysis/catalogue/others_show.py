"""Small libraries that show things: IPython, progress bars, maps, charts, graphs, symbols."""

from nb2prod.analysis.catalogue._function import (
    DISPLAY,
    NETWORK,
    PLOT,
    PRINTS,
    PURE,
    RANDOM,
    STR,
    Function,
    bases,
    properties,
    table,
)

SHOWN = Function(pure=True)
INPUT = frozenset({"input"})
CHART = Function("altair.Chart", role="plot", pure=True)
GRAPH = "networkx.Graph"
GRAPHS = Function(GRAPH, pure=True)
SYMBOLIC = Function("sympy.Expr", pure=True)
LAYOUT = Function("dict[Any, Any]", role="plot", pure=True)

ENTRIES = table(
    ("IPython.display", "display", Function("None", effects=DISPLAY)),
    ("IPython.display", "clear_output", Function("None", effects=DISPLAY)),
    ("IPython.display", "HTML Markdown Latex Math SVG JSON Javascript Code Pretty IFrame YouTubeVideo", SHOWN),
    ("IPython.display", "Image Audio Video", Function(reads=(0, "data"), pure=True)),
    ("IPython.display", "FileLink", Function(reads=(0, "path"), pure=True)),
    ("IPython.display", "display_html display_markdown display_latex", Function("None", effects=DISPLAY)),
    ("IPython", "get_ipython", PURE),
    ("IPython", "embed", Function(effects=INPUT)),
    ("tqdm", "tqdm", Function("first", effects=PRINTS)),
    ("tqdm", "trange", Function(effects=PRINTS)),
    ("tqdm.std.tqdm", "pandas", Function("None", effects=frozenset({"options"}), role="setup")),
    ("ipywidgets", "interact", Function(effects=DISPLAY | INPUT)),
    ("ipywidgets", "interactive interactive_output", Function(effects=INPUT)),
    (
        "ipywidgets",
        "IntSlider FloatSlider Dropdown Text Textarea Checkbox Button Output FileUpload",
        Function(effects=INPUT),
    ),
    ("ipywidgets", "SelectMultiple ToggleButtons DatePicker RadioButtons", Function(effects=INPUT)),
    ("folium.Map", "save", Function("None", writes=(0, "outfile"), role="export")),
    (
        "folium",
        "Map Marker CircleMarker Circle Popup Icon GeoJson Choropleth PolyLine",
        Function(role="plot", pure=True),
    ),
    ("folium.Map", "add_child add_to", Function("self", role="plot", mutates=True)),
    ("bokeh.plotting", "figure", Function(role="plot", pure=True)),
    ("bokeh.plotting", "show", Function(role="plot", effects=DISPLAY)),
    ("bokeh.plotting", "output_file", Function("None", writes=(0, "filename"), role="export")),
    ("bokeh.plotting", "save", Function("str", writes=(1, "filename"), role="export")),
    ("bokeh.io", "show", Function(role="plot", effects=DISPLAY)),
    ("bokeh.io", "output_notebook", Function("None", role="setup", effects=DISPLAY)),
    ("bokeh.io", "output_file", Function("None", writes=(0, "filename"), role="export")),
    ("altair", "Chart", Function(role="plot", pure=True)),
    ("altair.Chart", "mark_bar mark_line mark_point mark_circle mark_area mark_rect mark_text mark_tick", CHART),
    ("altair.Chart", "mark_boxplot mark_rule mark_geoshape encode properties interactive facet configure_axis", CHART),
    ("altair.Chart", "transform_filter transform_calculate transform_aggregate add_params", CHART),
    ("altair.Chart", "save", Function("None", writes=(0, "fp"), role="export")),
    ("holoviews", "extension", Function("None", role="setup", effects=DISPLAY)),
    ("holoviews", "save", Function("None", writes=(1, "filename"), role="export")),
    (
        "holoviews",
        "Curve Scatter Points Bars Histogram Image HeatMap BoxWhisker Overlay Layout",
        Function(role="plot", pure=True),
    ),
    ("wordcloud", "WordCloud", Function(role="plot", effects=RANDOM, pure=True, seed="random_state")),
    (
        "wordcloud.WordCloud",
        "generate generate_from_frequencies generate_from_text",
        Function("self", role="plot", mutates=True),
    ),
    ("wordcloud.WordCloud", "to_file", Function("self", writes=(0, "filename"), role="export")),
    ("missingno", "matrix bar heatmap dendrogram", Function("matplotlib.axes.Axes", role="plot", effects=PLOT)),
    ("ydata_profiling", "ProfileReport", Function(role="plot")),
    ("ydata_profiling.ProfileReport", "to_file", Function("None", writes=(0, "output_file"), role="export")),
    ("ydata_profiling.ProfileReport", "to_notebook_iframe to_widgets", Function("None", effects=DISPLAY)),
    ("graphviz.Source", "render", Function("str", writes=(0, "filename"), role="export")),
    ("graphviz.Digraph", "node edge edges attr", Function("None", mutates=True)),
    ("graphviz.Digraph", "render", Function("str", writes=(0, "filename"), role="export")),
    ("graphviz.Digraph", "view", Function("str", effects=DISPLAY)),
    ("tabulate", "tabulate", STR),
    ("rich", "print", Function("None", effects=PRINTS)),
    ("geopy.geocoders", "Nominatim", Function(effects=NETWORK)),
    # graphs
    (
        "networkx",
        "from_pandas_edgelist from_pandas_adjacency from_numpy_array from_edgelist",
        Function(GRAPH, role="load", pure=True),
    ),
    ("networkx", "complete_graph path_graph cycle_graph star_graph karate_club_graph grid_2d_graph compose", GRAPHS),
    (
        "networkx",
        "read_gml read_edgelist read_graphml read_adjlist read_gexf read_weighted_edgelist",
        Function(GRAPH, reads=(0, "path"), role="load"),
    ),
    (
        "networkx",
        "write_gml write_edgelist write_graphml write_adjlist write_gexf",
        Function("None", writes=(1, "path"), role="export"),
    ),
    (
        "networkx",
        "draw draw_networkx draw_networkx_nodes draw_networkx_edges draw_networkx_labels",
        Function(role="plot", effects=PLOT),
    ),
    (
        "networkx",
        "draw_networkx_edge_labels draw_circular draw_kamada_kawai draw_spring draw_shell",
        Function(role="plot", effects=PLOT),
    ),
    ("networkx", "circular_layout kamada_kawai_layout shell_layout spectral_layout planar_layout", LAYOUT),
    ("networkx", "spring_layout random_layout", Function("dict[Any, Any]", role="plot", effects=RANDOM, seed="seed")),
    ("networkx", "erdos_renyi_graph gnp_random_graph", Function(GRAPH, effects=RANDOM, seed="seed", seed_at=2)),
    (
        "networkx",
        "barabasi_albert_graph watts_strogatz_graph random_geometric_graph",
        Function(GRAPH, effects=RANDOM, seed="seed"),
    ),
    (
        "networkx",
        "degree_centrality betweenness_centrality closeness_centrality eigenvector_centrality pagerank",
        Function("dict[Any, Any]", pure=True),
    ),
    (
        "networkx",
        "clustering density average_clustering shortest_path shortest_path_length all_pairs_shortest_path",
        PURE,
    ),
    ("networkx", "connected_components is_connected has_path number_connected_components diameter degree", PURE),
    ("networkx", "adjacency_matrix to_numpy_array to_pandas_edgelist minimum_spanning_tree topological_sort", PURE),
    ("networkx", "set_node_attributes set_edge_attributes", Function("None", mutates=True)),
    (
        GRAPH,
        "add_node add_nodes_from add_edge add_edges_from add_weighted_edges_from remove_node remove_edge",
        Function("None", mutates=True),
    ),
    (GRAPH, "remove_nodes_from remove_edges_from clear", Function("None", mutates=True)),
    (GRAPH, "subgraph copy neighbors has_node has_edge number_of_nodes number_of_edges degree", PURE),
    # symbols
    ("sympy", "symbols Symbol Function Rational Integer Matrix", PURE),
    ("sympy", "simplify expand factor diff integrate limit series cancel collect apart together trigsimp", SYMBOLIC),
    ("sympy", "sqrt sin cos tan exp log", SYMBOLIC),
    ("sympy", "solve solveset dsolve nsolve lambdify sympify Eq", PURE),
    ("sympy", "latex pretty", STR),
    ("sympy", "pprint pretty_print", Function("None", effects=PRINTS)),
    ("sympy", "init_printing", Function("None", effects=DISPLAY, role="setup")),
    ("sympy.plotting", "plot", Function(role="plot", effects=PLOT)),
    ("nest_asyncio", "apply", Function("None", effects=frozenset({"options"}), role="setup")),
    ("pandarallel.pandarallel", "initialize", Function("None", effects=frozenset({"options"}), role="setup")),
)

PROPERTIES = properties((GRAPH, "nodes edges", "Any"))

BASES = bases(
    ("IPython.display", "HTML Markdown Latex Math SVG JSON Javascript Code Pretty IFrame Image Audio Video", ""),
    ("folium", "Map Marker CircleMarker Choropleth GeoJson", ""),
    ("altair", "Chart", ""),
    ("wordcloud", "WordCloud", ""),
    ("graphviz", "Source Digraph", ""),
    ("graphviz", "Graph", "graphviz.Digraph"),
    ("networkx", "Graph", ""),
    ("networkx", "DiGraph MultiGraph MultiDiGraph", GRAPH),
    ("sympy", "Expr", ""),
    ("sympy", "Symbol", "sympy.Expr"),
    ("tqdm.std", "tqdm", ""),
    ("ydata_profiling", "ProfileReport", ""),
)

ALIASES = {
    "IPython.core.display": "IPython.display",
    "IPython.core.display_functions": "IPython.display",
    "IPython.core.getipython.get_ipython": "IPython.get_ipython",
    "tqdm.tqdm.pandas": "tqdm.std.tqdm.pandas",
    "tqdm.notebook.tqdm.pandas": "tqdm.std.tqdm.pandas",
    "tqdm.auto.tqdm.pandas": "tqdm.std.tqdm.pandas",
    "tqdm.auto": "tqdm",
    "tqdm.notebook": "tqdm",
    "tqdm.autonotebook": "tqdm",
    "tqdm.tqdm_notebook": "tqdm.tqdm",
    "tqdm.notebook.tqdm_notebook": "tqdm.tqdm",
    "pandas_profiling": "ydata_profiling",
    "ipywidgets.widgets": "ipywidgets",
    "networkx.classes.graph": "networkx",
    "networkx.classes.digraph": "networkx",
}
