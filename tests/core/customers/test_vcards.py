"""Address books as phones write them, and files that were made to do harm."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.customers.new_customer import customer_name
from bot.core.customers.vcard_reader import PERSONS_MAX, VcardPerson, read_vcards
from bot.core.customers.vcard_writer import WrittenCard, write_vcards

ANI = VcardPerson("Bu Ani", "+6281234567890")
SECONDS_MAX = 6


def card(*lines: str, ends: str = "\r\n") -> str:
    return ends.join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


@pytest.mark.parametrize(
    "body",
    [
        card("FN:Bu Ani", "TEL;TYPE=CELL:0812-3456-7890"),
        card("FN:Bu Ani", "TEL;TYPE=CELL:0812-3456-7890", ends="\n"),
        card("FN:Bu Ani", "TEL;TYPE=CELL:0812-3456-7890", ends="\r"),
        "BEGIN:VCARD\nVERSION:2.1\nN:Ani;Bu;;;\nTEL;CELL;PREF:+6281234567890\nEND:VCARD\n",
        card("VERSION:4.0", "FN:Bu Ani", "TEL;VALUE=uri:tel:+62-812-3456-7890;ext=1"),
        card("N:Ani;;;Bu;", "item1.TEL:0812 3456 7890", "item1.X-ABLabel:iPhone"),
        card("FN:Bu Ani", "TEL;TYPE=HOME:021 555 1234", "TEL;TYPE=WORK:(0812) 3456-7890"),
        card("FN:Bu Ani", "TEL;TYPE=HOME:081111111111", "TEL;TYPE=cell:081234567890"),
        card("FN:Bu A", " ni", "TEL:0812345", "\t67890"),
        card("fn:bu ani", "tel:081234567890"),
        card(
            "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=42=75=20=41=",
            "=6E=69",
            "TEL:081234567890",
        ),
        card("ORG:Bu Ani;Bagian", "TEL:081234567890"),
        card("FN:Bu Ani", "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 9_000, "TEL:081234567890"),
        card("FN:Bu Ani", "AGENT:BEGIN:VCARD", "TEL:081234567890"),
        "Begin:vCard\nFN:Bu Ani\nTEL:081234567890\nend:vcard",
    ],
)
def test_a_card_is_read_however_it_is_written(body: str) -> None:
    assert read_vcards(body.encode()).persons == (ANI,)
    assert read_vcards(body.encode("utf-16")).persons == (ANI,)
    assert read_vcards(body.encode("utf-16-le")).persons == (ANI,)
    assert read_vcards(body.encode("utf-16-be")).persons == (ANI,)
    assert read_vcards(b"\xef\xbb\xbf" + body.encode()).persons == (ANI,)


def test_letters_of_other_languages_are_read_in_each_encoding() -> None:
    quoted = "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 =E2=98=95"
    (found,) = read_vcards(card(quoted, "TEL:081234567890").encode()).persons
    assert found.name == "Café ☕"
    (found,) = read_vcards(card("FN:José", "TEL:081234567890").encode("cp1252")).persons
    assert found.name == "José"
    latin = "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jos=E9"
    (found,) = read_vcards(card(latin, "TEL:081234567890").encode()).persons
    assert found.name == "José"


def test_escaped_signs_are_plain_again() -> None:
    body = card(r"FN:Toko Ani\, Bu\; Jaya\\ \n", "TEL:081234567890")
    (found,) = read_vcards(body.encode()).persons
    assert found.name == "Toko Ani, Bu; Jaya\\"


def test_who_has_no_name_or_no_mobile_number_is_skipped_and_a_number_comes_once() -> None:
    body = "".join(
        (
            card("FN:Bu Ani", "TEL:081234567890"),
            card("FN:Ani lagi", "TEL:+62 812 3456 7890"),
            card("FN:💐🌸", "TEL:081234567891"),
            card("FN:Kantor", "TEL:021 555 1234"),
            card("TEL:081234567892"),
            card("FN:Tanpa nomor"),
        )
    )
    found = read_vcards(body.encode())
    assert found.persons == (ANI,)
    assert (found.skipped, found.more) == (4, False)


@pytest.mark.parametrize(
    "body", [b"", b"\0", b"\xff\xfe", b"%PDF-1.7", b"BEGIN:VCARD", b"END:VCARD"]
)
def test_what_is_no_address_book_has_nobody(body: bytes) -> None:
    assert read_vcards(body).persons == ()


BOMBS = {
    "one endless line": b"BEGIN:VCARD\nFN:" + b"a" * 4_000_000,
    "folds": b"BEGIN:VCARD\nFN:a" + b"\n a" * 1_000_000,
    "soft breaks": b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:" + b"=\n" * 1_000_000,
    "cards in cards": b"BEGIN:VCARD\n" * 300_000,
    "ends": b"END:VCARD\n" * 300_000,
    "numbers": b"BEGIN:VCARD\nFN:A\n" + b"TEL:1\n" * 500_000 + b"END:VCARD",
    "escapes": b"BEGIN:VCARD\nFN:" + b"\\" * 4_000_000,
    "semicolons": b"BEGIN:VCARD\nTEL" + b";" * 4_000_000 + b":1",
    "parts": b"BEGIN:VCARD\nN:" + b";" * 4_000_000,
    "spaces": b" " * 4_000_000,
    "line ends": b"\r\n" * 2_000_000,
    "marks": b"BEGIN:VCARD\nFN:a" + "\u0301".encode() * 1_000_000 + b"\nTEL:1\nEND:VCARD",
    "empty cards": b"BEGIN:VCARD\nEND:VCARD\n" * 150_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_was_made_to_do_harm_is_read_in_time(name: str) -> None:
    began = time.thread_time()
    assert read_vcards(BOMBS[name]).persons == ()
    assert time.thread_time() - began < SECONDS_MAX


def test_of_ten_thousand_contacts_only_so_many_are_read() -> None:
    body = "".join(card(f"FN:Orang {n}", f"TEL:0812{n:08d}") for n in range(10_000, 20_000))
    began = time.thread_time()
    found = read_vcards(body.encode())
    assert time.thread_time() - began < SECONDS_MAX
    assert len(found.persons) == PERSONS_MAX
    assert found.more


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    read_vcards(body)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["BEGIN:VCARD", "END:VCARD", "FN:Bu Ani", "TEL:081234567890", " ", "=", ""]
        ),
        st.text(string.printable, max_size=40),
    ),
    max_size=20,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-16"]))
def test_any_lines_are_read_and_each_person_has_a_name_and_a_number(
    lines: list[str], ends: str, encoding: str
) -> None:
    for person in read_vcards(ends.join(lines).encode(encoding, "replace")).persons:
        assert person.name.strip() == person.name != ""
        assert person.phone.startswith("+")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), max_size=50).map(
    lambda name: f"Bu {name} Z"
)
NUMBERS = st.integers(min_value=10_000_000, max_value=99_999_999).map(lambda n: f"+62812{n}")


@given(st.lists(st.tuples(NAMES, NUMBERS, st.text(max_size=200)), max_size=5))
def test_what_was_written_is_read_again(rows: list[tuple[str, str, str]]) -> None:
    body = write_vcards(WrittenCard(*row) for row in rows)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    found = read_vcards(body).persons
    assert [each.phone for each in found] == list(dict.fromkeys(phone for _, phone, _ in rows))
    for person in found:
        wrote = next(name for name, phone, _ in rows if phone == person.phone)
        assert person.name == customer_name(wrote)
