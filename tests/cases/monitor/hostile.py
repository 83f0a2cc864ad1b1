"""Workbooks that mean harm, or got hurt themselves: each writes one file and returns its path."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.cases.monitor.book import save

SHEET = "xl/worksheets/sheet1.xml"  # Procesbegeleiders
WORKBOOK = "xl/workbook.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MB = 1024 * 1024


def repack(
    path: Path,
    change: dict[str, bytes | Callable[[bytes], bytes]] | None = None,
    add: dict[str, bytes] | None = None,
) -> Path:
    """A small right book, with parts changed and added."""
    whole = save(path.with_suffix(".whole"))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            changed = (change or {}).get(part, content)
            new.writestr(part, changed(content) if callable(changed) else changed)
        for part, content in (add or {}).items():
            new.writestr(part, content)
    return path


def sheet_with(rows: str, before: str = "") -> bytes:
    return f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def zip_bomb(path: Path) -> Path:
    """A sheet of spaces: a few hundred kB that become 200 MB."""
    repack(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet99.xml", "w") as part,
    ):
        part.write(b"<worksheet>")
        for _ in range(200):
            part.write(b" " * MB)
    return path


def lying_size(path: Path) -> Path:
    """The bomb again, that says it is small, with the checksum of its beginning."""
    zip_bomb(path)
    with zipfile.ZipFile(path) as book:
        bomb = book.getinfo("xl/worksheets/sheet99.xml")
        end = book.start_dir
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02", end)
    while content[start + 46 : start + 46 + len(bomb.filename)] != bomb.filename.encode():
        start = content.index(b"PK\x01\x02", start + 4)
    struct.pack_into("<L", content, start + 24, 1_000)
    path.write_bytes(content)
    return path


def billion_laughs(path: Path) -> Path:
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    before = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>'
    row = '<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>'
    return repack(path, {SHEET: sheet_with(row, before)})


def quadratic_entities(path: Path) -> Path:
    before = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
    row = f'<row r="1"><c r="A1" t="str"><v>{"&a;" * 50_000}</v></c></row>'
    return repack(path, {SHEET: sheet_with(row, before)})


def external_entity(path: Path) -> Path:
    before = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    row = '<row r="1"><c r="A1" t="str"><v>&file;</v></c></row>'
    return repack(path, {SHEET: sheet_with(row, before)})


def zip_slip(path: Path) -> Path:
    return repack(path, add={"../../../../tmp/slipped.xml": b"<x/>"})


def absolute_path(path: Path) -> Path:
    return repack(path, add={"/tmp/slipped.xml": b"<x/>"})


def last_cell_of_excel(path: Path) -> Path:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return repack(path, {SHEET: sheet_with(first + last)})


def a_million_columns(path: Path) -> Path:
    cells = '<c t="n"><v>1</v></c>' * 1_000_000
    return repack(path, {SHEET: sheet_with(f"<row>{cells}</row>")})


def row_of_a_hundred_milliards(path: Path) -> Path:
    return repack(path, {SHEET: sheet_with('<row r="99999999999"><c><v>5</v></c></row>')})


def announced_texts(path: Path) -> Path:
    texts = f'<sst {MAIN} count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    return repack(path, add={"xl/sharedStrings.xml": texts.encode()})


def multiplied_text(path: Path) -> Path:
    """One text as long as Excel allows, shown by ten thousand cells."""
    text = f"<sst {MAIN}><si><t>{'x' * 32_767}</t></si></sst>"
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(10_000))
    return repack(path, {SHEET: sheet_with(rows)}, {"xl/sharedStrings.xml": text.encode()})


def endless_text(path: Path) -> Path:
    row = f'<row><c t="str"><v>{"x" * MB}</v></c></row>'
    return repack(path, {SHEET: sheet_with(row)})


def macros(path: Path) -> Path:
    return repack(path, add={"xl/vbaProject.bin": b"\xcc\x61"})


def too_many_parts(path: Path) -> Path:
    return repack(path, add={f"xl/media/{number}.png": b"" for number in range(2_001)})


def two_parts_of_one_name(path: Path) -> Path:
    return repack(path, add={"xl/WORKSHEETS/sheet1.XML": sheet_with("")})


def container(path: Path, words: str) -> Path:
    """What a password, or an Excel of before 2007, makes of a workbook."""
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1_000 + words.encode("utf-16-le"))
    return path


def encrypted(path: Path) -> Path:
    return container(path, "EncryptedPackage")


def old_excel(path: Path) -> Path:
    return container(path, "Workbook")


def encrypted_parts(path: Path) -> Path:
    repack(path)
    content = bytearray(path.read_bytes())
    start = -1
    while (start := content.find(b"PK\x01\x02", start + 1)) >= 0:
        content[start + 8] |= 1
    path.write_bytes(content)
    return path


def another_file(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + b"0" * 1_000)
    return path


def commas(path: Path) -> Path:
    path.write_text("gezinsnummer;rol\nG1;Moeder\n")
    return path


def another_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("word/document.xml", "<x/>")
    return path


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def cut_off(path: Path) -> Path:
    repack(path)
    path.write_bytes(path.read_bytes()[:-100])
    return path


def flipped_bits(path: Path) -> Path:
    repack(path)
    with zipfile.ZipFile(path) as book:
        where = book.getinfo(SHEET).header_offset + 200
    content = bytearray(path.read_bytes())
    content[where] ^= 0xFF
    path.write_bytes(content)
    return path


def broken_xml(path: Path) -> Path:
    return repack(path, {SHEET: b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c>"})


def another_encoding(path: Path) -> Path:
    text = sheet_with("").decode()
    return repack(path, {SHEET: f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")})


def rows_in_disorder(path: Path) -> Path:
    rows = '<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    return repack(path, {SHEET: sheet_with(rows)})


def sheet_elsewhere(path: Path) -> Path:
    relations = "xl/_rels/workbook.xml.rels"
    away = b"../../../../etc/passwd"
    return repack(path, {relations: lambda content: content.replace(
        b"/xl/worksheets/sheet1.xml", away)})  # fmt: skip
