"""Workbooks of each kind, as other programs save them, from the same rows."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from xml.sax.saxutils import escape

import xlsxwriter

__all__ = ["ods", "xls", "xlsx"]

Rows = Sequence[Sequence[Any]]

SECTOR: Final = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx(rows: Rows) -> bytes:
    """A workbook in which numbers are numbers and days are days."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, days)
                else:
                    sheet.write(number, place, cell)
    return written.getvalue()


def ods(rows: Rows) -> bytes:
    """An OpenDocument table, with the empty rows that LibreOffice writes below."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    below = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Mitra">{lines}{below}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        whole.writestr("content.xml", text)
        whole.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return packed.getvalue()


def _ods_cell(cell: Any) -> str:
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"' if cell else ""
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def xls(rows: Rows) -> bytes:
    """A workbook of Excel 97 to 2003; days are texts."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                body = struct.pack("<HHHd", number, place, 0, cell)
                sheet += _record(0x203, body)
            elif str(cell):
                text = str(cell).encode("utf-16-le")
                head = struct.pack("<HHHHB", number, place, 0, len(str(cell)), 1)
                sheet += _record(0x204, head + text)
    sheet += _record(0x0A, b"")
    name = b"Mitra"
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start += _record(0x42, struct.pack("<H", 1200))
    bound = struct.pack("<IHBB", 0, 0, len(name), 0) + name
    end = _record(0x0A, b"")
    offset = len(start) + len(_record(0x85, bound)) + len(end)
    bound = struct.pack("<IHBB", offset, 0, len(name), 0) + name
    return _in_container(start + _record(0x85, bound) + end + sheet)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _in_container(stream: bytes) -> bytes:
    """The compound file that Excel keeps its one stream in."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    fats = -(-(count + 2) // (SECTOR // 4 - 1))
    table = [FAT] * fats + [END] + [fats + 2 + place for place in range(count - 1)] + [END]
    table += [FREE] * (fats * SECTOR // 4 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(
        "Workbook", 2, fats + 1, len(stream)
    )
    folder = folder.ljust(SECTOR, b"\0")
    return head + struct.pack(f"<{len(table)}I", *table) + folder + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    body = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    body += struct.pack("<III", FREE, FREE, child) + bytes(36)
    return body + struct.pack("<IQ", start, size)
