"""plotly: express, graph objects and figure factories; a figure draws only when it is shown."""

from nb2prod.catalogue._function import DISPLAY, PLOT, PURE, Function, bases, properties, table

FIGURE = "plotly.graph_objects.Figure"
DRAWS = Function(FIGURE, role="plot", pure=True)
CHANGES = Function("self", role="plot", mutates=True)
SHOWS = Function("None", role="plot", effects=PLOT | DISPLAY)
TRACES = (
    "Bar Barpolar Box Candlestick Carpet Choropleth Choroplethmap Cone Contour Contourcarpet Densitymap Funnel "
    "Funnelarea Heatmap Histogram Histogram2d Histogram2dContour Icicle Image Indicator Isosurface Mesh3d Ohlc "
    "Parcats Parcoords Pie Sankey Scatter Scatter3d Scattergeo Scattergl Scattermap Scatterpolar Scatterpolargl "
    "Scatterternary Splom Streamtube Sunburst Surface Table Treemap Violin Volume Waterfall Layout Frame"
)

ENTRIES = table(
    ("plotly.express", "area bar bar_polar box choropleth choropleth_map density_contour density_heatmap", DRAWS),
    ("plotly.express", "density_map ecdf funnel funnel_area histogram icicle imshow line line_3d line_geo", DRAWS),
    ("plotly.express", "line_map line_polar line_ternary parallel_categories parallel_coordinates pie scatter", DRAWS),
    ("plotly.express", "scatter_3d scatter_geo scatter_map scatter_matrix scatter_polar scatter_ternary strip", DRAWS),
    ("plotly.express", "sunburst timeline treemap violin", DRAWS),
    ("plotly.express", "get_trendline_results", Function("pandas.DataFrame", pure=True)),
    (
        "plotly.express.data",
        "gapminder iris tips stocks wind election carshare medals_long medals_wide",
        Function("pandas.DataFrame", role="load", pure=True),
    ),
    ("plotly.figure_factory", "create_dendrogram create_quiver create_streamline create_table", DRAWS),
    ("plotly.figure_factory", "create_ternary_contour create_trisurf create_hexbin_map", DRAWS),
    ("plotly.subplots", "make_subplots", DRAWS),
    ("plotly.graph_objects", "Figure FigureWidget", Function(role="plot", pure=True)),
    ("plotly.graph_objects", TRACES, Function(role="plot", pure=True)),
    (FIGURE, "add_trace add_traces update_layout update_traces update_xaxes update_yaxes update_annotations", CHANGES),
    (FIGURE, "add_annotation add_hline add_hrect add_layout_image add_shape add_vline add_vrect add_bar", CHANGES),
    (FIGURE, "add_box add_candlestick add_contour add_heatmap add_histogram add_pie add_scatter add_surface", CHANGES),
    (FIGURE, "add_scatter3d add_scattergeo add_violin add_table update update_coloraxes update_geos", CHANGES),
    (FIGURE, "update_polars update_scenes update_shapes set_subplots for_each_trace", CHANGES),
    (FIGURE, "show", SHOWS),
    (FIGURE, "write_html write_image write_json", Function("None", writes=(0, "file"), role="export")),
    (FIGURE, "to_html to_json", Function("str", pure=True)),
    (FIGURE, "to_dict to_plotly_json", Function("dict[str, Any]", pure=True)),
    (FIGURE, "to_image", Function("bytes", pure=True)),
    ("plotly.io", "show", SHOWS),
    ("plotly.io", "write_html write_image write_json", Function("None", writes=(1, "file"), role="export")),
    ("plotly.io", "read_json", Function(FIGURE, reads=(0, "file"), role="load")),
    ("plotly.io", "to_html to_json", Function("str", pure=True)),
    ("plotly.io", "from_json", Function(FIGURE, pure=True)),
    ("plotly.offline", "iplot init_notebook_mode", SHOWS),
    ("plotly.offline", "plot", Function(writes=(-1, "filename"), role="export", effects=DISPLAY)),
    ("plotly.colors", "n_colors sample_colorscale hex_to_rgb", PURE),
)

PROPERTIES = properties((FIGURE, "data", "tuple[Any, ...]"), ("plotly", "__version__", "str"))

BASES = bases(
    ("plotly.graph_objects", f"Figure {TRACES}", ""),
    ("plotly.graph_objects", "FigureWidget", FIGURE),
)

ALIASES = {"plotly.graph_objs": "plotly.graph_objects", "plotly.tools.make_subplots": "plotly.subplots.make_subplots"}
