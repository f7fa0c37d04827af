"""What the page of the demo asks a visitor to try."""

from typing import Any

from bot.cli.demo.cast import people_file
from bot.cli.demo.guide import GuideStep, guide

LANGUAGES = {"id", "en"}


def test_every_word_of_the_guide_is_there_in_both_languages() -> None:
    told: dict[str, Any] = guide([])
    spoken = [told["about"], told["after"], told["speak"]]
    spoken += [step[part] for step in told["steps"] for part in ("title", "hint")]
    spoken += [step["write"] for step in told["steps"] if "write" in step]
    assert all(set(words) == LANGUAGES and all(words.values()) for words in spoken)


def test_each_step_is_done_on_a_phone_of_the_page() -> None:
    told: dict[str, Any] = guide({GuideStep.SELL})
    shown = {person["id"] for person in people_file() if person["show"]}
    assert {step["person"] for step in told["steps"]} <= shown
    assert [step["done"] for step in told["steps"]] == [False, True, False]


def test_people_on_the_page_have_a_zone_and_words_in_both_languages() -> None:
    people: list[dict[str, Any]] = [person for person in people_file() if person["show"]]
    assert {person["zone"] for person in people} == {"Asia/Jakarta", "Asia/Makassar"}
    assert all(set(person["note"]) == LANGUAGES for person in people)
