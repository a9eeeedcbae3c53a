"""Figures: what they show is digested when they are closed, or at the end if they stay open."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import time
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from .node import Node
from .values import Digester, kind_of, module, short

HOME = "matplotlib._pylab_helpers"


def drawings(value: Any, digester: Digester) -> Node | None:
    """Figures, axes and artists as values."""
    if type(value).__module__.partition(".")[0] not in {"matplotlib", "mpl_toolkits", "seaborn"}:
        return None
    figure, artist = module("matplotlib.figure"), module("matplotlib.artist")
    axes = module("matplotlib.axes")
    if figure is not None and isinstance(value, figure.Figure):
        return figure_node(value, digester)
    if axes is not None and isinstance(value, axes.Axes):
        return axes_node(value, digester)
    if artist is not None and isinstance(value, artist.Artist):
        return artist_node(value, digester)
    return Node(kind_of(value), text=kind_of(value))


def figure_node(figure: Any, digester: Digester) -> Node:
    """A figure: its size, its title and its axes."""
    title = figure._suptitle.get_text() if getattr(figure, "_suptitle", None) is not None else ""
    parts = [
        (".size", digester.digest([float(side) for side in figure.get_size_inches()])),
        (".title", digester.digest(title)),
    ]
    parts += [(f"axes {number}", axes_node(axes, digester)) for number, axes in enumerate(figure.axes, 1)]
    return Node("Figure", b"", parts, f"figure with {len(figure.axes)} axes")


def axes_node(axes: Any, digester: Digester) -> Node:
    """Axes: title, labels, limits, scales, ticks, legend, and all that is drawn on them."""
    facts: dict[str, object] = {"title": [axes.get_title(where) for where in ("left", "center", "right")]}
    for side in ("x", "y", "z"):
        if hasattr(axes, f"get_{side}label"):
            facts[f"{side}label"] = getattr(axes, f"get_{side}label")()
            facts[f"{side}limits"] = [float(limit) for limit in getattr(axes, f"get_{side}lim")()]
            facts[f"{side}scale"] = getattr(axes, f"get_{side}scale")()
    legend = axes.get_legend()
    place = axes.get_subplotspec() if hasattr(axes, "get_subplotspec") else None
    facts["place"] = list(map(int, place.get_geometry())) if place is not None else None
    facts["legend"] = [text.get_text() for text in legend.get_texts()] if legend is not None else None
    parts = [(f".{name}", digester.digest(fact)) for name, fact in facts.items()]
    drawn = [*axes.lines, *axes.patches, *axes.collections, *axes.images, *axes.texts, *axes.tables]
    parts += [(f"{kind_of(one)} {number}", artist_node(one, digester)) for number, one in enumerate(drawn, 1)]
    return Node(kind_of(axes), b"", parts, f"axes {short(axes.get_title())} with {len(drawn)} artists")


def artist_node(artist: Any, digester: Digester) -> Node:
    """One thing drawn: its data, its label and its colours."""
    facts: dict[str, object] = {}
    for name in ("label", "text", "linestyle", "marker", "linewidth", "alpha", "visible"):
        if hasattr(artist, f"get_{name}"):
            facts[name] = getattr(artist, f"get_{name}")()
    for name in (
        "xdata",
        "ydata",
        "xy",
        "width",
        "height",
        "offsets",
        "array",
        "position",
        "sizes",
        "facecolor",
        "edgecolor",
        "color",
    ):
        if hasattr(artist, f"get_{name}"):
            facts[name] = _data(getattr(artist, f"get_{name}"))
    if facts.get("array") is not None:  # its colours come from the map, and only when it is drawn
        facts["facecolor"] = facts["edgecolor"] = None
        facts["map"] = [artist.get_cmap().name, *artist.get_clim()]
    if hasattr(artist, "get_paths") and not hasattr(artist, "get_sizes"):
        facts["paths"] = [path.vertices for path in artist.get_paths()[:200]]
    if hasattr(artist, "get_path") and kind_of(artist) not in {"Rectangle", "Line2D"}:
        facts["path"] = artist.get_path().vertices
    if str(facts.get("label", "")).startswith("_child"):
        del facts["label"]
    return digester.fields(kind_of(artist), facts, f"{kind_of(artist)} {short(facts.get('label', ''), 30)}")


def _data(getter: Callable[[], object]) -> object:
    try:
        return getter()
    except Exception:
        return None


class Figures:
    """Watches pyplot: digests every figure as it is closed."""

    def __init__(self, digester: Digester) -> None:
        """Wait for pyplot to be imported."""
        self.digester = digester
        self.seen: list[Node] = []
        self.spent = 0.0
        if HOME in sys.modules:
            self._watch(sys.modules[HOME])
        else:
            sys.meta_path.insert(0, AfterImport(HOME, self._watch))

    def _watch(self, home: ModuleType) -> None:
        managers = home.Gcf
        destroy, destroy_all, destroy_fig = managers.destroy, managers.destroy_all, managers.destroy_fig

        def one(number: Any) -> None:
            manager = managers.figs.get(number) if isinstance(number, int) else number
            self._record([manager] if manager is not None else [])
            destroy(number)

        def every() -> None:
            self._record(list(managers.figs.values()))
            destroy_all()

        def of_figure(figure: Any) -> None:
            self._record([manager for manager in managers.figs.values() if manager.canvas.figure == figure])
            destroy_fig(figure)

        managers.destroy, managers.destroy_all, managers.destroy_fig = one, every, of_figure

    def _record(self, managers: Sequence[Any]) -> None:
        begun = time.perf_counter()
        for manager in managers:
            figure = manager.canvas.figure
            if manager.num in module(HOME).Gcf.figs and not getattr(figure, "_nb2prod_seen", False):  # type: ignore[union-attr]
                figure._nb2prod_seen = True
                self.seen.append(self.digester(figure))
        self.spent += time.perf_counter() - begun

    def take(self) -> list[Node]:
        """The figures that were closed since the last call."""
        taken, self.seen = self.seen, []
        return taken

    def take_open(self) -> list[Node]:
        """The figures that are still open."""
        home = module(HOME)
        if home is not None:
            self._record(list(home.Gcf.figs.values()))
        return self.take()


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls a function with a module right after its first import."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        """Wait for a module by name."""
        self.name, self.then = name, then

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The module's own spec, whose loader tells us when it is done."""
        del path, target
        if fullname != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            run, then = spec.loader.exec_module, self.then

            def both(loaded: ModuleType) -> None:
                run(loaded)
                then(loaded)

            spec.loader.exec_module = both  # type: ignore[method-assign, assignment]
        return spec
