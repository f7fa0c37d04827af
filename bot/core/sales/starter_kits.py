"""Starter kits, the products that people join with: no bonus is ever paid on them.

A commission on what people buy in order to join is a commission on recruiting (Permendag 70/2019
Art. 30). So a product of such a category has neither points nor bonus value, wherever its terms
are entered.
"""

import re
from typing import Final

__all__ = ["STARTER_KIT_LAW", "is_starter_kit"]

STARTER_KIT_LAW: Final = "Permendag 70/2019 Art. 30(1)"

# Words that mean joining by themselves, and those that do so beside "kit" or "paket".
JOINING: Final = re.compile(
    r"starter\w*|pendaftaran|registrasi|registration|keanggotaan|membership"
)
KIT: Final = re.compile(r"kit|paket|pack|package")
BEGINNING: Final = re.compile(
    r"awal|daftar|perdana|gabung|bergabung|join\w*|anggota|mitra|member|distributor|agen|sponsor"
    r"|perkenalan|welcome|basic|enrol\w*|signup|sign"
)


def is_starter_kit(category: str) -> bool:
    """Returns whether a category of the price list has starter kits, such as "Paket Awal"."""
    words = re.findall(r"[^\W_]+", category.casefold())
    if any(JOINING.fullmatch(word) for word in words):
        return True
    kit = any(KIT.fullmatch(word) for word in words)
    return kit and any(BEGINNING.fullmatch(word) for word in words)
