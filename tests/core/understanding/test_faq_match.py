"""Which question of the sample's FAQ a text asks; a text that asks none gets no answer."""

from pathlib import Path

import pytest

from bot.company import load_company
from bot.content.heard import spelling
from bot.core.understanding.faq_match import FaqIndex, is_clear

SAMPLE = load_company(Path(__file__).parents[3] / "company.sample.toml")
INDEX = FaqIndex({entry.slug: entry.sentences for entry in SAMPLE.faq}, spelling())

ASKED = """
mlm: ini MLM ya? | kak ini mlm bukan sih | is it an mlm | INI MLM KAH
mlm: kak saya tertarik tapi mau tanya dulu ini mlm bukan ya soalnya pernah ketipu
cost: bayar berapa? | daftarnya bayar gak kak? | berapa bayarnya | gratis ya? | modal brp kak
office: kantornya dimana | kantor nya di mana kak | alamatnya dimana ya | where's the office
earnings: dapat berapa sebulan? | sebulan bisa dapet brp | gajinya brp kak | how much do i earn
duty: wajib beli tiap bulan ga | wajib belanja gak tiap bulan
recruiting: harus ngajak orang ga kak | harus rekrut orang?
goods: jual apa aja kak | produknya apa sih
licence: ini penipuan ya | resmi ga ini | aman gak kak?
code: kode itu apa | kode sponsor apa sih
way: cara daftar gmn | caranya gimana | pakai ktp tidak
online: bisa jual di shopee gak
"""
NOT_ASKED = """
halo | selamat mlm kak | selamat malam | Siti Nurhaliza | Bayu Kantor | nanti dulu
saldo saya berapa | J 2 SABUN Bu Ani | bonus bulan ini berapa | tim saya
poin saya kurang berapa | kapan bonus cair | harga sabun berapa | kantor buka jam berapa
apakah ada seragam | ada pelatihan gak | ongkirnya berapa | barangnya bisa cod?
bisa bayar nanti? | Rina | order sabun 2 | umur minimal berapa | kode saya hilang
"""
PAIRS = [
    (text.strip(), slug)
    for line in ASKED.strip().splitlines()
    for slug, texts in [line.split(": ", 1)]
    for text in texts.split(" | ")
]
OTHERS = [text.strip() for line in NOT_ASKED.strip().splitlines() for text in line.split(" | ")]


@pytest.mark.parametrize(("text", "slug"), PAIRS)
def test_a_question_in_own_words_finds_its_answer(text: str, slug: str) -> None:
    matches = INDEX.matches(text)
    assert is_clear(matches)
    assert matches[0].key == slug


@pytest.mark.parametrize("text", OTHERS)
def test_a_text_that_asks_none_of_them_gets_no_answer(text: str) -> None:
    assert not is_clear(INDEX.matches(text))


def test_each_sentence_of_the_file_finds_its_own_question() -> None:
    for entry in SAMPLE.faq:
        for sentence in entry.sentences:
            matches = INDEX.matches(sentence)
            assert is_clear(matches), sentence
            assert matches[0].key == entry.slug


def test_two_questions_of_the_same_words_are_in_doubt() -> None:
    index = FaqIndex({"one": ["apakah ada seragam"], "two": ["seragam ada apa"]}, spelling())
    assert not is_clear(index.matches("ada seragam apa"))


def test_an_index_without_questions_finds_nothing() -> None:
    assert FaqIndex({}, spelling()).matches("ini mlm ya?") == ()
    assert FaqIndex({"one": ["ya kak"]}, spelling()).matches("ya kak") == ()
