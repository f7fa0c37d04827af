"""Names, years and numbers of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import (
    NAME_CHARACTERS_MAX,
    NAME_CHARACTERS_MIN,
    NameTooLong,
    NameTooShort,
    NotAName,
    NotAPhone,
    NotAYear,
    TooYoung,
    YearUnlikely,
    birth_year,
    clean_text,
    first_name,
    full_name,
    masked_name,
    phone_number,
    short_phone,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Suharto", "Suharto"),
        ("  Siti   Nur'aini ", "Siti Nur'aini"),
        ("Budi\nWijaya", "Budi Wijaya"),
        ("H. Ahmad Dahlan, S.Pd., M.M.", "H. Ahmad Dahlan, S.Pd., M.M."),
        ("Anna-Maria d’Cunha", "Anna-Maria d’Cunha"),
        ("I Gusti Ngurah 2", "I Gusti Ngurah 2"),
        ("李小龙", "李小龙"),
        ("محمد علي", "محمد علي"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Sari 🌸", "Sari"),
        ("❤️ Dewi ❤️", "Dewi"),
        ("Budi\u202e ayajiW", "Budi ayajiW"),
        ("Sa\u200bri\x00", "Sari"),
        ("Sari,", "Sari"),
        ("Al", "Al"),
        ("A" * 64, "A" * 64),
    ],
)
def test_a_name_is_kept_as_its_owner_writes_it(typed: str, name: str) -> None:
    assert full_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", NameTooShort(2)),
        ("A", NameTooShort(2)),
        ("🌸", NameTooShort(2)),
        ("\u3164\u3164\u3164", NameTooShort(2)),
        ("A" * 65, NameTooLong(64)),
        ("A" * 4_000, NameTooLong(64)),
        ("12", NotAName()),
        ("08123456789", NotAName()),
        ("Sari 08123456789", NotAName()),
        ("...", NotAName()),
        (". .", NotAName()),
        ("https://contoh.id", NotAName()),
        ("www.contoh.com/sari", NotAName()),
        ("t.me/sari", NotAName()),
        ("sari@contoh.id", NotAName()),
        ("<b>Sari</b>", NotAName()),
        ("{{ you }}", NotAName()),
        ("Sari & Budi", NotAName()),
        ("a/b\\c", NotAName()),
    ],
)
def test_a_text_that_is_no_name_is_refused(typed: str, message: Message) -> None:
    with pytest.raises(Refusal) as refused:
        full_name(typed)
    assert refused.value.message == message


@given(st.text(max_size=80))
def test_a_name_is_short_and_harmless_or_refused(typed: str) -> None:
    try:
        name = full_name(typed)
    except Refusal:
        return
    assert NAME_CHARACTERS_MIN <= len(name) <= NAME_CHARACTERS_MAX
    assert not set(name) & set("<>&{}[]()\n\r\t\0\u202e\u2066_*@#:")
    assert full_name(name) == name
    assert first_name(name)
    assert masked_name(name)


@pytest.mark.parametrize(
    ("name", "first", "masked"),
    [
        ("Ny Wati Rahayu", "Wati", "Wati R."),
        ("Moh Rizal", "Rizal", "Rizal"),
        ("Tn. Budi", "Budi", "Budi"),
        ("Abd Rahman Saleh", "Rahman", "Rahman S."),
        ("A M Fadli", "Fadli", "Fadli"),
        ("Muh", "Muh", "Muh"),
        ("Budi Wijaya", "Budi", "Budi W."),
        ("Suharto", "Suharto", "Suharto"),
        ("BUDI WIJAYA", "Budi", "Budi W."),
        ("siti nur aini", "Siti", "Siti N."),
        ("H. Ahmad Dahlan, S.Pd.", "Ahmad", "Ahmad D."),
        ("Hj. Siti Aminah", "Siti", "Siti A."),
        ("Dr. Ir. Sri Mulyani", "Sri", "Sri M."),
        ("Budi, S.E.", "Budi", "Budi"),
        ("I Made Wirawan", "Made", "Made W."),
        ("Ni Luh Ayu", "Luh", "Luh A."),
        ("M. Rizki", "Rizki", "Rizki"),
        ("Ibu Sari Dewi", "Sari", "Sari D."),
        ("McDonald Tan", "McDonald", "McDonald T."),
        ("李 小龙", "李", "李 小."),
        ("H.", "H.", "H."),
    ],
)
def test_people_are_addressed_and_masked_by_the_name_they_are_called(
    name: str, first: str, masked: str
) -> None:
    assert first_name(name) == first
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("1985", 1985),
        (" 2008 ", 2008),
        ("tahun 1985", 1985),
        ("12-05-1985", 1985),
        ("lahir thn 1970", 1970),
        ("1/2/1999", 1999),
        ("1926", 1926),
    ],
)
def test_a_year_of_birth_is_read(typed: str, year: int) -> None:
    assert birth_year(typed, 2026, 18) == year


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2009", TooYoung(18)),
        ("2026", TooYoung(18)),
        ("2027", YearUnlikely(2027)),
        ("1925", YearUnlikely(1925)),
        ("85", NotAYear("85")),
        ("tua", NotAYear("tua")),
        ("", NotAYear("")),
        ("19855", NotAYear("19855")),
        ("0812 1985", NotAYear("0812 1985")),
        ("１９８５", NotAYear("１９８５")),
        ("3000", NotAYear("3000")),
    ],
)
def test_an_unlikely_year_of_birth_is_refused(typed: str, message: Message) -> None:
    with pytest.raises(Refusal) as refused:
        birth_year(typed, 2026, 18)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("081234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("+62 0812 3456 7890", "+6281234567890"),
        ("(0812) 3456.7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("+60 12-345 6789", "+60123456789"),
        ("+1 202-555-0123", "+12025550123"),
    ],
)
def test_a_mobile_number_gets_one_form(typed: str, number: str) -> None:
    assert phone_number(typed) == number
    assert phone_number(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0812",
        "halo",
        "0812-ABCD-EFG",
        "021 5551234",
        "+62215551234",
        "081234567890123456",
        "+999123456789",
        "０８１２３４５６７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "081234567890 ext 5",
        "1" * 4_000,
    ],
)
def test_a_text_that_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        phone_number(typed)
    assert isinstance(refused.value.message, NotAPhone)


def test_numbers_are_distinguished_by_their_last_four_digits() -> None:
    assert short_phone("+6281234567890") == "7890"


def test_a_cleaned_text_keeps_its_lines_and_loses_what_cannot_be_seen() -> None:
    typed = " Halo\u202e  Bu\tSari\r\n\r\n\r\n\r\nsatu\u2028dua\x00\u200e 👩\u200d👩 "
    assert clean_text(typed, 100) == "Halo Bu Sari\n\nsatu\ndua 👩\u200d👩"
    assert clean_text("satu dua", 5) == "satu"
