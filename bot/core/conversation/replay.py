"""Replays a conversation, written as straight-line code, after every message.

A flow is a generator that asks questions and looks things up:

    def register(caller: Caller) -> Flow[Register]:
        code = yield from ask(AskSponsor(), sponsor_code)
        sponsor = yield from find(SponsorByCode(code))
        if sponsor is None:
            raise Refusal(UnknownSponsor(code))
        ...
        return Register(sponsor.id, ...)

The generator is not kept between messages. Only the list of answers given so far is stored;
`play` runs the flow from the start, sends it those answers again and stops at the first question
without one. So a restart loses nothing, going back means dropping the last answer, and a price
that has changed since changes the question that the person sees.

Three rules make this safe:

* A flow must be a pure function of its answers and of what its lookups return.
* An answer belongs to a question by the question's name, `asked_as`. If the flow now takes
  another path and asks another question, the answers that no longer fit are dropped.
* A new answer counts only for the question that the person saw. If that question now reads
  differently, it is asked again. The same holds for answers kept behind a refused one: a "yes" to
  a card never counts for a card that reads differently. An accepted answer stays, even if its
  question reads differently later, unless the question is one that counts `as_shown`.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from bot.core.conversation.fingerprint import fingerprint, reads_as
from bot.core.conversation.messages import Message, Question, Refusal

__all__ = [
    "ANSWERS_MAX",
    "Answer",
    "Ask",
    "EnclosedFile",
    "Ended",
    "Flow",
    "Given",
    "LookUp",
    "Lookup",
    "Open",
    "ask",
    "find",
    "go_back",
    "play",
]

ANSWERS_MAX = 200

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

AnswerKind = Literal["tap", "text", "contact", "photo", "document"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a person to a question.

    Attributes:
        kind: how it was given; typing a button's label counts as a tap on that button.
        value: the button's value, the text, the phone number, or the file's Telegram id.
        at: when it was given (aware, UTC); "today" in an answer always means that day.
        own: for a contact, whether it is the sender's own.
        note: for a file, its unique id; for a contact, the name on it.
        words: for a file, what is written under it, if the question reads both.
    """

    kind: AnswerKind
    value: str
    at: datetime
    own: bool = False
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A photo or document whose words began a conversation or answered one of its questions.

    Attributes:
        file_id: Telegram's id of it.
        file_key: its unique id, the same for the same file.
        kind: `photo` or `document`.
    """

    file_id: str
    file_key: str
    kind: Literal["photo", "document"]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the name and the fingerprint of the question it was given to."""

    question: str
    answer: Answer
    asked: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ask(Generic[T_co]):
    """A question and the parser of its answer, which raises Refusal if it cannot accept it."""

    question: Question
    parse: Callable[[Answer], T_co]


class Lookup(Generic[T_co]):
    """A fact that a flow needs from the database; the service of its topic answers it."""


LookUp: TypeAlias = Callable[[Lookup[object]], object]
"""A function that answers the lookups of a flow."""

# What is sent in depends on what was yielded, which Generator cannot say; `ask` and `find` can.
Flow: TypeAlias = Generator[Ask[object] | Lookup[object], Any, T]


def ask(question: Question, parse: Callable[[Answer], T]) -> Flow[T]:
    """Ask a question, and return what `parse` made of the answer."""
    answer: T = yield Ask(question, parse)
    return answer


def find(lookup: Lookup[T]) -> Flow[T]:
    """Look up a fact within the same transaction."""
    found: T = yield lookup
    return found


@dataclass(frozen=True, slots=True)
class Open:
    """The conversation waits at a question.

    Attributes:
        question: the question to ask.
        taken: the accepted answers before it.
        kept: later answers, tried again once this question has an answer.
        refusal: why the answer just given, or an earlier one, was not accepted.
        changed: whether an answer does not count because the question now reads differently from
            what the person saw.
    """

    question: Question
    taken: tuple[Given, ...]
    kept: tuple[Given, ...] = ()
    refusal: Message | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Ended(Generic[T]):
    """The flow returned, or refused before it had asked anything."""

    result: T | None
    refusal: Message | None = None
    taken: tuple[Given, ...] = ()


