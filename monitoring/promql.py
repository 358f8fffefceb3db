"""Pieces of the dashboards' queries. A healthy, quiet service shows 0, not "No data"."""

OF = 'namespace=~"$namespace"'
"""What every selector holds: one deployment, where one Prometheus watches several."""

INTERVAL = "$__rate_interval"


def gauge(name: str, matchers: str = "") -> str:
    """A metric of ours as it is."""
    return f"moderator_{name}{{{', '.join(filter(None, (OF, matchers)))}}}"


def rate(name: str, matchers: str = "", window: str = INTERVAL) -> str:
    """Of a counter, a second."""
    return f"rate({gauge(name, matchers)}[{window}])"


def gained(name: str, matchers: str = "") -> str:
    """By a counter of all processes, in the range that the dashboard shows."""
    return f"sum (increase({gauge(name, matchers)}[$__range]))"


def total(expr: str, *labels: str) -> str:
    """The sum of all processes, by labels."""
    by = f" by ({', '.join(labels)})" if labels else ""
    return f"sum{by} ({expr})"


def or_zero(expr: str, label: str = "") -> str:
    """What never occurred has no series: 0 then, under the label's value `none`."""
    zero = f'label_replace(vector(0), "{label}", "none", "", "")' if label else "vector(0)"
    return f"{expr} or on () {zero}"


def share(part: str, whole: str) -> str:
    """Of nothing, nothing."""
    return f"({part}) / on () group_left () clamp_min({whole}, 1e-9)"


def quantile(part: float, histogram: str, *labels: str, matchers: str = "") -> str:
    """Of a histogram; 0 while nothing is observed."""
    buckets = total(rate(f"{histogram}_bucket", matchers), "le", *labels)
    return or_zero(f"histogram_quantile({part}, {buckets}) >= 0", labels[0] if labels else "")


def mean(histogram: str, matchers: str = "") -> str:
    """Of what was observed; 0 while nothing is."""
    observed = total(rate(f"{histogram}_count", matchers))
    summed = total(rate(f"{histogram}_sum", matchers))
    return f"{summed} / clamp_min({observed}, 1e-9)"
