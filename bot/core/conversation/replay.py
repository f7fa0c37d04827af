"""How a conversation is written down once and played again after every message.

A flow is a generator that asks questions and looks things up:

    def register(caller: Caller) -> Flow[Register]:
        code = yield from ask(AskSponsor(), sponsor_code)
        sponsor = yield from find(SponsorByCode(code))
        if sponsor is None:
            raise Refusal(UnknownSponsor(code))
        ...
        return Register(sponsor.id, ...)

Nothing of the generator is kept between two messages. What is kept is the list of answers given so
far; `play` runs the flow from the start, hands it those answers again and stops at the first
question without one. So a restart loses nothing, going back is dropping the last answer, and a
price that changed meanwhile changes the question that the person sees.

Three rules make this safe:

* A flow must be a pure function of its answers and of what its lookups return.
* An answer belongs to a question by the question's name, `asked_as`. Where the way has changed
  and another question comes up, the answers that no longer fit are dropped.
* A new answer is taken only for the question that the person saw. If that question now reads
  differently, it is asked again. The same holds for answers that were kept behind a refused one: a
  "yes" to a card is never taken for a card that reads differently.
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
    "Ended",
    "Flow",
    "Given",
    "Lookup",
    "Open",
    "ask",
    "find",
    "go_back",
    "play",
]

ANSWERS_MAX = 200

T = TypeVar("T")

AnswerKind = Literal["tap", "text", "contact", "photo", "document"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a person gave to a question.

    Attributes:
        kind: how it was given; a typed button label counts as a tap of that button.
        value: the button's value, the text, the phone number, or the file's Telegram id.
        at: when it was given (aware, UTC); "today" in an answer means that day for ever.
        own: for a contact, whether it is the sender's own.
        note: for a file, its unique id; for a contact, the name on it.
    """

    kind: AnswerKind
    value: str
    at: datetime
    own: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer together with the question it was given to: its name, and its fingerprint."""

    question: str
    answer: Answer
    asked: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """A question and how its answer is read. `parse` raises Refusal for what it cannot take."""

    question: Question
    parse: Callable[[Answer], T]


class Lookup(Generic[T]):
    """Something a flow wants to know from the books; the service answers it."""


Flow: TypeAlias = Generator[Ask[Any] | Lookup[Any], Any, T]


def ask(question: Question, parse: Callable[[Answer], T]) -> Flow[T]:
    """Ask, and give back what `parse` made of the answer."""
    answer: T = yield Ask(question, parse)
    return answer


def find(lookup: Lookup[T]) -> Flow[T]:
    """Look something up inside the same transaction."""
    found: T = yield lookup
    return found


@dataclass(frozen=True, slots=True)
class Open:
    """The conversation stands at a question.

    Attributes:
        question: what to ask.
        taken: the accepted answers before it.
        kept: later answers, tried again once this question has its answer.
        refusal: why the answer just given, or one given before, was not taken.
        changed: the question reads differently from what the person saw, so that the new answer
            was not taken.
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
    look_up: Callable[[Lookup[Any]], Any],
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
        answer: makes the new answer, if there is one, in the light of the question it is for.
        asked: the fingerprint of the question that the person saw; None takes the answer
            whatever the question.
        kept: answers to later questions, tried after the new one.

    Returns:
        Where the conversation stands now.
    """
    script = _Script(list(taken), answer, asked, list(kept))
    try:
        return _run(start(), look_up, script)
    except Refusal as refusal:
        return go_back(start, look_up, (*script.used, *script.rest()), refusal, len(script.used))


class _Script:
    """The answers of one replay, handed out one by one."""

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
        """The answer for this question, or None where the person has to be asked."""
        if self.left:
            if self.left[0].question == question.asked_as:
                return self.left.pop(0)
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


def _run(flow: Flow[T], look_up: Callable[[Lookup[Any]], Any], script: _Script) -> Open | Ended[T]:
    reply: Any = None
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
    look_up: Callable[[Lookup[Any]], Any],
    answers: Sequence[Given],
    refusal: Refusal,
    reach: int | None = None,
) -> Open | Ended[T]:
    """Return to the question that a refusal belongs to, and keep what was said after it.

    Args:
        start: makes the generator.
        look_up: answers the flow's lookups.
        answers: all answers so far.
        refusal: what was refused, by the flow or by whoever carried its command out.
        reach: how many of the answers had been accepted; all where nothing is said.

    Returns:
        The open question; or the end, with the refusal, where the flow does not ask it any more:
        on a server another unit may have changed meanwhile what the lookups find.
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