def play(
    start: Callable[[], Flow[T]],
    look_up: LookUp,
    taken: Iterable[Given] = (),
    *,
    answer: Callable[[Question], Answer] | None = None,
    asked: str | None = None,
    kept: Iterable[Given] = (),
) -> Open | Ended[T]:
    """Play a flow from the start with the answers so far.

    Args:
        start: makes the generator.
        look_up: answers the flow's lookups.
        taken: the answers accepted so far.
        answer: reads the new answer, if there is one, given the question it is for.
        asked: the fingerprint of the question that the person saw; None accepts the answer to
            any question.
        kept: answers to later questions, tried after the new one.

    Returns:
        The open question, or the end of the flow.
    """
    script = _Script(list(taken), answer, asked, list(kept))
    try:
        return _run(start(), look_up, script)
    except Refusal as refusal:
        return go_back(start, look_up, (*script.used, *script.rest()), refusal, len(script.used))


class _Script:
    """The answers of one replay, in their order."""

    def __init__(
        self,
        taken: list[Given],
        answer: Callable[[Question], Answer] | None,
        asked: str | None,
        kept: list[Given],
    ) -> None:
        self.left = taken
        self.answer = answer
        self.asked = asked
        self.kept = kept
        self.used: list[Given] = []
        self.changed = False

    def next_for(self, question: Question) -> Given | None:
        """Returns the answer for this question, or None where the person must be asked."""
        if self.left:
            given = self.left[0]
            same = given.question == question.asked_as
            if same and (not question.as_shown or reads_as(question, given.asked)):
                return self.left.pop(0)
            self.changed = same
            self.left, self.answer, self.kept = [], None, []
            return None
        if self.answer is not None:
            if self.asked is not None and not reads_as(question, self.asked):
                self.changed = True
                return None
            given = Given(question.asked_as, self.answer(question), fingerprint(question))
            self.answer = None
            return given
        if self.kept and reads_as(question, self.kept[0].asked):
            return self.kept.pop(0)
        self.kept = []
        return None

    def rest(self) -> tuple[Given, ...]:
        return (*self.left, *self.kept)


def _run(flow: Flow[T], look_up: LookUp, script: _Script) -> Open | Ended[T]:
    reply: object = None
    while True:
        try:
            step = flow.send(reply)
        except StopIteration as stop:
            return Ended(stop.value, taken=tuple(script.used))
        if isinstance(step, Lookup):
            reply = look_up(step)
            continue
        given = script.next_for(step.question)
        if given is None:
            flow.close()
            return Open(
                step.question, tuple(script.used), tuple(script.kept), changed=script.changed
            )
        try:
            reply = step.parse(given.answer)
        except Refusal as refusal:
            if refusal.question is not None:
                raise
            flow.close()
            return Open(step.question, tuple(script.used), script.rest(), refusal.message)
        script.used.append(given)


def go_back(
    start: Callable[[], Flow[T]],
    look_up: LookUp,
    answers: Sequence[Given],
    refusal: Refusal,
    reach: int | None = None,
) -> Open | Ended[T]:
    """Return to the question that a refusal belongs to, and keep the answers after it.

    Args:
        start: makes the generator.
        look_up: answers the flow's lookups.
        answers: all answers so far.
        refusal: what the flow refused, or the service that performed its action.
        reach: how many of the answers had been accepted; None for all of them.

    Returns:
        The open question; or the end, with the refusal, where the flow no longer asks it: on a
        server another transaction may have changed what the lookups find.
    """
    names = [given.question for given in answers[:reach]]
    last = names[-1] if names else ""
    wanted = last if refusal.question is None else refusal.question.asked_as
    if wanted not in names:
        return Ended(None, refusal.message)
    place = len(names) - 1 - names[::-1].index(wanted)
    try:
        outcome = _run(start(), look_up, _Script(list(answers[:place]), None, None, []))
    except Refusal:
        return Ended(None, refusal.message)
    if not isinstance(outcome, Open):
        return Ended(None, refusal.message)
    return Open(outcome.question, outcome.taken, tuple(answers[place + 1 :]), refusal.message)
