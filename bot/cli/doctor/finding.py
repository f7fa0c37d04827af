"""A finding of the doctor."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `remedy` says what to do."""

    mark: Literal["ok", "warn", "fail"]
    what: str
    remedy: str = ""
