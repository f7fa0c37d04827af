"""Names for what a conversation will bring about, given before it is brought about."""

__all__ = ["REFERENCE_BITS", "new_reference"]

SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
REFERENCE_LENGTH = 10
REFERENCE_BITS = 50


def new_reference(chance: int) -> str:
    """A name nobody used before, from 50 random bits."""
    symbols = []
    for _ in range(REFERENCE_LENGTH):
        chance, place = divmod(chance, len(SYMBOLS))
        symbols.append(SYMBOLS[place])
    return "".join(symbols)
