"""The scorecard for Prometheus: counted every few minutes at most, however often it is asked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from casework.vital_signs import vital_signs
from config.clock import london_day
from scorecard.card import Card, card
from scorecard.period import month_after
from scorecard.plain import unit_of
from web.place import Place

FRESH = timedelta(minutes=5)
"""For how long figures are kept."""

_LABELS = ("measure", "part", "month")


class Meter:
    """What one process tells Prometheus. No case data, and no figure by officer."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._kept: tuple[datetime, tuple[Metric, ...]] | None = None

    def text(self, now: datetime) -> bytes:
        """Everything in Prometheus's text format: figures at most five minutes old, and how the engine stands now."""
        registry = CollectorRegistry()
        registry.register(_Told((*self._figures(now), *_signs(self._place, now))))
        return generate_latest(registry)

    def _figures(self, now: datetime) -> tuple[Metric, ...]:
        with self._lock:
            if self._kept is None or not timedelta() <= now - self._kept[0] < FRESH:
                self._kept = now, tuple(_counted(self._place, now))
            return self._kept[1]


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
    cards = {
        "this": card(place.db, today, today, place.settings.scorecard_amber),
        "last": card(place.db, before, today, place.settings.scorecard_amber),
    }
    families = {
        "value": _gauge("value", "The figure of a measure: per cent for a share, else in its own unit.", *_LABELS),
        "numerator": _gauge("numerator", "How many a measure counts.", *_LABELS),
        "denominator": _gauge("denominator", "Of how many a share is.", *_LABELS),
        "target": _gauge("target", "What a measure is held against.", "measure", "month"),
        "info": _gauge("info", "What a measure is called, and in what its figure is.", "measure", "name", "unit"),
    }
    for month, found in cards.items():
        _add(families, month, found)
    yield from families.values()
    counted = GaugeMetricFamily("ehcp_scorecard_counted_timestamp_seconds", "When the measures were counted.")
    counted.add_metric([], now.timestamp())
    yield counted


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
