"""matplotlib: pyplot, figures and axes."""

from nb2prod.catalogue._function import (
    DISPLAY,
    OPTIONS,
    PLOT,
    PURE,
    Function,
    aliases,
    bases,
    properties,
    table,
)

PYPLOT = "matplotlib.pyplot"
AXES = "matplotlib.axes.Axes"
FIGURE = "matplotlib.figure.Figure"
BACKEND = frozenset({"backend"})
GRID = ((0, "nrows"), (1, "ncols"))

DRAWS = Function(role="plot", effects=PLOT)
SETS = Function(role="plot", effects=PLOT, mutates=True)
AN_AXES = Function(AXES, role="plot", effects=PLOT)
A_FIGURE = Function(FIGURE, role="plot", effects=PLOT)
ART = (
    "acorr angle_spectrum annotate arrow axhline axhspan axline axvline axvspan bar bar_label barbs barh boxplot "
    "broken_barh clabel cohere contour contourf csd ecdf errorbar eventplot fill fill_between fill_betweenx hexbin "
    "hist hist2d hlines imshow legend loglog magnitude_spectrum matshow pcolor pcolormesh phase_spectrum pie psd "
    "quiver quiverkey scatter semilogx semilogy specgram spy stackplot stairs stem step streamplot table "
    "text tricontour tricontourf tripcolor triplot violinplot vlines xcorr"
)
STATE = "autoscale axis grid locator_params margins minorticks_off minorticks_on tick_params ticklabel_format"

ENTRIES = table(
    # pyplot
    (PYPLOT, ART, DRAWS),
    (PYPLOT, f"{STATE} box cla clf clim close delaxes draw figimage figlegend figtext rgrids sca sci", DRAWS),
    (PYPLOT, "set_cmap setp subplots_adjust suptitle thetagrids tight_layout title xlabel xlim xscale xticks", DRAWS),
    (PYPLOT, "ylabel ylim yscale yticks colorbar autumn bone cool copper gray hot hsv inferno jet magma", DRAWS),
    (PYPLOT, "pink plasma prism spring summer viridis winter nipy_spectral", DRAWS),
    (PYPLOT, "plot", Function("list[matplotlib.lines.Line2D]", role="plot", effects=PLOT)),
    (PYPLOT, "figure gcf", A_FIGURE),
    (PYPLOT, "gca axes subplot subplot2grid polar twinx twiny", AN_AXES),
    (
        PYPLOT,
        "subplot_mosaic",
        Function("tuple[matplotlib.figure.Figure, dict[str, matplotlib.axes.Axes]]", role="plot", effects=PLOT),
    ),
    (
        PYPLOT,
        "subplots",
        Function(
            "tuple[matplotlib.figure.Figure, matplotlib.axes.Axes]",
            role="plot",
            effects=PLOT,
            unless=GRID,
            otherwise="tuple[matplotlib.figure.Figure, Any]",
        ),
    ),
    (PYPLOT, "show", Function("None", role="plot", effects=PLOT | DISPLAY)),
    (PYPLOT, "pause", Function("None", role="plot", effects=PLOT | DISPLAY | {"sleep"})),
    (PYPLOT, "ginput waitforbuttonpress", Function(effects=PLOT | {"input"})),
    (PYPLOT, "savefig", Function("None", writes=(0, "fname"), role="export", effects=PLOT)),
    (PYPLOT, "imsave", Function("None", writes=(0, "fname"), role="export")),
    (PYPLOT, "imread", Function("numpy.ndarray", reads=(0, "fname"), role="load")),
    (PYPLOT, "ion ioff", Function(effects=OPTIONS, role="setup")),
    (PYPLOT, "rc rcdefaults xkcd set_loglevel rc_context", Function(effects=OPTIONS, role="setup")),
    (PYPLOT, "get_cmap get_fignums get_figlabels fignum_exists getp isinteractive", PURE),
    ("matplotlib.style", "use", Function("None", effects=OPTIONS, role="setup")),
    ("matplotlib.pyplot.style", "use", Function("None", effects=OPTIONS, role="setup")),
    ("matplotlib.style", "context", Function(effects=OPTIONS, role="setup")),
    ("matplotlib.pyplot.style", "context", Function(effects=OPTIONS, role="setup")),
    ("matplotlib", "rc rcdefaults", Function("None", effects=OPTIONS, role="setup")),
    ("matplotlib", "use", Function("None", effects=BACKEND, role="setup")),
    (PYPLOT, "switch_backend", Function("None", effects=BACKEND, role="setup")),
    ("matplotlib", "rc_context", Function(effects=OPTIONS)),
    ("matplotlib", "rc_file", Function("None", reads=(0, "fname"), effects=OPTIONS, role="setup")),
    ("matplotlib", "get_backend", Function("str", pure=True)),
    ("matplotlib.RcParams", "update setdefault", Function(effects=OPTIONS, mutates=True, role="setup")),
    ("matplotlib.image", "imread", Function("numpy.ndarray", reads=(0, "fname"), role="load")),
    ("matplotlib.image", "imsave", Function("None", writes=(0, "fname"), role="export")),
    # axes
    (AXES, ART, SETS),
    (AXES, f"{STATE} autoscale_view cla clear invert_xaxis invert_yaxis label_outer relim remove set sharex", SETS),
    (AXES, "sharey update xaxis_date yaxis_date add_artist add_collection add_line add_patch add_image", SETS),
    (AXES, "indicate_inset_zoom set_adjustable set_alpha set_anchor set_aspect set_axis_off set_axis_on", SETS),
    (AXES, "set_axisbelow set_box_aspect set_facecolor set_frame_on set_label set_position set_prop_cycle", SETS),
    (AXES, "set_title set_visible set_xbound set_xlabel set_xlim set_xmargin set_xscale set_xticklabels", SETS),
    (AXES, "set_xticks set_ybound set_ylabel set_ylim set_ymargin set_yscale set_yticklabels set_yticks", SETS),
    (AXES, "set_zorder", SETS),
    (AXES, "plot", Function("list[matplotlib.lines.Line2D]", role="plot", effects=PLOT, mutates=True)),
    (AXES, "twinx twiny inset_axes", Function(AXES, role="plot", effects=PLOT, mutates=True)),
    (AXES, "secondary_xaxis secondary_yaxis", SETS),
    (AXES, "get_title get_xlabel get_ylabel get_xscale get_yscale", Function("str", pure=True)),
    (AXES, "get_xlim get_ylim get_xbound get_ybound", Function("tuple[float, float]", pure=True)),
    (AXES, "get_figure", Function(FIGURE, pure=True)),
    (AXES, "get_legend get_legend_handles_labels get_lines get_position get_children get_images", PURE),
    (AXES, "get_xticklabels get_yticklabels get_xticks get_yticks get_xaxis get_yaxis", PURE),
    # figures
    (FIGURE, "add_axes add_subplot", Function(AXES, role="plot", effects=PLOT, mutates=True)),
    (FIGURE, "gca", AN_AXES),
    (
        FIGURE,
        "subplots",
        Function(AXES, role="plot", effects=PLOT, mutates=True, unless=GRID),
    ),
    (FIGURE, "subplot_mosaic", Function("dict[str, matplotlib.axes.Axes]", role="plot", effects=PLOT, mutates=True)),
    (FIGURE, "add_gridspec add_subfigure subfigures align_labels align_xlabels align_ylabels", SETS),
    (FIGURE, "autofmt_xdate clear clf colorbar delaxes figimage legend sca set set_constrained_layout", SETS),
    (FIGURE, "set_dpi set_edgecolor set_facecolor set_figheight set_figwidth set_layout_engine", SETS),
    (FIGURE, "set_size_inches set_tight_layout subplots_adjust suptitle supxlabel supylabel text", SETS),
    (FIGURE, "tight_layout", SETS),
    (FIGURE, "show", Function("None", role="plot", effects=PLOT | DISPLAY)),
    (FIGURE, "savefig", Function("None", writes=(0, "fname"), role="export")),
    (FIGURE, "get_axes", Function("list[matplotlib.axes.Axes]", pure=True)),
    (FIGURE, "get_size_inches", Function("numpy.ndarray", pure=True)),
    ("matplotlib.animation.Animation", "save", Function("None", writes=(0, "filename"), role="export")),
    ("matplotlib.animation.Animation", "to_jshtml to_html5_video", Function("str", role="plot")),
    ("matplotlib.animation", "FuncAnimation ArtistAnimation", Function(role="plot", effects=PLOT)),
)

