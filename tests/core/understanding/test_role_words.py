"""What an admin types about a role."""

import pytest

from bot.core.understanding.role_words import RoleWish, read_role, read_role_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("jadikan erni pelatih", RoleWish("erni", "trainer", grant=True)),
        ("tolong angkat Bu Erni jadi admin kantor", RoleWish("Bu Erni", "admin", grant=True)),
        ("cabut admin kantor dari budi wijaya", RoleWish("budi wijaya", "admin", grant=False)),
        ("cabut peran pelatih 015RJQ7Y", RoleWish("015RJQ7Y", "trainer", grant=False)),
        ("make erni an office admin", RoleWish("erni", "admin", grant=True)),
        ("remove the trainer role from erni", RoleWish("erni", "trainer", grant=False)),
    ],
)
def test_person_role_and_way_are_read(text: str, wish: RoleWish) -> None:
    assert read_role_wish(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "pelatih",
        "jadikan erni bos",
        "jadikan pelatih",
        "erni pelatih",
        "",
        "jadikan erni pelatih admin",
    ],
)
def test_other_texts_change_no_role(text: str) -> None:
    assert read_role_wish(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pelatih", ("trainer", None)),
        ("admin kantor", ("admin", None)),
        ("office admin", ("admin", None)),
        ("jadikan admin", ("admin", True)),
        ("cabut pelatih.", ("trainer", False)),
        ("bendahara", None),
        ("pelatih erni", None),
    ],
)
def test_an_answer_names_a_role(text: str, said: object) -> None:
    assert read_role(text) == said
