"""What the dialogue about a price offers, it accepts; and what it saves, a product can have."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Question, Refusal
from bot.core.conversation.replay import Answer, Lookup
from bot.flows.products.price_terms import fault_of
from bot.flows.products.pricing import change_price
from bot.flows.products.pricing_messages import (
    AskBonusValue,
    AskFromDay,
    AskMemberPrice,
    AskPoints,
    AskRetailPrice,
    AskWhichPrice,
    AskWhichTerm,
    ChangePrice,
    ConfirmPrice,
    Priced,
    PricedProduct,
    PriceKept,
)

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CALLER: Any = SimpleNamespace(at=NOW, company=SimpleNamespace(time_zone="Asia/Jakarta"))


@st.composite
def terms(draw: st.DrawFn) -> Priced:
    retail = draw(st.integers(3, 9)) * 1_000
    member = draw(st.integers(1, retail // 1_000)) * 1_000
    return Priced(member, retail, draw(st.integers(0, 3)), draw(st.integers(0, retail)))


@st.composite
def products(draw: st.DrawFn) -> PricedProduct:
    days = draw(st.lists(st.integers(1, 12), unique=True, max_size=3).map(sorted))
    kit = draw(st.booleans())
    known = [draw(terms()) for _ in range(len(days) + 1)]
    if kit:
        known = [replace(one, points=0, bonus_value=0) for one in known]
    planned = tuple(
        (TODAY + timedelta(day), one) for day, one in zip(days, known[1:], strict=True)
    )
    return PricedProduct(1, "Sabun", kit, known[0], planned)


def offered(question: Question) -> list[tuple[str, str]]:
    """Returns answers that the question itself offers: its buttons, or the ends of its range."""
    match question:
        case AskWhichTerm(kit=True):
            return [("tap", "retail"), ("tap", "member")]
        case AskWhichTerm():
            return [("tap", one) for one in ("retail", "member", "points", "bonus")]
        case AskWhichPrice():
            return [("tap", "retail"), ("tap", "member")]
        case AskMemberPrice(most=most):
            return [("text", "Rp1.000"), ("text", f"{most}")]
        case AskRetailPrice(least=least):
            return [("text", f"{max(least, 1_000)}"), ("text", f"{least + 5_000}")]
        case AskPoints(most=most):
            return [("text", "0"), ("text", str(most))]
        case AskBonusValue(most=most):
            return [("text", "0"), ("text", str(most))]
        case AskFromDay(offered=days):
            return [("tap", "today" if day == TODAY else "first") for day in days]
        case ConfirmPrice():
            return [("tap", "ya"), ("tap", "more")]
        case other:
            raise AssertionError(other)


@given(products(), st.sampled_from(("", " 2000", " 5000 retail", " 9000", " 0 member")), st.data())
def test_no_offered_answer_is_refused_and_what_is_saved_is_sound(
    product: PricedProduct, typed: str, data: st.DataObject
) -> None:
    flow = change_price(CALLER, f"1{typed}")
    reply: Any = None
    outcome: object = None
    while outcome is None:
        try:
            step: Any = flow.send(reply)
        except StopIteration as stop:
            outcome = stop.value
            continue
        if isinstance(step, Lookup):
            reply = product
            continue
        choices = offered(step.question)
        if not choices:  # no day of the buttons goes with it: a day is typed, or it is cancelled
            return
        kind, value = data.draw(st.sampled_from(choices))
        try:
            reply = step.parse(Answer(kind, value, NOW))  # type: ignore[arg-type]
        except Refusal as refusal:
            raise AssertionError((step.question, value, refusal.message)) from refusal
    if isinstance(outcome, PriceKept):
        return
    assert isinstance(outcome, ChangePrice)
    assert fault_of(outcome.new) is None
    assert outcome.new != product.on(outcome.from_day)
