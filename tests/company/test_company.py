"""The company file, and how its mistakes are reported."""

import dataclasses
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.company import (
    TIME_ZONES,
    Card,
    Company,
    CompanyError,
    Policy,
    Ramadan,
    Sending,
    load_company,
)
from bot.company.reading import lines_of
from bot.core.calendar import hours
from tests.company.english import english

SAMPLE = Path(__file__).parents[2] / "company.sample.toml"
SMALL = """\
[company]
name = "PT Kecil"
office_contact = "WA 0812-0000-9000"
root_code = "pusat"
languages = ["id"]

[[cards]]
slug = "company"
version = 2
id = '''
Kenalan dulu
Kami kecil.
'''
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "company.toml"


def refusal_of(file: Path) -> str:
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    return "\n".join(english(refused.value.found))


def faults_of(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    return [fault.removeprefix(str(file)) for fault in english(refused.value.found)]


def test_the_sample_is_sound_and_holds_the_five_cards_in_both_languages() -> None:
    company = load_company(SAMPLE)
    assert [card.slug for card in company.cards] == [
        "company",
        "goods",
        "plan",
        "ethics",
        "privacy",
    ]
    for card in company.cards:
        assert card.text("id") != card.text("en")
        for language in company.languages:
            assert card.title(language)
            assert card.body(language)


def test_the_values_of_the_sample_are_the_defaults() -> None:
    company = load_company(SAMPLE)
    assert dataclasses.replace(company.sending, ramadan=()) == Sending()
    assert company.policy == Policy()
    assert company.languages == ("id", "en")
    assert company.time_zone == "Asia/Jakarta"
    assert company.root_code == "PUSAT"


def test_a_small_file_gets_the_defaults(file: Path) -> None:
    file.write_text(SMALL, encoding="utf-8")
    assert load_company(file) == Company(
        name="PT Kecil",
        office_contact="WA 0812-0000-9000",
        root_code="PUSAT",
        languages=("id",),
        cards=(Card("company", 2, "Kenalan dulu\nKami kecil."),),
    )


def test_a_card_without_english_is_shown_in_indonesian() -> None:
    card = Card("company", 1, "Kenalan dulu\nKami kecil.")
    assert card.text("en") == card.id
    assert (card.title("en"), card.body("en")) == ("Kenalan dulu", "Kami kecil.")


def test_a_missing_file_is_reported_with_the_way_to_create_one(file: Path) -> None:
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    assert english(refused.value.found) == [
        f"{file} does not exist; begin with the sample: cp company.sample.toml {file}",
    ]


def test_a_path_that_is_no_text_file_is_reported(file: Path) -> None:
    file.write_bytes(b"\xff")
    assert "is not UTF-8 text" in refusal_of(file)
    said = refusal_of(file.parent)
    assert "cannot be read" in said or "is not a regular file" in said


def test_invalid_toml_is_reported_with_its_line(file: Path) -> None:
    (fault,) = faults_of(file, "[company]\nname = PT Kecil\n")
    assert fault == ':2: a text is written in quotes: name = "PT Kecil"'


def test_all_mistakes_are_reported_at_once_with_their_lines(file: Path) -> None:
    text = """\
[company]
name = ""
office_contcat = "WA"
root_code = "ABCD2345"
languages = ["id", "fr"]
time_zone = "Europe/Paris"

[sending]
from = "20:00"
until = "08:00"
per_second = 10
bulk_per_second = 31

[[sending.ramadan]]
first_day = 2027-03-09
last_day = 2027-02-08
from = "09:00"
until = "09:00"

[polcy]
minimum_age = 18

[policy]
minimum_age = true
approve_sales = "yes"

[[cards]]
slug = "plan"
version = 0
id = '''
slug = "not a key"
'''

