"""Conversations that are recorded and replayed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.fingerprint import fingerprint
from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import (
    Answer,
    Ended,
    Flow,
    Given,
    Lookup,
    Open,
    ask,
    find,
    go_back,
    play,
)

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AskProduct(Question):
    """Which product?"""

    asked_as: ClassVar[str] = "shop.product@1"


@dataclass(frozen=True, slots=True)
class AskQuantity(Question):
    """How many, at this price?"""

    asked_as: ClassVar[str] = "shop.quantity@1"

    product: str
    price: int


@dataclass(frozen=True, slots=True)
class AskColour(Question):
    """Only some products have one."""

    asked_as: ClassVar[str] = "shop.colour@1"


@dataclass(frozen=True, slots=True)
class Confirm(Question):
    """All right?"""

    asked_as: ClassVar[str] = "shop.confirm@1"

    total: int


@dataclass(frozen=True, slots=True)
class NoNumber(Message):
    """Not a number."""


@dataclass(frozen=True, slots=True)
class UnknownProduct(Message):
    """No product has this name."""

    typed: str


@dataclass(frozen=True, slots=True)
class TooMany(Message):
    """More than one person buys."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What the flow ends with."""

    product: str
    quantity: int
    colour: str


@dataclass(frozen=True, slots=True)
class PriceOf(Lookup[int | None]):
    """What it costs; None where there is no such product."""

    product: str


PRICES = {"madu": 90_000, "sabun": 50_000, "scarf": 70_000}


def whole(answer: Answer) -> int:
    """A number, or the refusal of it."""
    if not answer.value.isdigit():
        raise Refusal(NoNumber())
    return int(answer.value)


def words(answer: Answer) -> str:
    """Anything at all."""
    return answer.value


def sell() -> Flow[Sold]:
    """Product, quantity, a colour for scarves, and a last look that can lead back."""
    product: str = yield from ask(AskProduct(), words)
    price = yield from find(PriceOf(product))
    if price is None:
        raise Refusal(UnknownProduct(product))
    while True:
        quantity: int = yield from ask(AskQuantity(product, price), whole)
        colour = ""
        if product == "scarf":
            colour = yield from ask(AskColour(), words)
        if quantity > 99:
            raise Refusal(TooMany(), AskQuantity)
        right: str = yield from ask(Confirm(quantity * price), words)
        if right == "yes":
            return Sold(product, quantity, colour)


class Chat:
    """What a chat keeps between two messages, and nothing else."""

    def __init__(
        self, prices: dict[str, int] | None = None, start: Callable[[], Flow[Any]] = sell
    ) -> None:
        self.prices = dict(PRICES if prices is None else prices)
        self.start = start
        self.now = play(start, self.look_up)

    def look_up(self, lookup: Lookup[Any]) -> int | None:
        """Returns the current price."""
        assert isinstance(lookup, PriceOf)
        return self.prices.get(lookup.product)

    def state(self) -> Open:
        """Returns the open question and the answers, if the conversation is still open."""
        assert isinstance(self.now, Open)
        return self.now

    def result(self) -> Sold:
        """Returns the result, if the conversation is over."""
        assert isinstance(self.now, Ended)
        assert self.now.result is not None
        assert isinstance(self.now.result, Sold)
        return self.now.result

    def say(self, text: str) -> "Chat":
        """Answer the open question as it was shown."""
        self.now = play(
            self.start,
            self.look_up,
            self.state().taken,
            answer=lambda _: said(text),
            asked=fingerprint(self.state().question),
            kept=self.state().kept,
        )
        return self

    def back(self) -> "Chat":
        """Take the last answer back."""
        self.now = play(self.start, self.look_up, self.state().taken[:-1])
        return self


def said(text: str) -> Answer:
    """A typed answer."""
    return Answer("text", text, AT)


def givens(*pairs: tuple[type[Question], str]) -> tuple[Given, ...]:
    """Answers as they are kept."""
    return tuple(Given(question.asked_as, said(text)) for question, text in pairs)


def test_a_conversation_asks_one_question_after_the_other_and_ends_with_its_result() -> None:
    chat = Chat()
    assert chat.state().question == AskProduct()
    assert chat.say("sabun").state().question == AskQuantity("sabun", 50_000)
    assert chat.say("2").state().question == Confirm(100_000)
    assert chat.say("yes").result() == Sold("sabun", 2, "")


