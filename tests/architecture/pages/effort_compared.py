"""Twelve tasks of a seller's day, beside a paper notebook and a usual sales form.

The rules by which steps are counted stand in docs/effort.md. `what` is the remark of a transcript
(`# Effort: a payment noted`): a task whose transcript is not there yet has no row.
"""

from dataclasses import dataclass
from typing import Final

__all__ = ["TASKS", "Task"]


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        what: as the transcript calls it.
        steps_max: how many taps and lines it may take in the chat.
        paper: the steps in a notebook; none where paper cannot do it.
        form: the steps in a form; none where a usual form cannot do it.
        lacks: what is still missing after these steps, or why there are none.
    """

    what: str
    steps_max: int
    paper: tuple[str, ...]
    form: tuple[str, ...]
    lacks: str


SALE_ON_PAPER: Final = (
    "open the page of the day",
    "buyer",
    "goods",
    "number",
    "price",
    "work out the total",
    "write it",
)
SALE_IN_A_FORM: Final = (
    "open the form",
    "buyer",
    "product",
    "number",
    "price",
    "save",
)

TASKS: Final = (
    Task(
        "a sale in one line",
        2,
        SALE_ON_PAPER,
        SALE_IN_A_FORM,
        "On paper neither profit nor points are worked out, and the office knows nothing of it.",
    ),
    Task(
        "the same sale once more, from its receipt",
        2,
        ("find the former entry", *SALE_ON_PAPER),
        ("open the list of sales", "open the former sale", "copy it", "save"),
        "On paper the price of today has to be known; few forms can copy a sale.",
    ),
    Task(
        "four things changed on a receipt",
        6,
        ("find the entry", "number", "price", "buyer", "day", "work out the total", "write it"),
        ("open the list", "open the sale", "number", "price", "buyer", "day", "save"),
        "On paper what stood there before cannot be read any more.",
    ),
    Task(
        "goods come back, entered by the seller",
        4,
        ("find the entry", "goods", "number", "work out the money", "write it"),
        ("open the list", "open the sale", "return", "number", "reason", "save"),
        "On paper the office, points and bonus know nothing of it.",
    ),
    Task(
        "what a price would bring, asked in one line",
        1,
        (
            "look up the member price",
            "multiply it",
            "take it off the price",
            "take off the way",
            "divide by the pieces",
        ),
        (),
        "A form records a sale and cannot be asked; on paper the company's limits are not known.",
    ),
    Task(
        "one's own month in the mirror",
        1,
        (
            "leaf through the month and list who bought",
            "leaf back for each, whether they bought before",
            "count those who came again",
            "count the new ones",
            "do the same for the month before",
        ),
        ("open the reports", "choose the month", "choose the month before"),
        "On paper each of the first two is a step for every sale. Reports of forms count sales "
        "and seldom who came again.",
    ),
    Task(
        "a customer's card",
        2,
        (
            "find the page of the customer",
            "leaf through the days for what was bought",
            "add up what is owed",
        ),
        ("open the list of customers", "type the name", "open the customer"),
        "On paper there is one only for customers who have a page of their own.",
    ),
    Task(
        "a debt noted with the sale",
        2,
        (*SALE_ON_PAPER, "open the page of debts", "name", "amount", "day"),
        (*SALE_IN_A_FORM[:-1], "not paid", "day it is due", "save"),
        "On paper the day has to be remembered.",
    ),
    Task(
        "a payment noted",
        3,
        (
            "find the debt",
            "amount",
            "day",
            "work out what is left",
            "write it",
        ),
        ("open the customer", "open the invoice", "amount", "means", "save"),
        "A form wants an invoice for each payment; one that pays two of them is entered twice.",
    ),
    Task(
        "who owes",
        1,
        ("open the page of debts", "leave out what is paid", "add up each customer", "add up all"),
        ("open the reports", "open unpaid sales"),
        "On paper it is as right as the last payment that was written down.",
    ),
    Task(
        "today's list worked off",
        8,
        (),
        (),
        "Paper has no list of its own: all customers would have to be gone through each morning, "
        "with what each bought, when, and how long it lasts. A usual form has none either.",
    ),
    Task(
        "a repeat sale from a customer",
        4,
        ("find the customer's last entry", *SALE_ON_PAPER),
        ("open the customer", "open the last sale", "copy it", "save"),
        "On paper the price of today has to be known.",
    ),
)
"""Everyday tasks, in the order of a seller's day."""
