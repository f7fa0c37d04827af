"""Draws pictures of the demo company's products."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from bot.store.products.price_list import ListedProduct

__all__ = ["picture_of"]

SIDE: Final = 400
DRAWN: Final = 2
"""Pictures are drawn larger by this factor and then scaled down, which smooths the edges."""

Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw

PAPER: Final[Colour] = (250, 246, 239)
SHADOW: Final[Colour] = (232, 224, 212)
INK: Final[Colour] = (74, 60, 46)
WHITE: Final[Colour] = (255, 255, 255)

COLOURS: Final[dict[str, Colour]] = {
    "SABUN": (196, 214, 120), "SBN-KOPI": (133, 94, 66), "SBN-ZAITUN": (156, 168, 92),
    "SBN-SUSU": (244, 232, 214), "SBN-CAIR": (128, 184, 110), "MDU-HUTAN-250": (214, 140, 38),
    "MDU-HUTAN-500": (190, 112, 24), "MDU-KELULUT": (163, 84, 28), "MDU-RANDU": (232, 178, 72),
    "TEH-KELOR": (98, 150, 82), "TEH-ROSELA": (176, 44, 72), "TEH-SECANG": (204, 84, 74),
    "TEH-HIJAU": (126, 166, 94), "KOPI-TORAJA": (92, 60, 40), "KOPI-JAHE": (150, 78, 46),
    "MYK-KELAPA": (236, 228, 196), "MYK-ZAITUN": (170, 164, 60), "MYK-URUT": (206, 196, 84),
    "LTN-LIDAHBUAYA": (134, 196, 152), "SMP-URANG": (70, 92, 84), "LIP-MADU": (226, 162, 92),
    "MSK-BERAS": (238, 226, 204), "SGR-KURMA": (112, 58, 40), "SGR-JAHE": (218, 158, 70),
}  # fmt: skip


def picture_of(product: ListedProduct) -> bytes:
    """Returns a PNG of the product on plain paper, the same each time."""
    side = SIDE * DRAWN
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    pen.ellipse(_box(0.18, 0.78, 0.82, 0.90), fill=SHADOW)
    _shape(product)(pen, COLOURS[product.sku])
    small = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shape(product: ListedProduct) -> Callable[[Pen, Colour], None]:
    """Returns the function that draws the packaging named on the label."""
    label = product.description
    if "batang" in label:
        return _bar
    if "Kotak" in label:
        return _carton
    if "Wadah" in label:
        return _pot
    if "Bubuk" in label:
        return _pouch
    return _jar if product.category == "Madu" else _bottle


def _bar(pen: Pen, colour: Colour) -> None:
    pen.rounded_rectangle(_box(0.16, 0.46, 0.84, 0.84), _px(0.09), fill=_darker(colour))
    pen.rounded_rectangle(_box(0.16, 0.40, 0.84, 0.76), _px(0.09), fill=colour)
    pen.rounded_rectangle(
        _box(0.28, 0.48, 0.72, 0.68), _px(0.05), outline=_darker(colour), width=8
    )
    _leaf(pen, 0.50, 0.58, 0.07, _darker(colour))


def _bottle(pen: Pen, colour: Colour) -> None:
    pen.rounded_rectangle(_box(0.43, 0.14, 0.57, 0.26), _px(0.02), fill=INK)
    pen.rectangle(_box(0.45, 0.24, 0.55, 0.34), fill=_lighter(colour))
    pen.rounded_rectangle(_box(0.30, 0.32, 0.70, 0.85), _px(0.08), fill=colour)
    pen.rounded_rectangle(_box(0.34, 0.36, 0.39, 0.80), _px(0.03), fill=_lighter(colour))
    _label(pen, 0.30, 0.50, 0.70, 0.72, colour)


def _jar(pen: Pen, colour: Colour) -> None:
    pen.rounded_rectangle(_box(0.30, 0.20, 0.70, 0.33), _px(0.03), fill=(236, 200, 92))
    pen.rounded_rectangle(_box(0.24, 0.31, 0.76, 0.85), _px(0.11), fill=colour)
    pen.rounded_rectangle(_box(0.28, 0.37, 0.34, 0.78), _px(0.03), fill=_lighter(colour))
    _label(pen, 0.24, 0.48, 0.76, 0.72, colour)


def _carton(pen: Pen, colour: Colour) -> None:
    side = [_at(0.72, 0.28), _at(0.86, 0.22), _at(0.86, 0.78), _at(0.72, 0.85)]
    top = [_at(0.18, 0.28), _at(0.32, 0.22), _at(0.86, 0.22), _at(0.72, 0.28)]
    pen.polygon(side, fill=_darker(colour))
    pen.polygon(top, fill=_lighter(colour))
    pen.rectangle(_box(0.18, 0.28, 0.72, 0.85), fill=colour)
    _label(pen, 0.18, 0.44, 0.72, 0.70, colour)


def _pouch(pen: Pen, colour: Colour) -> None:
    body = [_at(0.28, 0.24), _at(0.72, 0.24), _at(0.78, 0.85), _at(0.22, 0.85)]
    pen.polygon(body, fill=colour)
    pen.rectangle(_box(0.26, 0.18, 0.74, 0.26), fill=_darker(colour))
    _label(pen, 0.27, 0.44, 0.73, 0.70, colour)


def _pot(pen: Pen, colour: Colour) -> None:
    pen.rounded_rectangle(_box(0.24, 0.54, 0.76, 0.84), _px(0.06), fill=_lighter(colour))
    pen.rounded_rectangle(_box(0.21, 0.40, 0.79, 0.58), _px(0.05), fill=colour)
    _leaf(pen, 0.50, 0.49, 0.06, _lighter(colour))


def _label(pen: Pen, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
    """Draw white paper with a leaf and two lines of print."""
    pen.rectangle(_box(left, top, right, bottom), fill=WHITE)
    middle = (left + right) / 2
    _leaf(pen, middle, top + (bottom - top) * 0.36, 0.05, colour)
    for height, reach in ((0.68, 0.13), (0.82, 0.08)):
        at = top + (bottom - top) * height
        pen.rectangle(_box(middle - reach, at, middle + reach, at + 0.012), fill=INK)


def _leaf(pen: Pen, x: float, y: float, size: float, colour: Colour) -> None:
    pen.ellipse(_box(x - size, y - size * 0.5, x, y + size * 0.5), fill=colour)
    pen.ellipse(_box(x, y - size * 0.5, x + size, y + size * 0.5), fill=colour)


def _px(part: float) -> int:
    return int(part * SIDE * DRAWN)


def _at(x: float, y: float) -> tuple[int, int]:
    return _px(x), _px(y)


def _box(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return _px(left), _px(top), _px(right), _px(bottom)


def _darker(colour: Colour) -> Colour:
    red, green, blue = (each * 4 // 5 for each in colour)
    return red, green, blue


def _lighter(colour: Colour) -> Colour:
    red, green, blue = (each + (255 - each) * 2 // 5 for each in colour)
    return red, green, blue
