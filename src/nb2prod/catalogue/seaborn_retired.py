"""seaborn: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import PLOT, Function, table

ENTRIES = table(
    ("seaborn", "tsplot lvplot", Function("matplotlib.axes.Axes", role="plot", effects=PLOT)),
    ("seaborn", "factorplot", Function("seaborn.FacetGrid", role="plot", effects=PLOT)),
)