[[cards]]
slug = "Plan"
version = 1
id = "Sepuluh huruf"
"""
    faults = faults_of(file, text)
    assert [fault.split(" must ")[0].split(" is ")[0] for fault in faults] == [
        ":1: [company] office_contact",
        ":2: [company] name",
        ":3: [company] office_contcat",
        ":4: [company] root_code",
        ":5: [company] languages",
        ":6: [company] time_zone",
        ":10: [sending] until",
        ":11: [sending] per_second",
        ":12: [sending] bulk_per_second",
        ":16: [[sending.ramadan]] 1 last_day",
        ":18: [[sending.ramadan]] 1 until",
        ":20: [polcy]",
        ":24: [policy] minimum_age",
        ":25: [policy] approve_sales",
        ":29: [[cards]] 1 version",
        ":35: [[cards]] 2 slug",
    ]
    assert ':10: [sending] until must be later than from ("20:00")' in faults
    assert faults[2].endswith("is not known here; did you mean office_contact?")
    assert faults[11].endswith("is not known here; did you mean policy?")


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("[[cards]]", "[sending]\ntip_hour = '20:00'\n[[cards]]", "[sending] tip_hour must lie"),
        ("[[cards]]", "[sending]\nfrom = 8\n[[cards]]", "[sending] from must be a time in quotes"),
        (
            "[[cards]]",
            "[sending]\nramadan_until = '09:00'\n[[cards]]",
            '[sending] ramadan_until must be later than ramadan_from ("09:30")',
        ),
        (
            "[[cards]]",
            "[sending]\nholidays_added = ['2027-01-01']\n[[cards]]",
            "[sending] holidays_added must be a list of days without quotes",
        ),
        (
            "[[cards]]",
            "[sending]\nholidays_added = [2027-01-02]\nholidays_removed = [2027-01-02]\n[[cards]]",
            "[sending] holidays_removed and holidays_added both hold 2027-01-02",
        ),
        ("[[cards]]", "[sending]\nramadan = 1\n[[cards]]", "must be tables under [[sending.ram"),
        ("[[cards]]", "[[sending]]\n[[cards]]", "so it begins with single brackets: [sending]"),
        ("[[cards]]", "[policy]\nx = 1\n[[cards]]", "[policy] x is not known here; known are app"),
        ("[[cards]]", "[cards]", "[cards] has single brackets; there may be several"),
        ('["id"]', '["id", "en"]', '1 en is missing, and [company] languages names "en"'),
        ('["id"]', '["id"]\npolicy = 1', "[company] policy is a table of its own: [policy]"),
        ("[company]", 'cards = []\n[company]\ncards = ""', "[cards] must hold at least one card"),
        ("[company]", "[sending.ramadan]\n[company]", "each begins with [[sending.ramadan]]"),
    ],
)
def test_one_mistake_is_reported_in_words(file: Path, was: str, now: str, fault: str) -> None:
    text = SMALL.replace(was, now, 1)
    if "cards = []" in text:
        text = text.partition("[[cards]]")[0]
    assert any(fault in reported for reported in faults_of(file, text)), faults_of(file, text)


def test_a_rate_that_older_files_have_is_to_be_deleted(file: Path) -> None:
    old = SMALL.replace("[[cards]]", "[sending]\nper_second = 25\n[[cards]]", 1)
    (fault,) = faults_of(file, old)
    assert fault.endswith(
        "[sending] per_second is not a setting any more: delete the line. "
        "bulk_per_second limits tips and broadcasts together"
    )


def test_two_cards_may_not_share_a_name(file: Path) -> None:
    card = SMALL.partition("[[cards]]")[2]
    (fault,) = faults_of(file, f"{SMALL}\n[[cards]]{card}")
    assert fault == ':16: [[cards]] 2 slug "company" is the slug of an earlier card'


def test_a_fault_is_reported_for_the_right_card_after_an_invalid_card(file: Path) -> None:
    card = SMALL.partition("[[cards]]")[2]
    text = SMALL.replace("version = 2", "version = 0") + f"[[cards]]{card}[[cards]]{card}"
    assert [fault.partition("]] ")[2][:6] for fault in faults_of(file, text)] == [
        "1 vers",
        "3 slug",
    ]


@pytest.mark.parametrize("code", ["PU", "12345", "ABCD2345", "PUS AT", "PUSÁT", "A" * 21])
def test_a_root_code_stays_outside_the_codes_of_members(file: Path, code: str) -> None:
    (fault,) = faults_of(file, SMALL.replace('"pusat"', f'"{code}"'))
    assert fault.startswith(":4: [company] root_code must be 3 to 20 letters and digits")


def test_the_hours_of_ramadan_hold_only_on_its_days() -> None:
    fast = Ramadan(date(2027, 2, 8), date(2027, 3, 9), time(9, 30), time(17))
    sending = Sending(ramadan=(fast,))
    usual, kind = (time(8), time(20)), (time(9, 30), time(17))
    assert sending.window_on(date(2027, 2, 7)) == usual
    assert sending.window_on(date(2027, 2, 8)) == kind
    assert sending.window_on(date(2027, 3, 9)) == kind
    assert sending.window_on(date(2027, 3, 10)) == usual


def test_ramadan_is_reckoned_for_years_that_the_company_does_not_name() -> None:
    usual, kind = (time(8), time(20)), (time(9, 30), time(17))
    # The government was a day later than the reckoning.
    named = Ramadan(date(2027, 2, 9), date(2027, 3, 10), time(10), time(16))
    sending = Sending(ramadan=(named,))
    assert sending.window_on(date(2027, 2, 8)) == usual
    assert sending.window_on(date(2027, 2, 9)) == (time(10), time(16))
    assert sending.window_on(date(2027, 3, 10)) == (time(10), time(16))
    assert sending.window_on(date(2028, 1, 27)) == usual
    assert sending.window_on(date(2028, 1, 28)) == kind
    assert sending.window_on(date(2028, 2, 25)) == kind
    assert sending.window_on(date(2028, 2, 26)) == usual


def test_two_ramadans_may_begin_in_one_year() -> None:
    named = Ramadan(date(2030, 1, 5), date(2030, 2, 3), time(10), time(16))
    sending = Sending(ramadan=(named,))
    assert sending.window_on(date(2030, 1, 6)) == (time(10), time(16))
    assert sending.window_on(date(2030, 12, 27)) == (time(9, 30), time(17))


def test_beyond_the_table_of_the_moon_every_day_has_the_usual_hours() -> None:
    assert Sending().window_on(date(2200, 1, 1)) == (time(8), time(20))


def test_training_rests_on_public_holidays_and_as_the_company_says() -> None:
    new_year, collective_leave = date(2027, 1, 1), date(2026, 12, 24)
    assert Sending().rests_on(new_year)
    assert not Sending().rests_on(collective_leave)
    own = Sending(holidays_added=(collective_leave,), holidays_removed=(new_year,))
    assert own.rests_on(collective_leave)
    assert not own.rests_on(new_year)


def test_the_zones_of_a_company_are_those_that_have_a_label() -> None:
    assert set(TIME_ZONES) == set(hours.LABELS)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b-c", "d_e"]),
            st.sampled_from(
                ["1", '"x = 1"', "'''\n[no]\nz = 1\n'''", '"""\n[[no]]"""', "[\n1,\n]"]
            ),
        ),
        max_size=8,
        unique_by=lambda pair: pair[0],
    ),
)
def test_the_line_of_every_key_is_found_whatever_its_value(pairs: list[tuple[str, str]]) -> None:
    text = "# heading\n[table]  # with a remark\n"
    expected: dict[tuple[str | int, ...], int] = {("table",): 2}
    for key, value in pairs:
        expected["table", key] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    assert lines_of(text) == expected


FAQ = """
[[faq]]
slug = "mlm"
asked = ["ini mlm ya?"]
id = "Ya, penjualan langsung."

