"""How the handling of an update ended.

python-telegram-bot returns neither whether a handler ran nor what it raised, so the worker sets
this variable before the update and reads it afterwards.
"""

from contextvars import ContextVar

__all__ = ["UpdateOutcome", "settled"]


class UpdateOutcome:
    """The outcome of one update.

    Attributes:
        row: the update's row in the inbox.
        handled: whether a handler took the update.
        error: what a handler raised; `ChatThrottledError` where the update must be
            tried again later.
    """

    def __init__(self, row: int) -> None:
        self.row = row
        self.handled = False
        self.error: BaseException | None = None


settled: ContextVar[UpdateOutcome] = ContextVar("settled")
