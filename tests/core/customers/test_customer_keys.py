"""A customer's key: the same for every way of typing one name, and another for another person."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.customers.customer_keys import MARK, name_key, parts_of, phone_in

WOMEN = ("Bu", "Ibu", "ibuk", "Ny.", "Nyonya", "Hj.", "Bu Hj.", "Ibu Hajah", "Dra.", "Mrs")
MEN = ("Pak", "Bapak", "Bpk.", "bp", "H.", "Haji", "Pak H.", "Pak Haji", "Drs.", "Tn", "Mr")
OTHERS = ("Mbak", "Mba", "Kak", "Mas", "Bang", "Tante", "Om", "Koh", "Bidan")
DECORATIONS = (
    "",
    " 🙏",
    "🌸",
    "*",
    "_",
    " ~",
    "!!",
    "  ",
    " 👩‍👧",
    "\u0301",
    "\ufe0f",
    " ✨💐",
    "™",
)

NAMES = st.lists(
    st.sampled_from(("nur", "ani", "wati", "siti", "ma'ruf", "rt 3", "2", "melati", "sumiyati")),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            ("Bu Ani", "IBU  ANI 🙏", "Ny. Ani", "Hj. Ani", "Bu Hj. Ani", "*Bu Áni*", "bu.ani"),
            "bu ani",
        ),
        (("Pak Nur", "H. Nur", "H.Nur", "Bapak Haji Nur", "Drs. Nur", "Pak dr. Nur"), "pak nur"),
        (("Budi", "dr. Budi", "Ir. BUDI", "Prof. Dr. Budi"), "budi"),
        (("Mba Wati", "mbak wati", "Mbk. Wati"), "mbak wati"),
        (("Bu Ani RT 03/RW 05", "bu ani rt3 rw5", "Ibu Ani, RT.3 / RW.5"), "bu ani rt 3 rw 5"),
        (("Warung Bu Siti", "WRG. Ibu Siti", "warung bu siti 🍜"), "warung bu siti"),
        (("Bu Ani 2", "Bu Ani (2)", "Bu Ani 2️⃣", "bu ani ②"), "bu ani 2"),
        (
            ("Ani 0812-3456-7890", "ani +62 812 3456 7890", "Ani (081234567890)"),
            "ani 081234567890",
        ),
        (("Ma'ruf", "Maruf", "MA’RUF"), "maruf"),
        (("Pak Haji", "Bapak Haji"), "pak haji"),
        (("Ｂｕ Ａｎｉ", "ⓑⓤ ⓐⓝⓘ"), "bu ani"),
    ],
)
def test_one_name_has_one_key_however_it_is_typed(names: tuple[str, ...], key: str) -> None:
    assert {name: name_key(name) for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize(
    "apart",
    [
        ("Bu Nur", "Pak Nur", "Nur", "Mbak Nur", "Kak Nur"),
        ("H. Nur", "Hj. Nur"),
        ("Bu Ani", "Bu Ani RT 3", "Bu Ani RT 5", "Bu Ani 2", "Warung Bu Ani", "Toko Bu Ani"),
        ("Bu Ani", "Bu Ani Melati", "Bu Anni"),
        ("RT 3/5", "RT 35"),
        ("Pak RT", "Pak RW"),
        ("किरण", "करण"),
    ],
)
def test_whatever_tells_people_apart_is_in_the_key(apart: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in apart}) == len(apart)


@given(st.text(max_size=80))
@example("Bu Ibu Mrs Hj H.")
@example("062 1234567890123")
@example("0/812/345/678")
@example("H. Haji Bu dr. İß 🅰 ﷺ")
@example("Toko Warung tk Bu")
@example("dr. tk Bu")
@example("ŉ")
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
    assert MARK not in name_key(name) or not any(map(str.isalnum, name))


@given(NAMES, st.sampled_from((*WOMEN, *MEN, *OTHERS)), st.data())
def test_decoration_case_and_blanks_change_nothing(
    name: str, title: str, data: st.DataObject
) -> None:
    words = f"{title} {name}".split()
    around = st.sampled_from(DECORATIONS)
    typed = "  ".join(f"{word}{data.draw(around)}" for word in words)
    upper = data.draw(st.booleans())
    assert name_key(f"🌸 {typed.upper() if upper else typed.lower()}") == name_key(
        f"{title} {name}"
    )


@given(NAMES, st.sampled_from(WOMEN), st.sampled_from(MEN))
def test_a_woman_is_never_a_man_nor_a_name_without_a_title(name: str, she: str, he: str) -> None:
    keys = {name_key(f"{she} {name}"), name_key(f"{he} {name}"), name_key(name)}
    assert len(keys) == 3


@given(NAMES, st.sampled_from((WOMEN, MEN)), st.data())
def test_the_spelling_of_a_title_does_not_count(
    name: str, titles: tuple[str, ...], data: st.DataObject
) -> None:
    one, other = data.draw(st.sampled_from(titles)), data.draw(st.sampled_from(titles))
    assert name_key(f"{one} {name}") == name_key(f"{other} {name}")


@given(NAMES, st.sampled_from((*WOMEN, *MEN, *OTHERS, "")))
def test_the_parts_of_a_key_are_the_key_again(name: str, title: str) -> None:
    key = name_key(f"{title} {name}")
    parts = parts_of(key)
    said = {parts.shop, parts.title, *parts.words, *parts.numbers} - {""}
    assert said == set(key.split())
    assert parts_of(f"{key}{MARK}17") == parts


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("Bu Nur 0812-3456-7890", "081234567890"),
        ("+62 812 3456 7890 Bu Nur", "081234567890"),
        ("Bu Nur (0812.3456.789)", "08123456789"),
        ("Toko 0411 123456", "0411123456"),
        ("Bu Nur 081234567890 atau 085200001111", "081234567890"),
        ("Bu Nur 081234567890 / 085200001111", ""),
        ("Bu Nur", ""),
        ("Bu Nur RT 03 No 12", ""),
        ("Bu Nur 12345678", ""),
        ("Bu Nur 0000000000", ""),
        ("Bu Nur 812345678901", ""),
    ],
)
def test_a_telephone_number_in_a_name_is_found_however_it_is_typed(name: str, phone: str) -> None:
    assert phone_in(name_key(name)) == phone
    assert phone_in(f"{name_key(name)}{MARK}17") == phone
