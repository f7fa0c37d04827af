"""What a soak has found."""

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Findings"]


@dataclass
class Findings:
    """What is wrong, and the figures."""

    wrong: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    repeated: int = 0

    def claim(self, holds: object, words: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.append(words)
