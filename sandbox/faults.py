"""What can go wrong between a bot and Telegram, made to happen on demand."""

import random
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from sandbox.lanes import HOLD_S_MAX, HOLD_S_MIN
from sandbox.refusals import NotPossible

KINDS = frozenset(
    {
        "refuse",
        "delay",
        "hold",
        "internal_500",
        "cut_before",
        "cut_after",
        "drip",
        "truncated",
        "huge",
        "null_result",
        "empty_result",
        "stale",
        "http_401",
        "http_403_html",
        "http_413",
        "http_421",
        "http_500",
        "http_502_html",
        "restart",
        "overload",
        "retry_after",
        "message_id_invalid",
        "proxy_json",
        "error",
    }
)
DEFAULT_SECONDS = 3.0
DEFAULT_MEGABYTES = 400.0
ANY_METHOD = "*"


@dataclass(slots=True)
class Fault:
    """One disturbance: of what kind, for whom, how often and how long still.

    `seconds` is the length of a delay, a hold, a drip or a pause that is demanded, and the
    number of internal errors in a row of `internal_500`; `megabytes` the size of a `huge`
    answer; `code`, `words` and `parameters` make an `error`, `words` alone the body of a `stale`
    answer; after `lasts` seconds it is gone.
    """

    kind: str
    method: str | None
    person: int | None
    times: int | None
    seconds: float
    probability: float | None
    megabytes: float = DEFAULT_MEGABYTES
    code: int = 400
    words: str = ""
    parameters: dict[str, Any] | None = None
    until: float | None = None

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
        seconds = _seconds(kind, wish)
        if "seed" in wish:
            self._chance = random.Random(wish["seed"])  # noqa: S311  repeatable, not secret
        method, lasts = wish.get("method"), wish.get("lasts")
        forever = "probability" in wish or lasts is not None
        self._set.append(
            Fault(
                kind=kind,
                method=method.lower() if method else None,
                person=wish.get("person"),
                times=wish.get("times", None if forever else 1),
                seconds=seconds,
                probability=wish.get("probability"),
                megabytes=float(wish.get("megabytes", DEFAULT_MEGABYTES)),
                code=wish.get("code", 400),
                words=wish.get("words", ""),
                parameters=wish.get("parameters"),
                until=None if lasts is None else time.monotonic() + lasts,
            )
        )

    def strike(self, method: str, person: int | None, *, unread: bool) -> Fault | None:
        """The fault that hits this call, if any; `unread` asks before the body is known."""
        self._forget_old()
        for fault in self._set:
            before_reading = fault.kind == "refuse" and fault.person is None
            if before_reading is not unread or not fault.fits(method, person):
                continue
            if fault.probability is not None and self._chance.random() >= fault.probability:
                continue
            self._use(fault)
            if fault.kind == "hold" and not fault.seconds:
                return replace(fault, seconds=self._chance.uniform(HOLD_S_MIN, HOLD_S_MAX))
            return fault
        return None

    def clear(self) -> int:
        """Take all away; how many there were."""
        count = len(self._set)
        self._set.clear()
        return count

    def show(self) -> list[dict[str, Any]]:
        """Those still set."""
        self._forget_old()
        return [asdict(fault) for fault in self._set]

    def _forget_old(self) -> None:
        now = time.monotonic()
        self._set = [fault for fault in self._set if fault.until is None or now < fault.until]

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._set.remove(fault)


def _seconds(kind: str, wish: dict[str, Any]) -> float:
    """How long it takes; a hold of no length given gets another one at each strike."""
    if kind != "hold":
        return float(wish.get("seconds", DEFAULT_SECONDS))
    seconds = float(wish.get("seconds", 0))
    if not 0 <= seconds <= HOLD_S_MAX:
        raise NotPossible(f"a call is held for at most {HOLD_S_MAX:g} s; beyond comes a 429")
    return seconds


def puts_into_chat(method: str) -> bool:
    """Whether the method writes or changes a message."""
    return sends(method) or method.lower().startswith("editmessage")


def sends(method: str) -> bool:
    """Whether the method writes a new message."""
    name = method.lower()
    return name.startswith("send") and name != "sendchataction"
