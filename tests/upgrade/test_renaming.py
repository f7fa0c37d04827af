"""Open conversations go on when every question, every record in it and every module is renamed."""

from collections.abc import Iterator

import pytest

import bot.core
import bot.flows
from bot.conversation.sent.texts import TAKES_ANY_WORDS
from bot.core.conversation.messages import Message
from bot.core.conversation.question_names import BY_REPR
from bot.flows.sales.sale_parts import ShownLine
from bot.flows.sales.sell_messages import AskRecord
from bot.store.conversation import sessions
from tests.architecture.packages import modules_under
from tests.services.harness import Harness
from tests.upgrade.endings import ENDS, End, finish
from tests.upgrade.people import USERS

ASKED_AGAIN = [end for end in ENDS if end.who != "Rudi"]
"""What was kept behind a refused answer is dropped when the question is put again."""

WITHOUT_RECORDS = ("Hana", "Kiki", "Lina", "Oki", "Rina")


def classes() -> Iterator[type]:
    """All messages and records of flows and core."""
    for package in (bot.flows, bot.core):
        for module in modules_under(package):
            own = [each for each in vars(module).values() if isinstance(each, type)]
            for each in own:
                if each.__module__ == module.__name__ and hasattr(each, "__dataclass_fields__"):
                    yield each


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Renames all of them; their templates stay where they are."""
    found = list(classes())
    before = [(each.__name__, each.__qualname__, each.__module__) for each in found]
    places = {each: (each.topic(), each.name()) for each in found if issubclass(each, Message)}
    monkeypatch.setattr(Message, "topic", classmethod(lambda cls: places[cls][0]))
    monkeypatch.setattr(Message, "name", classmethod(lambda cls: places[cls][1]))
    for number, each in enumerate(found):
        each.__name__ = each.__qualname__ = f"Renamed{number}"
        each.__module__ = f"bot.flows.renamed{number}"
    yield
    for each, names in zip(found, before, strict=True):
        each.__name__, each.__qualname__, each.__module__ = names


async def asked_again(harness: Harness, who: str) -> None:
    """Has the question put once more, so that it is stored as questions are today."""
    await harness.say(USERS[who], "/menu")
    open_now = await harness.runtime.database.read(lambda conn: sessions.load(conn, USERS[who]))
    assert open_now is not None
    assert open_now.waiting is not None or BY_REPR not in open_now.asked


@pytest.mark.parametrize("end", ASKED_AGAIN, ids=lambda end: end.who)
async def test_a_stored_conversation_goes_on_when_its_questions_are_renamed(
    harness: Harness, end: End, request: pytest.FixtureRequest
) -> None:
    await asked_again(harness, end.who)
    request.getfixturevalue("renamed")
    await finish(harness, end)


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("who", WITHOUT_RECORDS)
async def test_one_stored_in_the_former_format_does_too(harness: Harness, who: str) -> None:
    (end,) = [each for each in ENDS if each.who == who]
    await finish(harness, end)


@pytest.mark.usefixtures("renamed")
def test_the_renaming_is_thorough() -> None:
    shown = repr(AskRecord((), "", False, None, False, 0, 0, 0, "", False))  # type: ignore[arg-type]
    assert shown.startswith("Renamed")
    assert repr(ShownLine("Teh", 1, 1, 1)).startswith("Renamed")
    assert AskRecord.asked_as.startswith("sale.record@")
    assert len(TAKES_ANY_WORDS) == 4
