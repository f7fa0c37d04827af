"""Changes that members make to their own data, and the consequences."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.core.members.codes import make_code
from bot.store.members import members, people
from tests.services.harness import Harness, open_harness

SARI, BUDI = 11, 22
PHONES = {SARI: "+6281234567890", BUDI: "+6281398765432"}


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")

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


async def member(harness: Harness, user: int) -> Any:
    (row,) = await harness.rows("SELECT * FROM members WHERE user_id = :user", user=user)
    return row


async def tip_clock(harness: Harness, user: int) -> tuple[str, datetime]:
    ((hour, due_at),) = await harness.rows(
        """
        SELECT t.hour, t.due_at FROM tip_clocks AS t
        JOIN members AS m ON m.id = t.member_id WHERE m.user_id = :user
        """,
        user=user,
    )
    return hour, datetime.fromtimestamp(due_at // 1_000_000, UTC)


async def decisions(harness: Harness, user: int) -> list[tuple[str, bool]]:
    """Returns all consents that a member ever gave or refused."""
    rows = await harness.rows(
        """
        SELECT w.purpose, w.given FROM permissions AS w
        JOIN members AS m ON m.id = w.member_id WHERE m.user_id = :user ORDER BY w.id
        """,
        user=user,
    )
    return [(purpose, bool(given)) for purpose, given in rows]


async def test_a_new_hour_comes_next_by_the_members_own_clock(harness: Harness) -> None:
    await harness.say(SARI, "/profil jam")
    await harness.say(SARI, "16.30")
    assert await tip_clock(harness, SARI) == (
        "16:30",
        datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
    )
    await harness.say(SARI, "/profil jam")
    await harness.say(SARI, "jam 9 pagi")
    assert await tip_clock(harness, SARI) == ("09:00", datetime(2026, 11, 23, 1, tzinfo=UTC))


async def test_moving_to_another_zone_moves_the_tip_with_the_clock(harness: Harness) -> None:
    await harness.say(SARI, "/profil jam")
    await harness.say(SARI, "16.00")
    await harness.say(SARI, "/profil daerah")
    await harness.say(SARI, "jayapura")
    assert (await member(harness, SARI)).zone == "Asia/Jayapura"
    assert await tip_clock(harness, SARI) == ("16:00", datetime(2026, 11, 22, 7, tzinfo=UTC))


async def test_moving_to_another_zone_does_not_bring_back_refused_tips(harness: Harness) -> None:
    await harness.say(SARI, "/berhenti")
    await harness.say(SARI, "/profil daerah")
    await harness.say(SARI, "bali")
    assert await decisions(harness, SARI) == [("tips", False), ("broadcasts", False)]


async def test_choosing_an_hour_allows_tips_but_not_broadcasts(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/berhenti")
    await harness.say(SARI, "/tips jam")
    await harness.say(SARI, "16.00")
    assert await decisions(harness, SARI) == [
        ("tips", False), ("broadcasts", False), ("tips", True)
    ]  # fmt: skip


async def test_the_same_decision_twice_is_written_down_once(harness: Harness) -> None:
    for words in ("/tips terima", "/tips stop", "/tips stop", "/profil tips jeda"):
        await harness.say(SARI, words)
    assert await decisions(harness, SARI) == [("tips", False)]


async def test_tips_that_are_allowed_again_after_a_long_time_are_not_overdue(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/berhenti")
    harness.at += timedelta(days=40)
    await harness.tap(SARI, "Terima tips")
    hour, due_at = await tip_clock(harness, SARI)
    assert hour == "09:00"
    assert harness.at < due_at <= harness.at + timedelta(days=1)


async def test_sharing_ones_own_contact_takes_the_number_from_a_member_who_only_typed_it(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/profil hp")
    await harness.share(SARI, PHONES[BUDI].removeprefix("+"))
    assert (await member(harness, SARI)).phone == PHONES[BUDI]
    assert (await member(harness, SARI)).phone_verified == 1
    assert (await member(harness, BUDI)).phone_verified == 0
    assert (await member(harness, BUDI)).phone != PHONES[BUDI]
    assert "5432" in await harness.last(BUDI)
    await harness.say(BUDI, "/profil")
    assert "HP: belum ada" in await harness.last(BUDI)


async def test_a_number_that_telegram_verified_is_never_taken_away(harness: Harness) -> None:
    await harness.say(BUDI, "/profil hp")
    for share in (harness.say(BUDI, PHONES[SARI]), harness.share(BUDI, PHONES[SARI])):
        await share
        assert "sudah terdaftar" in await harness.last(BUDI)
    assert (await member(harness, SARI)).phone == PHONES[SARI]
    assert (await member(harness, BUDI)).phone == PHONES[BUDI]


async def test_typing_ones_own_number_again_keeps_it_verified(harness: Harness) -> None:
    await harness.say(SARI, "/profil hp")
    await harness.say(SARI, PHONES[SARI])
    assert (await member(harness, SARI)).phone_verified == 1


async def test_another_persons_contact_is_not_taken(harness: Harness) -> None:
    await harness.say(SARI, "/profil hp")
    await harness.share(SARI, "6281211112222", own=False)
    assert (await member(harness, SARI)).phone == PHONES[SARI]


async def test_the_card_never_shows_a_whole_number(harness: Harness) -> None:
    await harness.say(SARI, "/profil")
    card = await harness.last(SARI)
    assert "•••• 7890" in card
    assert "234567890" not in card
    assert make_code(SARI) in card


async def test_a_name_cannot_make_buttons_or_tags(harness: Harness) -> None:
    await harness.say(SARI, "/profil nama")
    await harness.say(SARI, "Sari <b>[Ya](ya)</b>")
    assert (await member(harness, SARI)).name == "Sari Dewi"


async def test_the_bot_uses_a_new_form_of_address_at_once(harness: Harness) -> None:
    await harness.say(SARI, "/profil sapaan")
    await harness.tap(SARI, "Ibu")
    assert "Bu Sari" in await harness.last(SARI)
    await harness.say(SARI, "/menu")
    assert "Halo Bu Sari" in await harness.last(SARI)


async def test_nobody_shows_the_number_to_all_any_more_and_who_did_can_hide_it(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/profil nomor tampil")
    assert (await member(harness, SARI)).phone_shown == 0
    await harness.runtime.database.write(
        lambda conn: conn.execute(text("UPDATE members SET phone_shown = 1"))
    )
    await harness.say(SARI, "/izin")
    await harness.tap(SARI, "Sembunyikan dari semua")
    assert (await member(harness, SARI)).phone_shown == 0


async def test_a_language_chosen_while_joining_holds_for_the_open_question(
    harness: Harness,
) -> None:
    newcomer = 77
    await harness.say(newcomer, f"/start {make_code(SARI)}")
    await harness.say(newcomer, "/bahasa en")
    assert "Sari D." in await harness.last(newcomer)
    assert "[Yes" in await harness.last(newcomer)
    ((language,),) = await harness.rows("SELECT language FROM people WHERE user_id = 77")
    assert language == "en"
