"""The scorecard for Prometheus, as it was counted some minutes ago, however often it is asked for."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from casework.vital_signs import vital_signs
from config.clock import london_day
from scorecard.card import Card
from scorecard.kept import Kept, Wanted, kept_card
from scorecard.measures import in_force
from scorecard.period import month_after
from scorecard.plain import unit_of
from web.place import Place

_LABELS = ("measure", "part", "month")


def metrics_text(place: Place, now: datetime) -> bytes:
    """Everything in Prometheus's text format: figures as the scorecard keeps them, and how the engine stands now.

    No case data, and no figure by officer.
    """
    registry = CollectorRegistry()
    registry.register(_Told((*_counted(place, now), *_signs(place, now))))
    return generate_latest(registry)


class _Told(Collector):
    """Metrics that were worked out before."""

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        """Give them."""
        return iter(self._metrics)


def _counted(place: Place, now: datetime) -> Iterator[Metric]:
    today = london_day(now)
    before = month_after(today.replace(day=1), -1)
    months = {"this": _kept(place, today, today, now), "last": _kept(place, before, today, now)}
    families = {
        "value": _gauge("value", "The figure of a measure: per cent for a share, else in its own unit.", *_LABELS),
        "numerator": _gauge("numerator", "How many a measure counts.", *_LABELS),
        "denominator": _gauge("denominator", "Of how many a share is.", *_LABELS),
        "target": _gauge("target", "What a measure is held against.", "measure", "month"),
        "info": _gauge("info", "What a measure is called, and in what its figure is.", "measure", "name", "unit"),
    }
    for month, found in months.items():
        _add(families, month, found.card)
    yield from families.values()
    counted = GaugeMetricFamily("ehcp_scorecard_counted_timestamp_seconds", "When those of this month were counted.")
    counted.add_metric([], months["this"].counted_at.timestamp())
    yield counted


def _kept(place: Place, day: date, today: date, now: datetime) -> Kept:
    return kept_card(place.db, Wanted(day, today, place.settings.scorecard_amber, in_force(day.year)), now)


def _gauge(name: str, says: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"ehcp_measure_{name}", says, labels=labels)


def _add(families: dict[str, GaugeMetricFamily], month: str, found: Card) -> None:
    for line in found.lines:
        name = line.measure.id
        if month == "this":
            families["info"].add_metric([name, line.measure.name, unit_of(line.measure)], 1)
        if line.target is not None:
            families["target"].add_metric([name, month], float(line.target))
        for figure in [*([line.figure] if line.figure else []), *line.parts]:
            figures: dict[str, Decimal | int | None] = {
                "value": figure.value,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
            }
            for what, number in figures.items():
                if number is not None:
                    families[what].add_metric([name, figure.part, month], float(number))


def _signs(place: Place, now: datetime) -> Iterator[Metric]:
    well = GaugeMetricFamily("ehcp_well", "1 when a sign of life of the engine is well, else 0.", labels=["sign"])
    for finding in vital_signs(place.db, now):
        well.add_metric([finding.what], float(finding.well))
    yield well
