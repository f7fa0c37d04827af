"""Why a month pays nothing, and which step is the nearest."""

from typing import Final, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, find
from bot.core.input.months import some_month
from bot.core.input.typed import shown
from bot.flows.bonus.bonus_chances_messages import NextSteps, WhyNothing
from bot.flows.bonus.bonus_messages import MonthInFuture, NoBonuses, UnknownMonth
from bot.flows.bonus.why_nothing_lookups import Chances, FindMissed, FindSteps
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec

__all__ = [
    "NEXT_SPEC",
    "SKIPPED_MAX",
    "STEPS_MAX",
    "WHY_NOT_SPEC",
    "Wish",
    "chances",
    "chances_asked",
]

STEPS_MAX: Final = 4
SKIPPED_MAX: Final = 3
RULES_MAX: Final = 3

Wish = Literal["missed", "steps"]

WHY_NOT: Final = frozenset(
    {
        *("tidak", "tdk", "tak", "gak", "ga", "gk", "nggak", "ngga", "enggak", "belum", "nol"),
        *("kosong", "not", "nothing", "zero", "none"),
    }
)
NEXT: Final = frozenset(
    {"lanjut", "berikutnya", "selanjutnya", "langkah", "next", "step", "steps"}
)
FILLERS: Final = frozenset(
    {
        *("kenapa", "mengapa", "knp", "why", "bonus", "komisi", "dapat", "dpt", "dapet", "masuk"),
        *("ada", "jalan", "saya", "aku", "ku", "kok", "apa", "saja", "is", "my", "did", "do", "i"),
        *("get", "the", "what", "what's", "whats", "a", "am", "paid"),
    }
)
MONTH: Final = frozenset({"month", "bulan", "bln", "bl"})


def chances_asked(args: str) -> tuple[Wish, str] | None:
    """Returns the question and the month in words; None where neither is asked."""
    words = _words(args)
    if _is_coming_month(words):
        return None
    if WHY_NOT & set(words):
        return "missed", _month_among(words)
    if NEXT & set(words):
        return "steps", _month_among(words)
    return None


def _words(args: str) -> list[str]:
    return args.casefold().replace("?", " ").split()


def _month_among(words: list[str]) -> str:
    """Returns what is left of a question without its own words."""
    return " ".join(word for word in words if word not in WHY_NOT | NEXT | FILLERS)


def _is_coming_month(words: list[str]) -> bool:
    """Returns whether it only names a month, such as `next month` or `bulan berikutnya`."""
    return bool(NEXT & set(words)) and set(words) <= NEXT | MONTH and bool(MONTH & set(words))


def chances(caller: Caller, wish: Wish, typed: str) -> Flow[Message]:
    """Answer one of the two questions; a month that is over has no next step."""
    period = some_month(typed, caller.period) if typed else caller.period
    if period is None:
        return UnknownMonth(shown(typed))
    if period > caller.period:
        return MonthInFuture(period)
    if wish == "steps" and period == caller.period:
        return (yield from _next_steps(caller))
    found = yield from find(FindMissed(period, SKIPPED_MAX))
    return NoBonuses(period, ()) if found is None else _why_nothing(caller, period, found)


def _why_nothing(caller: Caller, period: str, found: Chances) -> WhyNothing:
    """Returns the message; rules without sales are left out where others explain more."""
    unpaid = found.unpaid
    if found.missed or found.amount or not found.team:
        unpaid = tuple(each for each in unpaid if each.cause not in {"unsold", "small"})
    missed = sorted(found.missed, key=lambda each: -each.amount)[:RULES_MAX]
    return WhyNothing(
        period=period,
        chances=found,
        running=period == caller.period,
        missed=tuple(missed),
        mixed=len({each.goes for each in missed}) > 1,
        unpaid=unpaid[:RULES_MAX],
    )


def _next_steps(caller: Caller) -> Flow[Message]:
    found = yield from find(FindSteps())
    if found is None:
        return NoBonuses(caller.period, ())
    return NextSteps(caller.period, found, found.steps[:STEPS_MAX])


def why_not(caller: Caller, args: str) -> Flow[Message]:
    """Show what a month did not pay: the same as `/bonus tidak`.

    It names each condition that was not met and by how much, where the bonus went, and which
    members below were passed over. For another month: `/bonus 2026-10 tidak`; in English `not`.
    """
    return (yield from chances(caller, "missed", _month_among(_words(args))))


def what_next(caller: Caller, args: str) -> Flow[Message]:
    """Show the smallest steps that would pay more this month: the same as `/bonus lanjut`.

    They are calculated from the plan. In English `next`.
    """
    return (yield from chances(caller, "steps", _month_among(_words(args))))


WHY_NOT_SPEC = FlowSpec(
    "why_not",
    why_not,
    ("tidakdapat", "whynot"),
    heard=(("why_not", ""),),
    words=(
        "kenapa tidak dapat?",
        "kenapa tidak dapat",
        "kenapa tidak dapat bonus?",
        "kenapa tidak dapat bonus",
        "kenapa saya tidak dapat bonus?",
        "kenapa saya tidak dapat bonus",
        "kenapa belum dapat?",
        "kenapa belum dapat",
        "kenapa belum dapat bonus?",
        "kenapa belum dapat bonus",
        "kenapa gak dapat?",
        "kenapa gak dapat",
        "kenapa gak dapat bonus?",
        "kenapa gak dapat bonus",
        "kenapa bonus saya nol?",
        "kenapa bonus saya nol",
        "kenapa bonus nol?",
        "kenapa bonus nol",
        "kenapa nol?",
        "kenapa nol",
        "kok tidak dapat bonus?",
        "kok tidak dapat bonus",
        "why nothing?",
        "why nothing",
        "why not?",
        "why not",
        "why no bonus?",
        "why no bonus",
        "why is my bonus zero?",
        "why is my bonus zero",
    ),
)
NEXT_SPEC = FlowSpec(
    "next_steps",
    what_next,
    ("langkah", "nextsteps"),
    heard=(("next_step", ""),),
    words=(
        "langkah",
        "langkah berikutnya?",
        "langkah berikutnya",
        "langkah selanjutnya?",
        "langkah selanjutnya",
        "apa berikutnya?",
        "apa berikutnya",
        "apa langkah berikutnya?",
        "apa langkah berikutnya",
        "what next?",
        "what next",
        "what's next?",
        "what's next",
        "whats next",
        "next step",
        "next steps",
        "how do i get more?",
        "how do i get more",
    ),
)
