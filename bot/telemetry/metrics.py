"""Counters and histograms of the running bot, for Prometheus; no label identifies a person.

The counters are in a registry of their own. Values that can be looked up in the database or on
the machine are not stored here; they are passed in when Prometheus scrapes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

__all__ = ["Metrics", "gauge"]

NAMESPACE: Final = "jualdulu"

WAITING_MAX: Final = 10_000
"""The most unanswered updates that are remembered; `inbox_open` shows longer queues."""

ANSWER_SECONDS: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
COMMIT_SECONDS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)
GROUP_UNITS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)
BROADEST: Final = ("bulk", "chat")
WHY_UNCLEAR: Final = ("not-understood", "asked-which", "asked-if-sale")


class Metrics:
    """The counters of one run of the bot."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._waiting: dict[int, datetime] = {}
        self._sends = self._counter(
            "sends", "Outbox messages by the outcome of their send.", "kind", "outcome"
        )
        self._floods = self._counter("floods", "429 answers by kind of gate.", "scope")
        self._gate_seconds = self._counter(
            "gate_seconds", "Seconds of waiting that 429 answers asked for.", "scope"
        )
        self._failures = self._counter("update_failures", "Failed attempts to handle an update.")
        self._unclear = self._counter(
            "unclear_texts", "Texts that were unclear, by reason.", "why"
        )
        self._broken = self._counter("transactions_broken", "Transactions that failed to commit.")
        self._jumps = self._counter("clock_jumps", "Times the wall clock was set by over 5 s.")
        self._answers = self._histogram(
            "answer_seconds", "From the arrival of an update to its first answer.", ANSWER_SECONDS
        )
        self._commits = self._histogram(
            "transaction_seconds", "From the beginning to the commit.", COMMIT_SECONDS
        )
        self._groups = self._histogram(
            "transaction_units", "Units of work that shared a commit.", GROUP_UNITS
        )
        for scope in BROADEST:
            self._floods.labels(scope)
            self._gate_seconds.labels(scope)
        for why in WHY_UNCLEAR:
            self._unclear.labels(why)

    def sent(self, kind: str, outcome: str) -> None:
        """Count a send by its outcome."""
        self._sends.labels(kind, outcome).inc()

    def flooded(self, scope: str, wait: timedelta) -> None:
        """Count a 429 answer about one kind of call; see `bot.telegram_api.retry_gates`."""
        self._floods.labels(scope).inc()
        self._gate_seconds.labels(scope).inc(wait / timedelta(seconds=1))

    def update_taken(self, row: int, received_at: datetime) -> None:
        """Note an update that has been handled; its answer may still wait to be sent."""
        self._waiting[row] = received_at
        if len(self._waiting) > WAITING_MAX:
            del self._waiting[next(iter(self._waiting))]

    def answered(self, row: int, at: datetime) -> None:
        """Observe the time to the first answer of an update; later answers count for nothing."""
        received_at = self._waiting.pop(row, None)
        if received_at is not None:
            self._answers.observe(max((at - received_at) / timedelta(seconds=1), 0.0))

    def failed(self) -> None:
        """Count a failed attempt to handle an update."""
        self._failures.inc()

    def unclear_text(self, why: str) -> None:
        """Count a text that was not understood, or about which the bot had to ask."""
        self._unclear.labels(why).inc()

    def committed(self, seconds: float, units: int, *, kept: bool) -> None:
        """Observe a transaction that has ended; called from the writer thread."""
        if kept:
            self._commits.observe(seconds)
            self._groups.observe(units)
        else:
            self._broken.inc()

    def jumped(self) -> None:
        """Count a change of the wall clock."""
        self._jumps.inc()

    def page(self, gauges: Iterable[GaugeMetricFamily]) -> bytes:
        """Returns the page that Prometheus reads: the counters, and the given gauges."""
        looked_up = CollectorRegistry()
        looked_up.register(_Given(list(gauges)))
        return generate_latest(self._registry) + generate_latest(looked_up)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, namespace=NAMESPACE, registry=self._registry)

    def _histogram(self, name: str, text: str, steps: tuple[float, ...]) -> Histogram:
        return Histogram(name, text, namespace=NAMESPACE, buckets=steps, registry=self._registry)


class _Given(Collector):
    """A collector of gauges that already have their values."""

    def __init__(self, gauges: Sequence[GaugeMetricFamily]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._gauges


def gauge(
    name: str,
    text: str,
    *values: tuple[Sequence[str], float] | float | None,
    labels: Sequence[str] = (),
) -> GaugeMetricFamily:
    """Returns a gauge with its values: plain ones, or pairs of labels and value; skips None."""
    family = GaugeMetricFamily(f"{NAMESPACE}_{name}", text, labels=list(labels))
    for value in values:
        if isinstance(value, tuple):
            family.add_metric(list(value[0]), value[1])
        elif value is not None:
            family.add_metric([], value)
    return family
