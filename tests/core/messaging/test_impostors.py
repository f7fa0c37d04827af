"""Names that pose as the office, stacked or invisible characters, links to other chats."""

import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.input.typed import MARKS_MAX, clean_text, has_stacked_marks, is_blank, one_line
from bot.core.members.people import LikeTheOffice, NotAName, full_name
from bot.core.messaging.impostors import chats_in, poses_as_office

COMPANY = "PT Jual Dulu Nusantara"
HONEST = """
    Aan Abdul Adi Adinda Admaja Admanto Adminah Adnan Agung Agus Ahmad Aisyah Ajeng Akbar Alif
    Aminah Ana Andi Andika Ani Anisa Anton Ari Arif Aris Asep Asih Asri Astuti Ayu Azis Bagus
    Bambang Basuki Bayu Bima Boti Botilda Budi Budiman Bunga Cahya Cahyono Candra Carla Citra
    Coki Csaba Dadang Dahlan Damar Daniel Darma Deni Desi Dewi Dian Dimas Dina Dodi Dwi Edi Eka
    Eko Elisabet Endang Erna Eva Fajar Farida Fatimah Fauzi Febri Feri Fitri Galih Ganda Gede
    Gilang Gita Gunawan Guntur Hadi Halimah Handoko Hani Hari Hartono Hasan Hendra Heri Hidayat
    Ibnu Ida Ika Ilham Imam Indah Indra Intan Iqbal Irawan Irma Iwan Jaka Jamal Joko Jumiati
    Junaidi Kadek Kamil Kantarin Kantorin Kartika Kartini Ketut Komang Kurnia Kusuma Laila Lani
    Lasmi Lestari Lilis Lina Lukman Lusi Made Mahendra Maharani Malik Manaf Mansur Mariam Marlina
    Maryam Mega Meri Mila Mitra Mulyani Mulyono Murni Mustafa Nanda Nani Nasution Neneng Ningsih
    Novi Nuraini Nurhaliza Nurul Nyoman Oki Okta Opera Paijo Pandu Permata Prabowo Pratama Prima
    Purnama Purwanto Puspita Putra Putri Rahmad Rahman Rahmat Raka Ramadhan Rani Ratna Ratu Reni
    Resmi Retno Rian Riki Rina Rini Riski Rizal Rohani Rosidah Rudi Rukmini Sabar Saiful Salim
    Salma Santi Santoso Saputra Sari Sartika Satria Setiawan Shinta Sigit Simanjuntak Sinta
    Siregar Siti Slamet Sofyan Sri Subagyo Sugeng Suharto Sukarno Sulastri
    Sumarni Suparman Supono Supriyadi Surya Susanti Susilo Sutrisno Suyanto Syahrul Tari Taufik
    Tedi Tini Titin Tri Umar Umi Usman Utami Utomo Vera Vina Wahyu Wati Wawan Wayan Widodo
    Wijaya Winarno Wulan Yani Yanto Yati Yoga Yudi Yuli Yuni Yusuf Zaenal Zahra Zainab Zulfikar
"""
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
        "Admin1", "Admin 1", "Admin2024", "1Admin", "4dmin1", "Adm1n!", "Kantor1", "Kantor 2",
        "CS1", "O1ficial", "Of1cial", "Offficial", "Adminn", "Kantorpusat", "Kantor-Pusat Budi",
        "Ad-min", "Ad.min Budi", "A D M I N Budi", "Admin_Budi", "AdminBudi", "Budi|Admin",
        "JualDuluNusantara Budi", "JualDuluNusantaraBudi", "Jual DuluNusantara", "PTNusantara",
        "Adminjualdulu", "Kantorcabang Jual Dulu", "C.S. Resmi", "CustomerService 24",
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
        "Kantorin", "Admiral Budi", "Ad Budi", "Min Hadi", "Botmas", "Sistemah", "Rahmad Minarto",
        "Budi 2", "Sari88", "C S Wijaya", "Officer", "Dulu Nusantara Budi", "JualDulu", "Lina2",
    ],
)  # fmt: skip
def test_all_other_names_join_as_usual(name: str) -> None:
    assert not poses_as_office(name, COMPANY)


