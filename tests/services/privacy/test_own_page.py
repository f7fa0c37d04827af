"""The copy of a person's data, as a page and as JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.content import LANGUAGES, Content, Reader
from bot.conversation.registry import FLOWS
from bot.services.privacy.giving_copies import as_json, as_page, readable
from bot.store.privacy.own_copy import ACCOUNT_PARTS, MEMBER_PARTS, CopiedRow
from bot.system.number_keys import NumberKeys
from tests.store.seeding import new_database

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CONTENT = Content(FLOWS, company="PT Contoh", office="WA 0812", bot="contoh_bot")
FACTS = {"member_id": 1, "user_id": 1, "wallet": "", "trade": ""}


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = new_database(tmp_path_factory.mktemp("page"))
    with engine.connect() as conn:
        yield conn
    engine.dispose()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [1, 2])
def test_the_page_has_a_word_for_each_part_and_column(
    conn: Connection, language: str, rows: int
) -> None:
    for name, part in {**MEMBER_PARTS, **ACCOUNT_PARTS}.items():
        empty: CopiedRow = dict.fromkeys(conn.execute(part, FACTS).keys())
        shown = readable({name: [empty] * rows}, NumberKeys())
        page = as_page(CONTENT, Reader(language), shown, AT).decode()
        assert page.count("<h2>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_only_text_on_the_page(language: str) -> None:
    parts: dict[str, list[CopiedRow]] = {"customers": [{"name": "<script>x</script> & [a](b)"}]}
    page = as_page(CONTENT, Reader(language), parts, AT).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_newest_rows_and_says_how_many_there_are(language: str) -> None:
    parts: dict[str, list[CopiedRow]] = {"team": [{"size": each} for each in range(1_001, 1_500)]}
    page = as_page(CONTENT, Reader(language), parts, AT).decode()
    assert page.count("<tr>") == 1 + 300
    assert "(499)" in page
    assert "<td>1499</td>" in page
    assert "<td>1199</td>" not in page


def test_the_sponsor_is_named_as_everywhere_and_receipts_have_their_numbers() -> None:
    parts = readable(
        {"profile": [{"sponsor": "Budi Wijaya"}], "sales": [{"receipt": 23}], "ranks": []},
        NumberKeys(),
    )
    assert parts == {"profile": [{"sponsor": "Budi W."}], "sales": [{"receipt": "S-1023"}]}


def test_the_json_can_be_read_back(tmp_path: Path) -> None:
    parts: dict[str, list[CopiedRow]] = {"account": [{"first_seen": AT, "language": "id"}]}
    file = tmp_path / "copy.json"
    file.write_bytes(as_json(parts, "PT Contoh", AT))
    assert json.loads(file.read_text("utf-8")) == {
        "company": "PT Contoh",
        "made_at": "2026-11-23T02:00:00+00:00",
        "account": [{"first_seen": "2026-11-23T02:00:00+00:00", "language": "id"}],
    }
