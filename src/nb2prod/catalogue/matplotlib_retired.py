"""matplotlib: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import OPTIONS, PLOT, PURE, Function, table

ENTRIES = table(
    ("matplotlib.pyplot", "hold plot_date spectral", Function(role="plot", effects=PLOT)),
    ("matplotlib.axes.Axes", "hold plot_date", Function(role="plot", effects=PLOT, mutates=True)),
    ("matplotlib.cm", "get_cmap", PURE),
    ("matplotlib.cm", "register_cmap", Function("None", effects=OPTIONS, role="setup")),
)
