"""What the handlers made of an update, told to the worker behind python-telegram-bot's back."""

from contextvars import ContextVar

__all__ = ["UpdateOutcome", "settled"]


class UpdateOutcome:
    """The outcome of one update.

    Attributes:
        row: its row in the inbox.
        incoming: whether a handler took it.
        error: what a handler raised; `Hushed` where the update is to be tried again later.
    """

    def __init__(self, row: int) -> None:
        self.row = row
        self.handled = False
        self.error: BaseException | None = None


settled: ContextVar[UpdateOutcome] = ContextVar("settled")
