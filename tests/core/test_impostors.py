"""Names that pose as the office, letters that are stacked or unseen, links to other chats."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.input.typed import MARKS_MAX, clean_text, has_stacked_marks, is_blank, one_line
from bot.core.members.people import LikeTheOffice, NotAName, full_name
from bot.core.messaging.impostors import chats_in, poses_as_office

COMPANY = "PT Jual Dulu Nusantara"
STACKED = "R\u0337\u0322\u031b\u0337\u0322\u031bina"


@pytest.mark.parametrize(
    "name",
    [
        "Admin", "ADMIN", "admin jual dulu", "Kantor Pusat", "kantor", "Jual Dulu Nusantara",
        "PT Jual Dulu Nusantara", "pt. jual dulu nusantara", "Jual-Dulu Nusantara",
        "JualDuluNusantara",
        "\u0410dmin", "Adm\u0456n", "4dm1n", "Adrnin", "A D M I N",
        "\uff21\uff44\uff4d\uff49\uff4e",
        "\u00c1dmin", "Kant0r Pu5at", "Jua\u0406 Du\u0406u Nusantara", "Customer Service",
        "CS Jual Dulu",
        "Budi Admin", "Layanan Pelanggan", "Official Store", "Bu Admin", "Telegram",
        "PT Nusantara",
        "Tim Support",
    ],
)  # fmt: skip
def test_a_name_that_poses_as_the_office_is_asked_back(name: str) -> None:
    assert poses_as_office(name, COMPANY)


@pytest.mark.parametrize(
    "name",
    [
        "Nusantara", "Sari Nusantara", "Dulu", "Jual", "Budi Wijaya", "Resmi", "Sri Resmi",
        "Siti Nur'aini", "Pusat Wijaya", "Adminah", "Kantorowicz", "Info Lestari", "Ibu Care",
        "H. Ahmad Dahlan, S.Pd.", "Dul", "李小龙", "محمد علي", "I Gusti Ngurah", "Botak", "A B C",
        "Pelanggan",
    ],
)  # fmt: skip
def test_everybody_else_joins_as_usual(name: str) -> None:
    assert not poses_as_office(name, COMPANY)


@pytest.mark.parametrize("company", ["Nusantara", "PT Nusantara", "CV. Sehat"])
def test_a_member_may_be_called_as_a_company_of_one_word(company: str) -> None:
    word = company.rsplit(maxsplit=1)[-1]
    assert not poses_as_office(word, company)
    assert poses_as_office(f"PT {word}", company)
    assert poses_as_office(f"Admin {word}", company)


def test_a_name_is_refused_with_the_reason_and_the_office_may_write_any() -> None:
    with pytest.raises(Refusal) as refused:
        full_name("Admin Jual Dulu", COMPANY)
    assert refused.value.message == LikeTheOffice()
    assert full_name("PT Jual Dulu Nusantara") == "PT Jual Dulu Nusantara"


@pytest.mark.parametrize("name", [STACKED, "Si\u0336\u0336\u0336ti", "\u0301" * 5 + "Ani"])
def test_a_name_of_stacked_marks_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        full_name(name)
    assert refused.value.message == NotAName()


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Zoë", "محمّد", "Łukasz Żółć", "हिन्दी"])
def test_a_name_with_the_accents_of_its_language_stays(name: str) -> None:
    assert not has_stacked_marks(name)


@example("\u0301\u0301\u200d\u0301")
@given(st.text(st.sampled_from("ab \u0301\u0322\u0337\u200d\u034f\ufe0f❤👩🔥\n")))
def test_whatever_is_typed_no_letter_keeps_more_marks_than_it_may(text: str) -> None:
    for cleaned in (one_line(text), clean_text(text, 100)):
        assert not has_stacked_marks(cleaned)
        assert "\u034f" not in cleaned
    assert MARKS_MAX == 2


def test_a_word_cannot_be_hidden_by_signs_that_nobody_sees() -> None:
    assert one_line("pas\u200dti u\u034fntung") == "pasti untung"
    assert one_line("👩‍👩‍👧 ❤️‍🔥 👩🏽‍🌾") == "👩‍👩‍👧 ❤️‍🔥 👩🏽‍🌾"


@pytest.mark.parametrize(
    "text", ["", " \n ", "\u200d", "\u2800\u3164", "\u0301\u0301", "\u034f\ufe0f"]
)
def test_a_text_of_invisible_letters_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "1", "?", "👍", "❤️", "ke\u0301"])
def test_a_text_with_something_to_see_is_not(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Gabung di t.me/joinchat/abc ya", ("t.me/joinchat/abc",)),
        ("https://T.ME/+xyz dan https://t.me/+xyz", ("https://T.ME/+xyz", "https://t.me/+xyz")),
        ("tg://resolve?domain=x", ("tg://resolve?domain=x",)),
        ("telegram.me/penipu", ("telegram.me/penipu",)),
        ("\uff54.me/x", ("t.me/x",)),
        ("https://jualdulu.example/harga", ()),
        ("besok jam 9.me too / ya", ()),
    ],
)
def test_a_link_to_another_chat_is_found(text: str, links: tuple[str, ...]) -> None:
    assert chats_in(text) == links
