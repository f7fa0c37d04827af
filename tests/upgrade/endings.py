"""How each conversation of the stored database is finished, and what the database then holds."""

from dataclasses import dataclass

from bot.core.members.codes import make_code
from tests.services.harness import Harness
from tests.upgrade.people import USERS

__all__ = ["ENDS", "SALE", "End", "do", "finish"]

READ = "[Sudah saya baca]"
SALE = "SELECT total, status FROM sales WHERE id = 9"
MEMBER = "SELECT name, birth_year, province FROM members WHERE user_id = :user"


@dataclass(frozen=True)
class End:
    """How a conversation is finished.

    Attributes:
        who: whose it is.
        steps: what is typed, tapped (in brackets) or shared (`contact`).
        said: is in the last answer.
        query: selects what the database then holds; `:user` is the person.
        rows: its rows.
    """

    who: str
    steps: tuple[str, ...]
    said: str
    query: str
    rows: list[tuple[object, ...]]


def code(who: str) -> str:
    return make_code(USERS[who] * 7_919)


ENDS = [
    End(
        # approval.one@2 has other facts than the question that was answered: it is asked again.
        # The next sale opens after the decision, and is left.
        "Budi", ("Notanya belum ada", "[Tolak]", "Notanya belum ada", "/batal"),
        "tidak dilanjutkan",
        "SELECT status FROM sales WHERE id = 6", [("rejected",)],
    ),
    End(
        "Wati", ("[Ya]",), "Sari Dewi</b> sekarang pelatih",
        f"SELECT role FROM roles WHERE user_id = {USERS['Sari']}", [("trainer",)],
    ),
    End(
        # What to change is asked first since, so the prices are asked for once more.
        "Dian",
        (
            "[Tetap 5 poin]", "[Harga mitra]", "42rb", "[1 Des]",
            "[Ubah yang lain juga]", "[Harga eceran]", "55rb", "[✅ Ya, simpan]",
        ),
        "Mulai 1 Desember 2026",
        "SELECT member_price, retail_price, points FROM prices WHERE product_id = 1"
        " AND from_day = '2026-12-01'",
        [(42_000, 55_000, 5)],
    ),
    End(
        "Eka", (f"[Sari Dewi · {code('Sari')}]",), "👤 <b>Sari Dewi</b>",
        "SELECT flow FROM sessions WHERE chat_id = :user", [],
    ),
    End(
        "Fitri", ("[Ya, bekukan]",), "dibekukan",
        "SELECT name FROM members WHERE active = 0", [("Nina Safitri",)],
    ),
    End(
        "Gita", ("[Ya, buat kode]",), "Kode pindah untuk <b>Oki Firmansyah</b>",
        "SELECT m.name FROM relink_codes AS c JOIN members AS m ON m.id = c.member_id"
        " WHERE c.made_by = :user", [("Oki Firmansyah",)],
    ),
    End(
        "Hana", ("[Ya, urungkan]",), "Dibatalkan.",
        "SELECT from_day FROM prices WHERE product_id = 2 AND from_day > '2026-11-23'", [],
    ),
    End(
        # The same with approval.all@2.
        "Joko", ("[✅ Ya, semua]", "[✅ Ya, semua]"), "2 penjualan disetujui",
        "SELECT id, status FROM sales WHERE id > 5 ORDER BY id",
        [(6, "approved"), (7, "approved"), (8, "approved")],
    ),
    End(
        # sale.record has other facts now than the card that is open, so it is shown once more.
        "Sari", ("[✅ Ya, catat]", "[✅ Ya, catat]"), "Tercatat, struk <b>S-1009",
        SALE, [(150_000, "waiting")],
    ),
    End("Adam", ("Mrs Ani", "yes"), "S-1009", SALE, [(100_000, "waiting")]),
    End(
        # Whose price it is was asked then; an amount near the usual one needs no question now.
        "Vina", ("[Lanjutkan]", "ya"), "Tercatat, struk <b>S-1009",
        SALE, [(120_000, "waiting")],
    ),
    End(
        # sale.void has other facts now than the question that is open, so it is asked once more.
        "Rina", ("[Ya, batalkan]", "[Ya, batalkan]"), "S-1007 dibatalkan",
        "SELECT status FROM sales WHERE id = 7", [("void",)],
    ),
    End(
        # The audience has other facts since: it and what came after it are asked once more.
        "Bayu", ("[Ya, kirim]", "[Semua mitra]", "[Sekarang]", "[Ya, kirim]"),
        "Halo {nama}, besok latihan",
        "SELECT body, audience FROM broadcasts WHERE author_id = :user",
        [("Halo {nama}, besok latihan jam 9.", "all")],
    ),
    End(
        "Intan", ("[Ya, ganti]",), "Nama sudah diganti",
        "SELECT name FROM members WHERE user_id = :user", [("Intan Sari Lestari",)],
    ),
    End(
        "Kiki", ("[Kak]",), "panggil Kak Kiki",
        "SELECT title FROM members WHERE user_id = :user", [("Kak",)],
    ),
    End(
        "Lina", ("0813 0000 8888",), "8888",
        "SELECT phone FROM members WHERE user_id = :user", [("+6281300008888",)],
    ),
    End(
        "Mira", ("[Sulawesi Utara]",), "Provinsi sudah diganti",
        "SELECT province FROM members WHERE user_id = :user", [("sulawesi-utara",)],
    ),
    End(
        "Nina", ("[10.00]",), "10.00",
        "SELECT c.hour FROM tip_clocks AS c JOIN members AS m ON m.id = c.member_id"
        " WHERE m.user_id = :user", [("10:00",)],
    ),
    End(
        "Oki", ("madu",), "Madu Hutan 250 g",
        "SELECT flow FROM sessions WHERE chat_id = :user", [],
    ),
    End(
        "Putri", ("sari",), "sari", "SELECT flow FROM sessions WHERE chat_id = :user", [],
    ),
    End(
        "Qori", (READ,) * 4 + ("Qori Amalia", "contact", "1990", "[Jawa Barat]", "[Simpan]"),
        "", MEMBER, [("Qori Amalia", 1990, "jawa-barat")],
    ),
    # The year and the province were given before the phone was refused, and are not asked again.
    End(
        "Rudi", ("0813 0000 6666", "[Simpan]"), "",
        MEMBER, [("Rudi Hartono", 1980, "jawa-barat")],
    ),
    End(
        "Susi", ("contact",), "Kantor akan menghubungi",
        "SELECT name FROM leads WHERE user_id = :user", [("Susi",)],
    ),
    End(
        "Tono", ("1975", "[Jawa Barat]", "[Simpan]"), "",
        MEMBER, [("Tono Hidayat", 1975, "jawa-barat")],
    ),
    End(
        "Umar", ("contact of Yanti",), "",
        "SELECT name FROM members WHERE user_id = :user", [("Yanti Kusuma",)],
    ),
]  # fmt: skip


async def do(harness: Harness, who: str, step: str) -> None:
    """Take one step, and let the answers to it leave."""
    user = USERS[who]
    if step.startswith("["):
        await harness.tap(user, step[1:-1])
    elif step.startswith("contact"):
        whose = step.partition(" of ")[2] or who
        await harness.share(user, f"+62812{USERS[whose]:08d}")
    else:
        await harness.say(user, step)


async def finish(harness: Harness, end: End) -> None:
    """Take the steps, and look whether they led to the end."""
    user = USERS[end.who]
    for step in end.steps:
        await do(harness, end.who, step)
    assert end.said in await harness.last(user)
    params = {"user": user} if ":user" in end.query else {}
    assert [tuple(row) for row in await harness.rows(end.query, **params)] == end.rows
    assert await harness.rows("SELECT 1 FROM sessions WHERE chat_id = :user", user=user) == []