def test_the_end_names_all_answers_that_led_to_it() -> None:
    chat = Chat().say("madu").say("1").say("yes")
    assert isinstance(chat.now, Ended)
    expected = givens((AskProduct, "madu"), (AskQuantity, "1"), (Confirm, "yes"))
    assert chat.now.taken == expected


@given(
    st.lists(
        st.sampled_from(["madu", "sabun", "scarf", "tv", "1", "2", "100", "x", "yes", "no"]),
        max_size=25,
    )
)
def test_playing_the_kept_answers_again_leads_to_the_same_place(texts: Iterable[str]) -> None:
    chat = Chat()
    for text in texts:
        if isinstance(chat.now, Ended):
            break
        chat.say(text)
    current = chat.now
    if isinstance(current, Open):
        again = play(sell, chat.look_up, current.taken)
        assert isinstance(again, Open)
        assert (again.question, again.taken) == (current.question, current.taken)
        assert again.refusal is None
    else:
        assert play(sell, chat.look_up, current.taken) == current


def test_an_answer_that_cannot_be_read_is_refused_and_leaves_the_rest_as_it_was() -> None:
    chat = Chat().say("madu").say("dua lusin kira-kira")
    assert chat.state().refusal == NoNumber()
    assert chat.state().question == AskQuantity("madu", 90_000)
    assert chat.state().taken == givens((AskProduct, "madu"))
    assert chat.say("2").state().question == Confirm(180_000)


def test_a_refusal_by_the_flow_belongs_to_the_answer_just_given() -> None:
    chat = Chat().say("kulkas")
    assert chat.state().refusal == UnknownProduct("kulkas")
    assert chat.state().question == AskProduct()
    assert chat.state().taken == ()


def test_a_refusal_that_names_an_earlier_question_keeps_what_was_said_after_it() -> None:
    chat = Chat().say("scarf").say("150").say("red")
    assert chat.state().refusal == TooMany()
    assert chat.state().question == AskQuantity("scarf", 70_000)
    assert chat.state().kept == givens((AskColour, "red"))
    chat.say("2")
    assert chat.state().question == Confirm(140_000)
    assert chat.state().kept == ()
    assert chat.say("yes").result() == Sold("scarf", 2, "red")


def test_kept_answers_survive_a_second_refusal() -> None:
    chat = Chat().say("scarf").say("150").say("red").say("many")
    assert chat.state().refusal == NoNumber()
    assert chat.state().kept == givens((AskColour, "red"))
    assert chat.say("3").say("yes").result() == Sold("scarf", 3, "red")


def test_a_refused_command_returns_to_its_question_and_keeps_the_later_answers() -> None:
    chat = Chat().say("sabun").say("2").say("yes")
    assert isinstance(chat.now, Ended)
    refusal = Refusal(TooMany(), AskQuantity)
    chat.now = go_back(sell, chat.look_up, chat.now.taken, refusal)
    assert chat.state().question == AskQuantity("sabun", 50_000)
    assert chat.state().refusal == TooMany()
    assert chat.say("1").state().question == Confirm(50_000), "a yes to another card is no yes"
    assert chat.say("yes").result() == Sold("sabun", 1, "")


def test_a_question_asked_twice_is_refused_at_its_latest_answer() -> None:
    chat = Chat().say("sabun").say("2").say("no").say("7").say("yes")
    assert isinstance(chat.now, Ended)
    chat.now = go_back(sell, chat.look_up, chat.now.taken, Refusal(TooMany(), AskQuantity))
    assert [given.answer.value for given in chat.state().taken] == ["sabun", "2", "no"]
    assert chat.say("3").say("yes").result() == Sold("sabun", 3, "")


def test_a_refusal_before_the_first_question_ends_the_conversation() -> None:
    def closed() -> Flow[Sold]:
        yield from find(PriceOf("sabun"))
        raise Refusal(TooMany())

    chat = Chat(start=closed)
    assert chat.now == Ended(None, TooMany())


def test_a_question_that_changed_meanwhile_is_asked_again_instead_of_answered() -> None:
    chat = Chat().say("sabun")
    chat.prices["sabun"] = 60_000
    chat.say("2")
    assert chat.state().changed
    assert chat.state().question == AskQuantity("sabun", 60_000)
    assert chat.state().taken == givens((AskProduct, "sabun"))
    chat.say("2")
    assert not chat.state().changed
    assert chat.state().question == Confirm(120_000)