[[faq]]
slug = "cost"
asked = ["bayar berapa?"]
id = "Gratis."
"""


def test_the_faq_is_read_in_the_order_of_the_file(file: Path) -> None:
    file.write_text(SMALL + FAQ, encoding="utf-8")
    entries = load_company(file).faq
    assert [entry.slug for entry in entries] == ["mlm", "cost"]
    assert entries[0].sentences == ("ini mlm ya?",)
    assert entries[0].heading("en") == "ini mlm ya?"
    assert entries[1].answer("en") == "Gratis."


def test_the_sample_has_its_faq_in_both_languages() -> None:
    entries = load_company(SAMPLE).faq
    assert len(entries) >= 10
    assert all(entry.en and entry.asked_en for entry in entries)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"Gratis."', '"Dijamin untung."', '[[faq]] 2 id promises too much with "Dijamin"'),
        (
            'slug = "cost"',
            'slug = "mlm"',
            '2 slug "mlm" is the slug of an earlier question',
        ),
        ('"bayar berapa?"', '"Ini  MLM ya?"', 'asked "Ini  MLM ya?" is asked in "mlm" too'),
        ('["bayar berapa?"]', "[]", "[[faq]] 2 asked must be a list of 1 to 20 sentences"),
        ('["bayar berapa?"]', '["ya"]', "[[faq]] 2 asked must be a list of 1 to 20 sentences"),
        ('["bayar berapa?"]', '"bayar?"', "[[faq]] 2 asked must be a list of 1 to 20 sentences"),
        ('["bayar berapa?"]', "[12]", "[[faq]] 2 asked must be a list of 1 to 20 sentences"),
        ('asked = ["bayar', 'aksed = ["bayar', "aksed is not known here; did you mean asked?"),
    ],
)
def test_a_fault_of_the_faq_is_told_with_its_place(
    file: Path, before: str, after: str, fault: str
) -> None:
    assert any(fault in each for each in faults_of(file, SMALL + FAQ.replace(before, after)))


def test_a_second_language_wants_its_answers_and_sentences(file: Path) -> None:
    faults = faults_of(file, SMALL.replace('["id"]', '["id", "en"]') + FAQ)
    assert sum("[[faq]] 1 en is missing" in each for each in faults) == 1
    assert sum("[[faq]] 2 asked_en is missing" in each for each in faults) == 1


def test_no_more_questions_than_can_be_compared(file: Path) -> None:
    many = "".join(
        f'[[faq]]\nslug = "q{number}"\nasked = ["tanya nomor {number}?"]\nid = "Ya."\n'
        for number in range(61)
    )
    assert any(
        "has 61 questions; 60 is the most" in each for each in faults_of(file, SMALL + many)
    )