def test_no_honest_name_is_taken_for_the_office() -> None:
    """Adminah and Kantorin are persons: their names only begin like words for the office."""
    taken = [
        name
        for first, last in product(HONEST.split(), ["", *HONEST.split()[::9]])
        for name in (f"{first} {last}".strip(), f"{first}{last.lower()}", f"{first}-{last}2")
        if poses_as_office(name, COMPANY)
    ]
    assert len(HONEST.split()) > 200
    assert taken == []


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
def test_no_letter_keeps_more_marks_than_allowed_whatever_is_typed(text: str) -> None:
    for cleaned in (one_line(text), clean_text(text, 100)):
        assert not has_stacked_marks(cleaned)
        assert "\u034f" not in cleaned
    assert MARKS_MAX == 2


def test_a_word_cannot_be_hidden_by_invisible_characters() -> None:
    assert one_line("pas\u200dti u\u034fntung") == "pasti untung"
    for unseen in "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef\u2065\ufff0\U000e0800":
        assert clean_text(f"pas{unseen}ti", 100) == "pasti"


@pytest.mark.parametrize(
    "pictures",
    ["👩‍👩‍👧 ❤️‍🔥 👩🏽‍🌾", "🙂‍↔️ 🙂‍↕️ 🏃‍♀️‍➡️", "↔️ ✔️ ☎️ ‼️ ⁉️ 〰️", "1️⃣ #️⃣ *️⃣", "🏳️‍🌈 🕵🏽‍♂️"],
)
def test_emoji_stay_whole(pictures: str) -> None:
    assert one_line(pictures) == pictures


@pytest.mark.parametrize(
    "text", ["", " \n ", "\u200d", "\u2800\u3164", "\u0301\u0301", "\u034f\ufe0f"]
)
def test_a_text_of_invisible_letters_is_blank(text: str) -> None:
    assert is_blank(text)


@given(
    st.text(
        st.sampled_from("a1?\u0301\u0322\u0344\u0f73\u1fef\uff9e\u200d\u2800\u3164\ufe0f❤\n\r")
    )
)
def test_a_text_is_blank_when_what_is_left_of_it_shows_nothing(text: str) -> None:
    left = clean_text(text, len(text) * 4)
    assert is_blank(text) == (not any(unicodedata.category(sign)[0] in "LNPS" for sign in left))


@pytest.mark.parametrize("text", ["a", "1", "?", "👍", "❤️", "ke\u0301"])
def test_a_text_with_something_visible_is_not_blank(text: str) -> None:
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
        ("https://cart.me/abc start.me mart.me/x my-t.me/x cart.me?x", ()),
        ("https://nama.t.me", ("https://nama.t.me",)),
        ("kantorlain.t.me, ya", ("kantorlain.t.me",)),
        ("https://t.me?x", ("https://t.me?x",)),
        ("https://t.me:443/abc", ("https://t.me:443/abc",)),
        ("..t.me/abc https://a,t.me/x", ("t.me/abc", "t.me/x")),
        ("https://foo@t.me/abc", ("t.me/abc",)),
        ("Tulis ke @kantorlain.", ("@kantorlain",)),
        ("www.t.me t.me/ budi@contoh.com @50rb @ibu", ()),
        ("https://tiktok.com/@jualdulu tiktok.com/@jualdulu", ()),
        ("@satulagi lalu t.me/dua", ("@satulagi", "t.me/dua")),
    ],
)
def test_a_link_to_another_chat_is_found(text: str, links: tuple[str, ...]) -> None:
    assert chats_in(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "t.me/dulu_bot", "https://t.me/Dulu_Bot?start=7K3M9QX2", "Buka @dulu_bot, ya",
        "dulu_bot.t.me", "www.t.me/dulu_bot.", "tg://resolve?domain=dulu_bot",
    ],
)  # fmt: skip
def test_a_link_to_the_bot_itself_leads_to_no_other_chat(text: str) -> None:
    assert chats_in(text, "Dulu_bot") == ()
    assert chats_in(text) != ()


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("t.me/dulu_bot2", ("t.me/dulu_bot2",)),
        ("@dulu_bot_2", ("@dulu_bot_2",)),
        ("t.me/dulu_bot,t.me/lain", ("t.me/lain",)),
        ("lain.t.me/dulu_bot", ("lain.t.me/dulu_bot",)),
    ],
)
def test_a_text_that_only_resembles_a_link_to_the_bot_is_found(
    text: str, links: tuple[str, ...]
) -> None:
    assert chats_in(text, "dulu_bot") == links