def test_accepted_answers_hold_while_the_facts_of_their_questions_change() -> None:
    chat = Chat().say("sabun").say("2")
    chat.prices["sabun"] = 60_000
    again = play(sell, chat.look_up, chat.state().taken)
    assert isinstance(again, Open)
    assert again.question == Confirm(120_000)


def test_an_accepted_answer_that_is_refused_later_is_asked_again_with_the_rest_kept() -> None:
    chat = Chat().say("sabun").say("2")
    del chat.prices["sabun"]
    again = play(sell, chat.look_up, chat.state().taken)
    assert isinstance(again, Open)
    assert again.refusal == UnknownProduct("sabun")
    assert again.question == AskProduct()
    assert again.kept == givens((AskQuantity, "2"))


def test_another_path_drops_the_answers_that_no_longer_fit() -> None:
    answers = givens((AskProduct, "sabun"), (AskQuantity, "2"), (AskColour, "red"))
    outcome = play(sell, Chat().look_up, answers)
    assert isinstance(outcome, Open)
    assert outcome.question == Confirm(100_000)
    assert outcome.taken == answers[:2]
    assert outcome.kept == ()


def test_kept_answers_that_no_longer_fit_are_dropped() -> None:
    outcome = play(
        sell,
        Chat().look_up,
        answer=lambda _: said("sabun"),
        kept=givens((AskColour, "red"), (AskQuantity, "2")),
    )
    assert isinstance(outcome, Open)
    assert outcome.question == AskQuantity("sabun", 50_000)
    assert outcome.kept == ()


def test_a_new_answer_is_not_spent_on_a_question_that_came_up_meanwhile() -> None:
    outcome = play(
        sell,
        Chat().look_up,
        givens((AskProduct, "scarf"), (AskQuantity, "2"), (Confirm, "no")),
        answer=lambda _: said("2"),
        asked=fingerprint(AskQuantity("scarf", 70_000)),
    )
    assert isinstance(outcome, Open)
    assert outcome.question == AskColour()
    assert outcome.taken == givens((AskProduct, "scarf"), (AskQuantity, "2"))


def test_going_back_forgets_one_answer_and_asks_for_it_again() -> None:
    chat = Chat().say("scarf").say("2").say("red")
    assert chat.back().state().question == AskColour()
    assert chat.back().state().question == AskQuantity("scarf", 70_000)
    assert chat.back().state().question == AskProduct()
    assert chat.back().state().question == AskProduct()


def test_an_answer_is_made_in_the_light_of_the_question_it_is_for() -> None:
    seen: list[Message] = []

    def read(question: Message) -> Answer:
        seen.append(question)
        return said("2")

    play(sell, Chat().look_up, givens((AskProduct, "sabun")), answer=read)
    assert seen == [AskQuantity("sabun", 50_000)]


def test_a_fingerprint_tells_the_facts_of_a_question_apart_and_nothing_else() -> None:
    shown = fingerprint(AskQuantity("sabun", 50_000))
    assert shown == fingerprint(AskQuantity("sabun", 50_000))
    assert shown != fingerprint(AskQuantity("sabun", 60_000))
    assert shown.startswith("shop.quantity@1:")


@dataclass(frozen=True, slots=True)
class AskDecision(Question):
    """Shall it be sold at this price? The decision is about the price that was shown."""

    asked_as: ClassVar[str] = "shop.decision@1"
    as_shown: ClassVar[bool] = True

    price: int


@dataclass(frozen=True, slots=True)
class AskWhy(Question):
    """And why?"""

    asked_as: ClassVar[str] = "shop.why@1"


def decide() -> Flow[Sold]:
    """A decision about what is shown, and its reason."""
    price = yield from find(PriceOf("sabun"))
    right: str = yield from ask(AskDecision(price or 0), words)
    why: str = yield from ask(AskWhy(), words)
    return Sold(f"{right}, {why}", price or 0, "")


def test_a_decision_stays_while_what_was_shown_stays() -> None:
    chat = Chat(start=decide).say("no").say("too dear")
    assert chat.result() == Sold("no, too dear", 50_000, "")


def test_a_decision_about_what_has_changed_since_is_asked_again_and_its_reason_too() -> None:
    chat = Chat(start=decide).say("no")
    chat.prices["sabun"] = 40_000
    again = chat.say("too dear").state()
    assert (again.question, again.taken, again.kept) == (AskDecision(40_000), (), ())
    assert again.changed
    assert chat.say("yes").say("fair").result() == Sold("yes, fair", 40_000, "")
