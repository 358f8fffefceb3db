"""The few kinds of panels that the dashboards are made of."""

from collections.abc import Mapping

from grafana_foundation_sdk.builders import common as options
from grafana_foundation_sdk.builders.dashboard import (
    Dashboard,
    DatasourceVariable,
    QueryVariable,
    TextBoxVariable,
    ThresholdsConfig,
)
from grafana_foundation_sdk.builders.heatmap import HeatmapColorOptions
from grafana_foundation_sdk.builders.heatmap import Panel as Heatmap
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.stat import Panel as Stat
from grafana_foundation_sdk.builders.timeseries import Panel as Timeseries
from grafana_foundation_sdk.models.common import (
    BigValueColorMode,
    BigValueGraphMode,
    BigValueTextMode,
    LegendDisplayMode,
    LegendPlacement,
    StackingMode,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DataSourceRef,
    Threshold,
    ThresholdsMode,
    ValueMap,
    ValueMappingResult,
    VariableOption,
    VariableRefresh,
)
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
GOOD, WARNING, BAD = "green", "orange", "red"
WIDTH, HEIGHT, STAT_HEIGHT = 8, 8, 4  # three in a row of 24
STACKED = 80  # of 100: areas on each other hide nothing

Queries = Mapping[str, str]
"""PromQL by legend."""


def dashboard(title: str, uid: str, description: str, **prices: tuple[str, str]) -> Dashboard:
    """An empty one. `prices` are boxes to fill in: label and value, by the variable's name."""
    everything = VariableOption(selected=True, text="All", value="$__all")
    board = (
        Dashboard(title)
        .uid(uid)
        .description(description)
        .tags(["moderator"])
        .time("now-3h", "now")
        .refresh("30s")
        .timezone("browser")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .readonly()
        .with_variable(DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
        .with_variable(
            QueryVariable("namespace")
            .label("Namespace")
            .datasource(SOURCE)
            .query("label_values(moderator_ready, namespace)")
            .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
            .include_all(include_all=True)
            .all_value(".*")  # also where nothing has that label
            .current(everything)
        )
    )
    for name, (label, value) in prices.items():
        option = VariableOption(selected=True, text=value, value=value)
        board.with_variable(TextBoxVariable(name).label(label).default_value(value).current(option).options([option]))
    return board


def _query(expr: str, legend: str) -> Dataquery:
    return Dataquery().datasource(SOURCE).expr(expr).legend_format(legend).range()


def _thresholds(warning: float | None, bad: float | None) -> ThresholdsConfig:
    steps = [Threshold(value=None, color=GOOD)]
    steps += [Threshold(value=at, color=color) for at, color in ((warning, WARNING), (bad, BAD)) if at is not None]
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)


def stat(
    title: str,
    description: str,
    queries: Queries,
    *,
    unit: str = "short",
    warning: float | None = None,
    bad: float | None = None,
    words: Mapping[int, str] | None = None,
    width: int = 4,
    decimals: int | None = None,
) -> Stat:
    """The last value, large, in the colour of its threshold; `words` stand for values."""
    panel = (
        Stat()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .height(STAT_HEIGHT)
        .span(width)
        .thresholds(_thresholds(warning, bad))
        .color_mode(BigValueColorMode.BACKGROUND if bad is not None else BigValueColorMode.VALUE)
        .graph_mode(BigValueGraphMode.NONE)
        .reduce_options(options.ReduceDataOptions().calcs(["lastNotNull"]))
    )
    for legend, expr in queries.items():
        panel.with_target(_query(expr, legend))
    if decimals is not None:
        panel.decimals(decimals)
    if words is not None:
        results = {str(value): ValueMappingResult(text=word) for value, word in words.items()}
        panel.mappings([ValueMap(options=results)])
    return panel


def names(title: str, description: str, queries: Queries, *, width: int = WIDTH) -> Stat:
    """Labels as words, such as versions."""
    return stat(title, description, queries, width=width).text_mode(BigValueTextMode.NAME).height(HEIGHT)


def lines(
    title: str,
    description: str,
    queries: Queries,
    *,
    unit: str = "short",
    stacked: bool = False,
    bad: float | None = None,
    width: int = WIDTH,
) -> Timeseries:
    """Values over time, with a table of the last and the greatest below."""
    panel = (
        Timeseries()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .min(0)
        .height(HEIGHT)
        .span(width)
        .line_width(1)
        .fill_opacity(STACKED if stacked else 10)
        .legend(
            options.VizLegendOptions()
            .display_mode(LegendDisplayMode.TABLE)
            .placement(LegendPlacement.BOTTOM)
            .show_legend(show_legend=True)
            .calcs(["lastNotNull", "max"])
        )
    )
    if stacked:
        panel.stacking(options.StackingConfig().mode(StackingMode.NORMAL).group("A"))
    if bad is not None:
        panel.thresholds(_thresholds(None, bad))
    for legend, expr in queries.items():
        panel.with_target(_query(expr, legend))
    return panel


def heat(title: str, description: str, expr: str, *, width: int = 6) -> Heatmap:
    """A histogram over time; `expr` gives its buckets by `le`."""
    return (
        Heatmap()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .height(HEIGHT)
        .span(width)
        .color(HeatmapColorOptions().mode(HeatmapColorMode.SCHEME).scheme("Oranges").exponent(0.5).steps(64))
        .with_target(_query(expr, "{{le}}").format(PromQueryFormat.HEATMAP))
    )
