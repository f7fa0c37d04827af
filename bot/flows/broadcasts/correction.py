"""Correcting the text of a broadcast for everyone who has it."""

from dataclasses import dataclass
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.yesno import yes_or_no
from bot.flows.answers import button_number
from bot.flows.broadcasts.correction_messages import (
    AskCorrection,
    ConfirmCorrection,
    CorrectionReach,
    FileStays,
    NotCorrectedYet,
    SameText,
)
from bot.flows.broadcasts.draft import NUMBER_DIGITS_MAX, body_read, claims_allowed
from bot.flows.broadcasts.draft_lookups import PreviewOf
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = ["SPEC", "CorrectBroadcast", "Correctable", "CorrectableBroadcast", "correct"]

SHOWN_CHARACTERS_MAX: Final = 3_500
"""The most of the present text that is shown: with the words around it, it fits one message."""

NEWEST: Final = 0
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Correctable:
    """A broadcast that the caller may correct, as of this moment.

    Attributes:
        edition: its newest correction; 0 for none.
        reach: whom a correction reaches.
        missed: whether the newest correction did not reach everyone, so that the same text may
            be sent once more.
    """

    number: int
    body: str
    file_id: str
    file_kind: str
    edition: int
    reach: CorrectionReach
    missed: bool


@dataclass(frozen=True, slots=True)
class CorrectableBroadcast(Lookup[Correctable | Message]):
    """A broadcast that the caller may correct, or why not; 0 is the caller's newest one."""

    number: int


@dataclass(frozen=True, slots=True)
class CorrectBroadcast(Action):
    """Give everyone the new text; `claims` are the words an admin allowed."""

    number: int
    body: str
    claims: tuple[str, ...]


def correct(caller: Caller, args: str) -> Flow[Outcome]:
    """Correct the text of a broadcast (`/betulkan 12`) for everyone who has it.

    Without a number it is your newest one. What has arrived is edited in place, without a sound;
    who has not received it yet gets the new text at once.
    """
    typed = args.strip()
    wanted = (button_number(typed, NUMBER_DIGITS_MAX) or NONE) if typed else NEWEST
    found = yield from find(CorrectableBroadcast(wanted))
    if isinstance(found, Message):
        return found
    whole = len(found.body) <= SHOWN_CHARACTERS_MAX
    shown = found.body if whole else f"{found.body[:SHOWN_CHARACTERS_MAX]}…"
    while True:
        body: str = yield from ask(
            AskCorrection(found.number, shown, whole, found.file_kind), body_read(FileStays())
        )
        claims = yield from claims_allowed(
            caller, body, AskCorrection, caption=bool(found.file_kind)
        )
        if claims is None:
            continue
        if body == found.body and not found.missed:
            raise Refusal(SameText(), AskCorrection)
        sample = yield from find(PreviewOf(body, found.file_id, found.file_kind))
        sure: bool = yield from ask(
            ConfirmCorrection(sample, found.edition, found.reach), _read_sure
        )
        if sure:
            return CorrectBroadcast(found.number, body, claims)


def _read_sure(answer: Answer) -> bool:
    """Returns whether it is confirmed; False where the text is to be written again."""
    if answer.kind == "tap":
        return answer.value == "ya"
    if answer.kind != "text" or not yes_or_no(answer.value):
        raise Refusal(NotCorrectedYet())
    return True


SPEC = FlowSpec(
    "correct",
    correct,
    ("betulkan", "correct"),
    who="trainer",
    words=(
        "betulkan siaran",
        "betulkan pengumuman",
        "betulkan siaran tadi",
        "betulkan pengumuman tadi",
        "perbaiki siaran",
        "perbaiki pengumuman",
        "ralat siaran",
        "ralat pengumuman",
        "koreksi siaran",
        "koreksi pengumuman",
        "correct broadcast",
        "correct the broadcast",
        "correct my broadcast",
        "fix broadcast",
        "fix the broadcast",
        "fix my broadcast",
    ),
    acts=True,
    in_help=(HelpPlace("trainer", column=2),),
)
