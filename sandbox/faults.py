"""What can go wrong between a bot and Telegram, made to happen on demand."""

import random
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.refusals import NotPossible

KINDS = frozenset(
    {
        "refuse",
        "delay",
        "cut_before",
        "cut_after",
        "http_500",
        "http_502_html",
        "retry_after",
    }
)
DEFAULT_SECONDS = 3.0
ANY_METHOD = "*"


@dataclass(slots=True)
class Fault:
    """One disturbance: of what kind, for whom, how often still."""

    kind: str
    method: str | None
    person: int | None
    times: int | None
    seconds: float
    probability: float | None

    def fits(self, method: str, person: int | None) -> bool:
        """Whether this call is one it is meant for."""
        if self.person is not None and self.person != person:
            return False
        if self.method is None:
            return puts_into_chat(method)
        return self.method in (ANY_METHOD, method.lower())


class Faults:
    """The disturbances now set, in the order they were asked for."""

    def __init__(self) -> None:
        self._set: list[Fault] = []
        self._chance = random.Random(1)  # noqa: S311  a repeatable disturbance, not a secret

    def add(self, wish: dict[str, Any]) -> None:
        """Set one as the control interface names it."""
        kind = wish.get("kind")
        if kind not in KINDS:
            raise NotPossible(f"unknown kind of fault: {kind!r}; known: {sorted(KINDS)}")
        if "seed" in wish:
            self._chance = random.Random(wish["seed"])  # noqa: S311  repeatable, not secret
        method = wish.get("method")
        times = wish.get("times", None if "probability" in wish else 1)
        self._set.append(
            Fault(
                kind=kind,
                method=method.lower() if method else None,
                person=wish.get("person"),
                times=times,
                seconds=float(wish.get("seconds", DEFAULT_SECONDS)),
                probability=wish.get("probability"),
            )
        )

    def strike(self, method: str, person: int | None, *, unread: bool) -> Fault | None:
        """The fault that hits this call, if any; `unread` asks before the body is known."""
        for fault in self._set:
            before_reading = fault.kind == "refuse" and fault.person is None
            if before_reading is not unread or not fault.fits(method, person):
                continue
            if fault.probability is not None and self._chance.random() >= fault.probability:
                continue
            self._use(fault)
            return fault
        return None

    def clear(self) -> int:
        """Take all away; how many there were."""
        count = len(self._set)
        self._set.clear()
        return count

    def show(self) -> list[dict[str, Any]]:
        """Those still set."""
        return [asdict(fault) for fault in self._set]

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._set.remove(fault)


def puts_into_chat(method: str) -> bool:
    """Whether the method writes or changes a message."""
    name = method.lower()
    sends = name.startswith("send") and name != "sendchataction"
    return sends or name.startswith("editmessage")