PROPERTIES = properties(
    (PYPLOT, "rcParams rcParamsDefault", "matplotlib.RcParams"),
    ("matplotlib", "rcParams rcParamsDefault", "matplotlib.RcParams"),
    (PYPLOT, "cm", "matplotlib.cm"),
    ("matplotlib", "__version__", "str"),
    ("matplotlib.style", "available", "list[str]"),
    ("matplotlib.pyplot.style", "available", "list[str]"),
    (FIGURE, "axes", "list[matplotlib.axes.Axes]"),
)

BASES = bases(
    ("matplotlib.figure", "Figure", ""),
    ("matplotlib.axes", "Axes", ""),
    ("matplotlib", "RcParams", "dict"),
    ("matplotlib.animation", "Animation", ""),
    ("matplotlib.animation", "FuncAnimation ArtistAnimation", "matplotlib.animation.Animation"),
    ("matplotlib.lines", "Line2D", ""),
    ("matplotlib.patches", "Patch", ""),
    (
        "matplotlib.patches",
        "Rectangle Circle Ellipse Polygon Wedge FancyArrowPatch FancyBboxPatch",
        "matplotlib.patches.Patch",
    ),
    ("matplotlib.gridspec", "GridSpec", ""),
    ("matplotlib.colors", "ListedColormap LinearSegmentedColormap Normalize LogNorm BoundaryNorm", ""),
    ("matplotlib.ticker", "FuncFormatter MaxNLocator MultipleLocator PercentFormatter ScalarFormatter", ""),
    ("matplotlib.dates", "DateFormatter MonthLocator YearLocator DayLocator AutoDateLocator", ""),
)

ALIASES = {
    **aliases(
        (PYPLOT, "Circle Rectangle Polygon", "matplotlib.patches"),
        (PYPLOT, "FuncFormatter MaxNLocator MultipleLocator ScalarFormatter", "matplotlib.ticker"),
        (PYPLOT, "Axes", "matplotlib.axes"),
        (PYPLOT, "Figure", "matplotlib.figure"),
        (PYPLOT, "Line2D", "matplotlib.lines"),
        (PYPLOT, "Normalize", "matplotlib.colors"),
        (PYPLOT, "GridSpec", "matplotlib.gridspec"),
    ),
    "matplotlib.pylab": "matplotlib.pyplot",
    "matplotlib.axes._subplots.AxesSubplot": "matplotlib.axes.Axes",
}
