"""What newcomers write that is no name and no code."""

import pytest

from bot.core.members.joining_words import has_no_code, is_question, says_later


@pytest.mark.parametrize(
    "text",
    [
        "nanti dulu",
        "hmm nanti dulu deh",
        "Nanti ya kak",
        "lain kali aja",
        "pikir-pikir dulu",
        "mau saya pikir pikir dulu",
        "tanya suami dulu ya",
        "not now, maybe later",
        "later",
        "I'll think about it",
    ],
)
def test_later_is_heard(text: str) -> None:
    assert says_later(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nanti Wijaya",
        "Rina Marlina",
        "",
        "oke",
        "besok",
        "nanti " * 60,
        "kapan bisa datang",
        "Ani",
    ],
)
def test_a_name_or_an_answer_is_not_later(text: str) -> None:
    assert not says_later(text)


@pytest.mark.parametrize(
    "text",
    [
        "tidak ada kode",
        "gak punya kode kak",
        "belum ada kode sponsor",
        "ga ada",
        "belum punya",
        "tidak tahu kodenya",
        "lupa kodenya",
        "I don't have a code",
        "no code yet",
    ],
)
def test_no_code_is_no_code(text: str) -> None:
    assert has_no_code(text)


@pytest.mark.parametrize(
    "text",
    ["7K3M9QX2", "PUSAT", "kode", "tidak", "kodenya 7K3M9QX2", "belum", "tidak ada uang", ""],
)
def test_a_code_or_another_text_is_not_without_one(text: str) -> None:
    assert not has_no_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "ini MLM ya?",
        "bayar berapa",
        "kantornya dimana kak",
        "boleh bayar belakangan ya",
        "where is your office",
        "serius? saya ragu",
        '"gratis?" katanya',
    ],
)
def test_a_question_is_told_by_its_mark_or_its_words(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Endi Suhendi",
        "Neng Siti",
        "Nandi",
        "Sapta Pira",
        "Bisa Ananta",
        "May Sari Dewi",
        "Apa",
        "https://t.me/jualdulu_bot?start=7K3M9QX2",
        "Jawa Barat",
        "",
    ],
)
def test_a_name_a_link_or_a_place_is_no_question(text: str) -> None:
    assert not is_question(text)
