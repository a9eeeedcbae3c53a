"""seaborn: axes-level functions return axes, figure-level ones a grid."""

from nb2prod.catalogue._function import (
    DISPLAY,
    NETWORK,
    OPTIONS,
    PLOT,
    PURE,
    Function,
    bases,
    properties,
    table,
)

DRAWS = Function("matplotlib.axes.Axes", role="plot", effects=PLOT)
SETS = Function("None", effects=OPTIONS, role="setup")
CHANGES = Function("self", role="plot", effects=PLOT, mutates=True)


def grid(kind: str) -> Function:
    """A figure-level function."""
    return Function(f"seaborn.{kind}", role="plot", effects=PLOT)


ENTRIES = table(
    ("seaborn", "barplot boxenplot boxplot countplot ecdfplot heatmap histplot kdeplot lineplot pointplot", DRAWS),
    ("seaborn", "regplot residplot rugplot scatterplot stripplot swarmplot violinplot distplot", DRAWS),
    ("seaborn", "catplot displot lmplot relplot FacetGrid", grid("FacetGrid")),
    ("seaborn", "jointplot JointGrid", grid("JointGrid")),
    ("seaborn", "pairplot PairGrid", grid("PairGrid")),
    ("seaborn", "clustermap", grid("matrix.ClusterGrid")),
    ("seaborn", "palplot despine move_legend dogplot", Function("None", role="plot", effects=PLOT)),
    ("seaborn", "set set_theme set_style set_context set_palette set_color_codes reset_defaults reset_orig", SETS),
    ("seaborn", "axes_style plotting_context color_palette hls_palette husl_palette light_palette dark_palette", PURE),
    ("seaborn", "blend_palette cubehelix_palette diverging_palette mpl_palette xkcd_palette crayon_palette", PURE),
    ("seaborn", "desaturate saturate", PURE),
    ("seaborn", "load_dataset", Function("pandas.DataFrame", role="load", effects=NETWORK)),
    ("seaborn", "get_dataset_names", Function("list[str]", effects=NETWORK)),
    ("seaborn", "choose_colorbrewer_palette choose_cubehelix_palette", Function(effects=DISPLAY)),
    ("seaborn.FacetGrid", "map map_dataframe add_legend set set_axis_labels set_titles set_xlabels", CHANGES),
    (
        "seaborn.FacetGrid",
        "set_ylabels set_xticklabels set_yticklabels tick_params tight_layout despine refline",
        CHANGES,
    ),
    ("seaborn.FacetGrid", "savefig", Function("None", role="export")),
    ("seaborn.PairGrid", "map map_diag map_lower map_upper map_offdiag add_legend set tick_params", CHANGES),
    ("seaborn.PairGrid", "savefig", Function("None", role="export")),
    ("seaborn.JointGrid", "plot plot_joint plot_marginals refline set set_axis_labels", CHANGES),
    ("seaborn.JointGrid", "savefig", Function("None", role="export")),
)

PROPERTIES = properties(
    ("seaborn.FacetGrid", "axes", "numpy.ndarray"),
    ("seaborn.FacetGrid", "ax", "matplotlib.axes.Axes"),
    ("seaborn.FacetGrid", "fig figure", "matplotlib.figure.Figure"),
    ("seaborn.PairGrid", "fig figure", "matplotlib.figure.Figure"),
    ("seaborn.JointGrid", "fig figure", "matplotlib.figure.Figure"),
    ("seaborn", "__version__", "str"),
)

BASES = bases(("seaborn", "FacetGrid JointGrid PairGrid", ""), ("seaborn.matrix", "ClusterGrid", ""))

ALIASES = {
    f"seaborn.{module}": "seaborn"
    for module in ("axisgrid", "categorical", "distributions", "regression", "relational", "rcmod", "palettes", "utils")
}
