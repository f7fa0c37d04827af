"""Who bought, by weights that were learned, where the rules see another or nobody."""

from datetime import date

import pytest

from bot.content.heard import line_tags
from bot.core.sales.corrections import read_correction
from bot.core.sales.drafts import Draft
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.tags.buyer_tags import TOKENS_MAX, place_of, with_tagged_buyer
from bot.core.sales.products import names_of
from bot.core.sales.quick_entry import read_line
from bot.core.sales.telling.beginnings import opened
from tests.core.sales.catalogue import CATALOGUE
from tests.core.sales.test_quick_entry import lines, parts

CALLED = names_of(CATALOGUE)
THURSDAY = date(2026, 11, 12)
WORSE = {
    "rumah 12, 2 sabun",
    "bu ani tetangga sebelah 2 sabun",
}
"""Lines of the rules of which the weights see another buyer."""


def tokens_of(text: str) -> tuple[Token, ...]:
    return opened(text, CALLED, is_begun=False).tokens


def tagged(text: str) -> Draft:
    draft = read_line(text, CATALOGUE, THURSDAY, tags=line_tags())
    assert draft is not None
    return draft


def test_the_weights_leave_what_the_rules_read_right() -> None:
    other = set()
    for line, expected in lines():
        if expected == "no sale" or expected.startswith("refused"):
            continue
        text = line.replace("\\n", "\n")
        draft = read_line(text, CATALOGUE, THURSDAY, tags=line_tags())
        if draft is None or " | ".join(parts(draft)) != expected:
            other.add(line)
    assert other == WORSE


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("sabun 3 warung kopi bejo lunas", "Warung Kopi Bejo"),
        ("sabun 2 bu senam yuli", "Bu Senam Yuli"),
        ("RT sebelah borong sabun 6", "RT Sebelah"),
        ("sabun 2 mertua lunas", "Mertua"),
        ("bestie gue beli sabun 1", "Bestie"),
        ("sabun 2 bu ani yg pagar ijo", "Bu Ani Yg Pagar Ijo"),
        ("bu ani rumah cat hijau sabun 2", "Bu Ani Rumah Cat Hijau"),
        ("sabun 2 to Michelle from my gym, paid", "Michelle From My Gym"),
        ("sold sabun 2 to Nadia my cousin, paid", "Nadia My Cousin"),
        ("Kirana bestie gw beli sabun 2", "Kirana Bestie Gw"),
        ("wulan istrinya bang jek sabun 2", "Wulan Istrinya Bang Jek"),
        ("DOKTER GIGI INDAH PAKAI SABUN KITA. BELI 2", "Dokter Gigi Indah"),
    ],
)
def test_a_buyer_is_seen_where_the_rules_see_another(text: str, buyer: str) -> None:
    ruled = read_line(text, CATALOGUE, THURSDAY)
    assert ruled is None or ruled.customer != buyer
    assert tagged(text).customer == buyer


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("sabun 2 mang ojo pos ronda", "Mang Ojo Pos Ronda"),
        ("mbak fitri bank sampah sabun 2", "Mbak Fitri Bank Sampah"),
        ("mbak lela yg pinter nyanyi sabun 2", "Mbak Lela Yg Pinter Nyanyi"),
        ("sabun 2 untuk bu dedeh bordir, saya beri potongan 5 ribu", "Bu Dedeh Bordir"),
        ("sabun 2 bu retno sebungkus", "Bu Retno"),
        ("bu retno mundhut sabun 2", "Bu Retno"),
        ("sabun 2 bu retno yg tadi", "Bu Retno"),
        ("sabun 2 pak Dul, uangnya dititip ke bu RT", "Pak Dul"),
    ],
)
def test_a_name_goes_on_over_what_describes_the_buyer(text: str, buyer: str) -> None:
    assert tagged(text).customer == buyer


def test_a_number_in_the_name_counts_nothing() -> None:
    name = Token(TokenKind.BUYER, "Toko 99")
    one, goods = tokens_of("2 sabun")
    written = read_tokens((one, goods, name), CALLED)
    assert written.customers == ("Toko 99",)
    assert [item.quantity for item in written.items] == [2]


def test_two_buyers_stay_two_and_a_long_line_is_left_to_the_rules() -> None:
    two = tokens_of("2 sabun ke bu ani, 3 teh ke bu nur")
    written = read_tokens(two, CALLED)
    assert len(written.customers) == 2
    assert with_tagged_buyer(two, CALLED, written, line_tags()) is written
    long = tokens_of("sabun 2 adeknya bu mira " + "lunas " * TOKENS_MAX)
    ruled = read_tokens(long, CALLED)
    assert with_tagged_buyer(long, CALLED, ruled, line_tags()) is ruled


@pytest.mark.parametrize(
    "text", ["2 sabun bu ani (pasar) 0812 3456 7890", "2 sabun pak rahmat rt 07 lunas"]
)
def test_an_address_stays_with_its_name(text: str) -> None:
    ruled = read_line(text, CATALOGUE, THURSDAY)
    assert ruled is not None
    assert tagged(text).customer == ruled.customer


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("2 sabun bu ani", "Bu Ani", (2, 4)),
        ("bu ani 2 sabun bu ani", "bu. ani", (4, 6)),
        ("2 sabun bu ani", "bu nur", None),
        ("2 sabun", "", None),
    ],
)
def test_a_name_is_found_where_it_is_written_last(
    text: str, name: str, place: tuple[int, int] | None
) -> None:
    assert place_of(tokens_of(text), name) == place


def test_the_line_of_another_sale_is_seen_at_an_open_card() -> None:
    text = "RT sebelah borong sabun 6 blm bayar"
    found = read_correction(text, CATALOGUE[:1], CATALOGUE, THURSDAY, line_tags())
    assert found is not None
    assert found.draft.customer == "RT Sebelah"


@pytest.mark.parametrize(
    "text",
    ["eh salah 3", "sabunnya 3", "50rb aja", "kemarin", "dp 50rb dulu", "3 aja lunas ya kak"],
)
def test_a_correction_names_no_buyer_that_the_rules_do_not_see(text: str) -> None:
    ruled = read_correction(text, CATALOGUE[:1], CATALOGUE, THURSDAY)
    assert ruled is not None
    assert read_correction(text, CATALOGUE[:1], CATALOGUE, THURSDAY, line_tags()) == ruled
