"""Lets the bot and the echo bot answer the same people, and compares them round by round.

Each person writes four lines, and each line gets exactly one answer. The echo bot sends the line
back. The bot does a seller's daily work, and every commit is flushed to the disk:

* `/saldo` or `/tim`, alternately: balance and figures of the month, or the figures of the team
  and a page of legs. One person does not ask for both, since of two screens that wait one is
  enough;
* `J 2 SABUN @50rb Bu Ani`: reads the line, keeps the open conversation, shows the card;
* `ya`: enters the sale, two postings, the counters of the whole line above, shows the receipt;
* `J 1 TEH Bu Ani`: another card.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.company import copied, user_of
from bench.processes import Bot, Outcome, Said, bot_on, echo

__all__ = ["LINES", "Modes", "Round", "one_round"]

LINES = ("", "J 2 SABUN @50rb Bu Ani", "ya", "J 1 TEH Bu Ani")
SCREENS = ("/saldo", "/tim")
WAVE = 50
SLOW_SECONDS = 0.05
PACE_SECONDS = 0.02
SEED = 41


@dataclass(frozen=True, slots=True)
class Modes:
    """How much people write.

    Attributes:
        members: in the database of the bot.
        burst: people who write at once.
        steady: people who write fifty lines a second, whether answers arrive or not.
        slow: people who write to the echo while Telegram is slow; it takes them one by one.
        warm: people who write before the measurement.
    """

    members: int
    burst: int
    steady: int
    slow: int
    warm: int


@dataclass(frozen=True, slots=True)
class Round:
    """The outcomes of the bot and of the echo bot, in the same minute on the same machine."""

    burst: tuple[Outcome, Outcome]
    slow: tuple[Outcome, Outcome]
    steady: tuple[Outcome, Outcome]

    def unanswered(self) -> list[str]:
        """Returns what went wrong, a sentence each."""
        found = []
        for mode in ("burst", "slow", "steady"):
            for who, outcome in zip(("bot", "echo"), getattr(self, mode), strict=True):
                if outcome.missing or outcome.extra:
                    counts = f"{outcome.missing} without answer, {outcome.extra} answers too many"
                    found.append(f"{mode}, {who}: {counts}")
        return found


def one_round(database: Path, folder: Path, modes: Modes) -> Round:
    """Start both bots, the bot on a copy of the database; returns their outcomes."""
    people = [user_of(1 + each) for each in range(modes.members)]
    Random(SEED).shuffle(people)
    mine = copied(database, folder / "copy.db")
    with bot_on(mine) as bot, echo() as plain:
        _turns(bot, plain, _asker(people, modes.warm))
        burst = _turns(bot, plain, _asker(people, modes.burst))
        many = _taken(people, modes.burst)
        slow = (
            bot.handle(_said(many), delay=SLOW_SECONDS),
            plain.handle(_said(many[: modes.slow]), delay=SLOW_SECONDS),
        )
        steady = _turns(bot, plain, _asker(people, modes.steady, PACE_SECONDS))
    for file in mine.parent.glob(f"{mine.stem}*"):
        file.unlink()
    return Round(burst, slow, steady)


def _turns(bot: Bot, plain: Bot, ask: Callable[[Bot], Outcome]) -> tuple[Outcome, Outcome]:
    return ask(bot), ask(plain)


def _asker(people: list[int], count: int, gap: float = 0.0) -> Callable[[Bot], Outcome]:
    said = _said(_taken(people, count))
    return lambda each: each.handle(said, gap=gap)


def _taken(people: list[int], count: int) -> list[int]:
    """Returns people who have not written yet, so that none exceeds the limits of a chat."""
    taken, people[:] = people[:count], people[count:]
    assert len(taken) == count, "more members are needed"
    return taken


def _said(people: Sequence[int]) -> Said:
    """Returns the four lines of each person, wave after wave."""
    return [
        (person, line or SCREENS[place % 2])
        for first in range(0, len(people), WAVE)
        for line in LINES
        for place, person in enumerate(people[first : first + WAVE])
    ]
