"""A conversation that is left open is called by its own name, in each language."""

from pathlib import Path

import pytest

from bot.company import load_company
from bot.content import Content, Reader
from bot.conversation.registry import FLOWS
from bot.core.conversation.messages import Message
from bot.flows.talk import KeepOrDrop, LeftOff
from tests.architecture.flow_reach import asks

ASKING = [spec.name for spec in FLOWS if asks(spec)]
UNKNOWN = "unheard_of"


@pytest.fixture(scope="module")
def content() -> Content:
    company = load_company(Path(__file__).parents[2] / "company.sample.toml")
    return Content(FLOWS, company=company.name, office=company.office_contact, bot="jualdulu_bot")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ASKING)
def test_a_flow_that_asks_has_its_word_where_it_is_left(
    content: Content, name: str, language: str
) -> None:
    pairs: list[tuple[Message, Message]] = [
        (LeftOff(name, member=True), LeftOff(UNKNOWN, member=True)),
        (KeepOrDrop(name, UNKNOWN), KeepOrDrop(UNKNOWN, UNKNOWN)),
        (KeepOrDrop(UNKNOWN, name), KeepOrDrop(UNKNOWN, UNKNOWN)),
    ]
    for own, of_any_flow in pairs:
        said = [content.screen(each, Reader(language)).text for each in (own, of_any_flow)]
        file = f"bot/content/{own.topic()}/{own.name()}.{language}.j2"
        assert said[0] != said[1], f"{file} has no word for the flow {name}"


def test_flows_that_ask_are_told_from_those_that_only_show() -> None:
    assert {"sell", "register", "claim", "broadcast", "team"} <= set(ASKING)
    assert not {"help", "receipts", "balance", "contact"} & set(ASKING)
