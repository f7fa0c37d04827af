"""What a member changes about himself, and what follows from it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.core.members.codes import make_code
from bot.store.members import members, people
from tests.services.desk import Desk, open_desk

SARI, BUDI = 11, 22
PHONES = {SARI: "+6281234567890", BUDI: "+6281398765432"}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")

    def unit(conn: Connection) -> None:
        for user, name, verified in ((SARI, "Sari Dewi", True), (BUDI, "Budi Wijaya", False)):
            people.meet(conn, user, "id", opened.at)
            members.add(
                conn,
                consents=(),
                reference=name,
                user_id=user,
                code=make_code(user),
                sponsor_id=None,
                name=name,
                title="Kak",
                phone=PHONES[user],
                phone_verified=verified,
                province="sulawesi-selatan",
                zone="Asia/Makassar",
                birth_year=1978,
                joined_at=opened.at,
            )

    await database.write(unit)
    yield opened
    await database.close()


async def member(desk: Desk, user: int) -> Any:
    (row,) = await desk.rows("SELECT * FROM members WHERE user_id = :user", user=user)
    return row


async def tip_clock(desk: Desk, user: int) -> tuple[str, datetime]:
    ((hour, due_at),) = await desk.rows(
        """
        SELECT t.hour, t.due_at FROM tip_clocks AS t
        JOIN members AS m ON m.id = t.member_id WHERE m.user_id = :user
        """,
        user=user,
    )
    return hour, datetime.fromtimestamp(due_at // 1_000_000, UTC)


async def decisions(desk: Desk, user: int) -> list[tuple[str, bool]]:
    """All that a member ever said about what comes unasked."""
    rows = await desk.rows(
        """
        SELECT w.purpose, w.given FROM permissions AS w
        JOIN members AS m ON m.id = w.member_id WHERE m.user_id = :user ORDER BY w.id
        """,
        user=user,
    )
    return [(purpose, bool(given)) for purpose, given in rows]


async def test_a_new_hour_comes_round_next_on_the_members_own_wall(desk: Desk) -> None:
    await desk.say(SARI, "/profil jam")
    await desk.say(SARI, "16.30")
    assert await tip_clock(desk, SARI) == (
        "16:30",
        datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
    )
    await desk.say(SARI, "/profil jam")
    await desk.say(SARI, "jam 9 pagi")
    assert await tip_clock(desk, SARI) == ("09:00", datetime(2026, 11, 23, 1, tzinfo=UTC))


async def test_moving_house_moves_the_tip_with_the_clock(desk: Desk) -> None:
    await desk.say(SARI, "/profil jam")
    await desk.say(SARI, "16.00")
    await desk.say(SARI, "/profil daerah")
    await desk.say(SARI, "jayapura")
    assert (await member(desk, SARI)).zone == "Asia/Jayapura"
    assert await tip_clock(desk, SARI) == ("16:00", datetime(2026, 11, 22, 7, tzinfo=UTC))


async def test_moving_house_does_not_bring_back_what_was_refused(desk: Desk) -> None:
    await desk.say(SARI, "/berhenti")
    await desk.say(SARI, "/profil daerah")
    await desk.say(SARI, "bali")
    assert await decisions(desk, SARI) == [("tips", False), ("broadcasts", False)]


async def test_who_chooses_an_hour_wants_tips_but_not_therefore_broadcasts(desk: Desk) -> None:
    await desk.say(SARI, "/berhenti")
    await desk.say(SARI, "/tips jam")
    await desk.say(SARI, "16.00")
    assert await decisions(desk, SARI) == [
        ("tips", False), ("broadcasts", False), ("tips", True)
    ]  # fmt: skip


async def test_the_same_decision_twice_is_written_down_once(desk: Desk) -> None:
    for words in ("/tips terima", "/tips stop", "/tips stop", "/profil tips jeda"):
        await desk.say(SARI, words)
    assert await decisions(desk, SARI) == [("tips", False)]


async def test_tips_that_are_allowed_again_after_a_long_time_are_not_overdue(desk: Desk) -> None:
    await desk.say(SARI, "/berhenti")
    desk.at += timedelta(days=40)
    await desk.tap(SARI, "Terima tips")
    hour, due_at = await tip_clock(desk, SARI)
    assert hour == "09:00"
    assert desk.at < due_at <= desk.at + timedelta(days=1)


async def test_the_own_contact_takes_the_number_from_somebody_who_only_typed_it(
    desk: Desk,
) -> None:
    await desk.say(SARI, "/profil hp")
    await desk.share(SARI, PHONES[BUDI].removeprefix("+"))
    assert (await member(desk, SARI)).phone == PHONES[BUDI]
    assert (await member(desk, SARI)).phone_verified == 1
    assert (await member(desk, BUDI)).phone_verified == 0
    assert (await member(desk, BUDI)).phone != PHONES[BUDI]
    assert "5432" in await desk.last(BUDI)
    await desk.say(BUDI, "/profil")
    assert "HP: belum ada" in await desk.last(BUDI)


async def test_a_number_that_telegram_vouched_for_is_never_taken_away(desk: Desk) -> None:
    await desk.say(BUDI, "/profil hp")
    for share in (desk.say(BUDI, PHONES[SARI]), desk.share(BUDI, PHONES[SARI])):
        await share
        assert "sudah dipakai" in await desk.last(BUDI)
    assert (await member(desk, SARI)).phone == PHONES[SARI]
    assert (await member(desk, BUDI)).phone == PHONES[BUDI]


async def test_typing_the_own_number_again_does_not_make_it_less_certain(desk: Desk) -> None:
    await desk.say(SARI, "/profil hp")
    await desk.say(SARI, PHONES[SARI])
    assert (await member(desk, SARI)).phone_verified == 1


async def test_somebody_elses_contact_is_not_taken(desk: Desk) -> None:
    await desk.say(SARI, "/profil hp")
    await desk.share(SARI, "6281211112222", own=False)
    assert (await member(desk, SARI)).phone == PHONES[SARI]


async def test_the_card_never_shows_a_whole_number(desk: Desk) -> None:
    await desk.say(SARI, "/profil")
    card = await desk.last(SARI)
    assert "•••• 7890" in card
    assert "234567890" not in card
    assert make_code(SARI) in card


async def test_a_name_cannot_make_buttons_or_tags(desk: Desk) -> None:
    await desk.say(SARI, "/profil nama")
    await desk.say(SARI, "Sari <b>[Ya](ya)</b>")
    assert (await member(desk, SARI)).name == "Sari Dewi"


async def test_the_bot_uses_a_new_form_of_address_at_once(desk: Desk) -> None:
    await desk.say(SARI, "/profil sapaan")
    await desk.tap(SARI, "Ibu")
    assert "Ibu Sari" in await desk.last(SARI)
    await desk.say(SARI, "/menu")
    assert "Halo Ibu Sari" in await desk.last(SARI)


async def test_the_team_sees_the_number_only_while_its_owner_wants_it(desk: Desk) -> None:
    assert (await member(desk, SARI)).phone_shown == 0
    await desk.say(SARI, "/profil nomor tampil")
    assert (await member(desk, SARI)).phone_shown == 1
    await desk.tap(SARI, "Sembunyikan nomor")
    assert (await member(desk, SARI)).phone_shown == 0


async def test_a_language_chosen_while_joining_holds_for_the_open_question(desk: Desk) -> None:
    newcomer = 77
    await desk.say(newcomer, f"/start {make_code(SARI)}")
    await desk.say(newcomer, "/bahasa en")
    assert "Sari D." in await desk.last(newcomer)
    assert "[Yes" in await desk.last(newcomer)
    ((language,),) = await desk.rows("SELECT language FROM people WHERE user_id = 77")
    assert language == "en"
