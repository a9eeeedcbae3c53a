"""plotly: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import Function, bases, table

FIGURE = "plotly.graph_objects.Figure"
DRAWS = Function(FIGURE, role="plot", pure=True)

ENTRIES = table(
    ("plotly.express", "scatter_mapbox line_mapbox choropleth_mapbox density_mapbox set_mapbox_access_token", DRAWS),
    ("plotly.figure_factory", "create_distplot create_annotated_heatmap create_gantt create_2d_density", DRAWS),
    (
        "plotly.figure_factory",
        "create_candlestick create_ohlc create_scatterplotmatrix create_violin create_hexbin_mapbox",
        DRAWS,
    ),
    (
        "plotly.graph_objects",
        "Scattermapbox Choroplethmapbox Densitymapbox Heatmapgl",
        Function(role="plot", pure=True),
    ),
    (FIGURE, "update_mapboxes", Function("self", role="plot", mutates=True)),
)

BASES = bases(("plotly.graph_objects", "Scattermapbox Choroplethmapbox Densitymapbox Heatmapgl", ""))
