"""Persons of a contact file are picked one by one, and not all at once."""

import pytest

from bot.core.conversation.messages import Refusal
from bot.flows.customers import contact_file
from bot.flows.customers.contact_file_messages import ContactPage, PickedContact, PickedEnough

ROWS = tuple(
    PickedContact(number, f"Bu {number}", f"+62812000{number:04d}", "") for number in range(30)
)
PAGE = ContactPage(ROWS, len(ROWS))


def test_so_many_are_picked_at_once_and_a_second_press_leaves_one_out() -> None:
    picked: dict[int, PickedContact] = {}
    for number in range(contact_file.PICKED_MAX):
        contact_file._pick(picked, PAGE, number)
    with pytest.raises(Refusal) as refused:
        contact_file._pick(picked, PAGE, contact_file.PICKED_MAX)
    assert refused.value.message == PickedEnough(contact_file.PICKED_MAX)
    contact_file._pick(picked, PAGE, 0)
    contact_file._pick(picked, PAGE, contact_file.PICKED_MAX)
    assert sorted(picked) == list(range(1, contact_file.PICKED_MAX + 1))
