"""No reader can be left out of the suite: the code is looked through for them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.hostile.discovery import found
from tests.hostile.readers import EXCUSED, WITH_MORE, forget, readers
from tests.hostile.shapes import SHAPES

SAID = (
    *(text_of(60) for text_of in list(SHAPES.values())[::4]),
    *(
        "j 2 sabun @50 bu ani kemarin",
        "setengah lusin teh 100rb total",
        "Senin lalu",
        "2 hari lalu",
    ),
    *("5 nov", "12/11/2026", "1,5jt", "0812 3456 7890", "1970", "Siti Aminah", "sulsel", "jam 9"),
    *("7K3M9QX2", "https://t.me/jualdulu_bot?start=7K3M9QX2", "oktober 2026", "S-1023", "{nama}"),
    *("x://y", "{nma}", "<b>x</b>", "2,5 %", "2026-03-01", "03/04/2024", "1 Mar 2024", "45001"),
    *("j 2 sabun tgl 9 bulan lalu", "bulan lalu tgl 9", "kntr brp"),
    *("kemarin bu ani sabun 2, teh 1, bu sri madu 1, 2 bu tutik, lunas semua",),
    *("j ke bu ani rina sabun 2", "60rb satu", "25000", "j 6 potong sabun bu ani"),
    *("j 2 sabun bu ani belum bayar, senin", "j 2 sabun bu ani blmbyr"),
    "j 2 sabun bu ani tgl 9 lunas",
)
"""Something of many shapes, and some of what readers are for, so that each comes far."""


def test_every_reader_is_measured_or_excused() -> None:
    reached = set(_reached())
    missing = [
        each.path
        for each in found()
        if each.path not in EXCUSED and each.path not in WITH_MORE and each.path not in reached
    ]
    assert missing == []


def test_every_excuse_is_for_an_existing_reader_that_is_not_reached() -> None:
    known = {each.path for each in found()}
    assert EXCUSED.keys() <= known
    assert all(name in known for name in WITH_MORE if " " not in name)


def _reached() -> Iterator[str]:
    """The functions of the bot that run while all readers read."""
    codes: set[CodeType] = set()
    for read in readers().values():
        for text in SAID:
            forget()
            with _watching(codes):  # Python drops a watcher in which the stack came to its end
                read(text)
    for code in codes:
        file = Path(code.co_filename)
        parts = file.parts[file.parts.index("bot") :] if "bot" in file.parts else ()
        if parts:
            module = ".".join(parts).removesuffix(".py").removesuffix(".__init__")
            yield f"{module}.{code.co_qualname}"


@contextmanager
def _watching(codes: set[CodeType]) -> Iterator[None]:
    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
