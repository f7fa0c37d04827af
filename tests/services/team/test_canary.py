"""No screen of a team shows an upline what is the downline's own, and a sideline sees nothing.

Each person's number, its end, year of birth, province, buyer and invoice is in no other person's
data. Everything that is ever sent to a person is looked through for those of all others; only the
number that was given to this person may be found, and only while it is given.
"""

import json
from collections.abc import Iterator

import pytest

from tests.services.harness import Harness
from tests.services.team.line import BUDI, ERNI, SARI, SECRETS, TONO, code, harness, settle

__all__ = ["harness"]

NAMES = {
    BUDI: ("Budi", "Wijaya"),
    SARI: ("Sari", "Dewi"),
    ERNI: ("Erni", "Wahyuni"),
    TONO: ("Tono", "Raharjo"),
}
VIEWERS = (BUDI, SARI, ERNI, TONO)
WORDS = "besok saya tunggu di pasar"
ANSWER = "baik saya datang jam sembilan"


def lines_about(user: int) -> Iterator[str]:
    """Yields all that may be typed or pressed about a member, and the lists of a team."""
    first = NAMES[user][0].casefold()
    yield from ("/tim", "/tim baru", "/tim diam", "/tim diam 1", "/tim urut", "/tim urut poin")
    yield from ("/tim urut besar", "/tim urut terbaru", "/tim urut nama", "/tim cari a", "/tim 2")
    for what in (code(user), first, first[:2], NAMES[user][1].casefold()):
        for command in ("tim", "mintanomor", "kirimpesan"):
            yield f"/{command} {what}"
            yield "/batal"
    yield from (f"lihat tim {first}", f"minta nomor {first}", f"kirim pesan ke {first}", "/batal")
    yield from ("/izin", "/izin beri=1", "/izin stop=1", "/izin tarik=1", "/izin simpan")
    yield from ("/kirimpesan balas=1", "/batal", "/kirimpesan lapor=1", "/team silent")


async def look_at_everything(harness: Harness, viewer: int) -> None:
    """Open every screen about every other person."""
    for other in VIEWERS:
        if other != viewer:
            for line in lines_about(other):
                await harness.say(viewer, line)
                await settle(harness)


async def shown_to(harness: Harness, user: int) -> str:
    """Returns all that was ever sent to a person, buttons included, without signs in numbers."""
    rows = await harness.rows("SELECT payload FROM outbox WHERE chat_id = :user", user=user)
    whole = "\n".join(json.dumps(json.loads(row.payload), ensure_ascii=False) for row in rows)
    return whole.casefold().replace(" ", "").replace("-", "")


async def secrets_shown(harness: Harness, viewer: int) -> set[tuple[int, str]]:
    """Returns whose secrets a person was ever shown, of all others."""
    shown = await shown_to(harness, viewer)
    return {
        (other, secret)
        for other in VIEWERS
        if other != viewer
        for secret in SECRETS[other]
        if secret.casefold().replace(" ", "").replace("-", "") in shown
    }


async def test_nobody_is_shown_a_secret_of_another(harness: Harness) -> None:
    for viewer in VIEWERS:
        await look_at_everything(harness, viewer)
    for viewer in VIEWERS:
        assert await secrets_shown(harness, viewer) == set()


async def test_a_number_is_shown_to_whom_it_was_given_and_only_while_it_is(
    harness: Harness,
) -> None:
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    await harness.say(SARI, "ya")
    await harness.tap(ERNI, "Beri")
    assert await secrets_shown(harness, SARI) == set(), "the news itself does not have it"
    for viewer in VIEWERS:
        await look_at_everything(harness, viewer)
    assert await secrets_shown(harness, SARI) == {(ERNI, each) for each in SECRETS[ERNI][:2]}
    for viewer in (BUDI, TONO, ERNI):
        assert await secrets_shown(harness, viewer) == set()
    await harness.say(ERNI, "/izin")
    await harness.tap(ERNI, "Tarik dari Sari D.")
    await harness.runtime.database.write(lambda conn: conn.exec_driver_sql("DELETE FROM outbox"))
    await look_at_everything(harness, SARI)
    assert await secrets_shown(harness, SARI) == set()


async def test_what_two_write_each_other_nobody_else_is_shown(harness: Harness) -> None:
    await harness.say(SARI, f"/kirimpesan {code(ERNI)}")
    await harness.say(SARI, WORDS)
    await harness.say(SARI, "ya")
    await harness.tap(ERNI, "✍️ Balas")
    await harness.say(ERNI, ANSWER)
    for viewer in VIEWERS:
        await look_at_everything(harness, viewer)
    for text, readers in ((WORDS, {SARI, ERNI}), (ANSWER, {SARI})):
        bare = text.replace(" ", "")
        assert {each for each in VIEWERS if bare in await shown_to(harness, each)} == readers
    for viewer in VIEWERS:
        assert await secrets_shown(harness, viewer) == set()


@pytest.mark.parametrize("other", [SARI, ERNI, BUDI])
async def test_a_sideline_is_shown_no_name_that_it_did_not_type(
    harness: Harness, other: int
) -> None:
    await harness.say(SARI, f"/kirimpesan {code(ERNI)}")
    await harness.say(SARI, WORDS)
    await harness.say(SARI, "ya")
    await harness.say(TONO, f"/tim {code(other)}")
    answers = {await harness.last(TONO)}
    for command in ("mintanomor", "kirimpesan"):
        await harness.say(TONO, f"/{command} {code(other)}")
        answers.add((await harness.last(TONO)).replace(code(other).casefold(), "zzzzzzzz"))
        await harness.say(TONO, f"/{command} ZZZZZZZZ")
        answers.add(await harness.last(TONO))
    assert len(answers) == 2, "a code that exists is the same as one that does not"
    for name in NAMES[other]:
        assert name.casefold() not in (await shown_to(harness, TONO))


async def test_the_secrets_would_be_found(harness: Harness) -> None:
    """The look-out is not blind: what is shown to its owner is found."""
    await harness.say(ERNI, "/profil")
    shown = await shown_to(harness, ERNI)
    assert SECRETS[ERNI][1] in shown
    assert SECRETS[ERNI][3] in shown
