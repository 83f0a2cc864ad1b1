"""One part of a workbook as its XML goes by: which cells are filled, how far out, how long."""

import re
from array import array
from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 500_000, 200, 5_000_000
LONGEST_TEXT = 100_000  # Excel itself stops at 32,767
MOST_MARKS = 100_000
ROWS_OF_EXCEL, COLUMNS_OF_EXCEL = 1_048_576, 16_384
ERROR_LENGTH = 20

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")

Place = tuple[int, int]  # row and column, both from 1


class TooFarOut(Exception):
    """A filled cell so far out that the grid from the first to the last one can't be held."""


class PartSurvey(ContentHandler):
    """One part. The rules for cells hold wherever a `sheetData` stands, whatever the part is."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: dict[str, str] = {}
        self.sheets: list[tuple[str, str]] = []
        self.formulas: set[Place] = set()
        self.errors: dict[Place, str] = {}
        self.text_lengths = array("L")
        self.text_uses = array("L")
        self.filled = 0
        self._parser = DefusedExpatParser(forbid_dtd=True)
        self._parser.setContentHandler(self)
        self._fed = 0
        self._in_cells = False
        self._row = self._column = 0
        self._furthest: Place = (0, 0)
        self._cell_type, self._has_formula, self._has_value = "", False, False
        self._text: list[str] | None = None
        self._length = 0
        self._columns: dict[str, int] = {}

    def feed(self, piece: bytes) -> None:
        if not self._fed:
            _refuse_other_encodings(piece[:200])
        self._fed += len(piece)
        self._parser.feed(piece)

    def close(self) -> None:
        self._parser.close()

    # --- what the parser meets --------------------------------------------------------------
    def startElement(self, name: str, attrs: Any) -> None:
        name = name.rpartition(":")[2]
        if self._in_cells and name in self._IN_CELLS:
            self._IN_CELLS[name](self, attrs)
        elif name in self._ELSEWHERE:
            self._ELSEWHERE[name](self, attrs)

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)
            self._length += len(content)
            if self._length > LONGEST_TEXT:
                raise TooFarOut("in één cel staat te veel tekst")

    def endElement(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c" and self._in_cells:
            self._end_cell()
        elif name == "sheetData":
            self._in_cells = False
        elif name == "si":
            self.text_lengths.append(sum(map(len, self._text or ())))
            self._text = None

    # --- cells ------------------------------------------------------------------------------
    def _start_row(self, attrs: Any) -> None:
        row = int(attrs.get("r") or self._row + 1)
        if not self._row < row <= ROWS_OF_EXCEL:
            raise ValueError(f"row {row} after {self._row}")
        self._row, self._column = row, 0

    def _start_cell(self, attrs: Any) -> None:
        column = self._column + 1
        if reference := attrs.get("r"):
            match = REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != self._row:
                raise ValueError(f"{reference} in row {self._row}")
            column = self._number_of(match[1])
        if not self._column < column <= COLUMNS_OF_EXCEL:
            raise ValueError(f"column {column} after {self._column}")
        self._column = column
        self._cell_type, self._has_formula, self._has_value = attrs.get("t", "n"), False, False
        self._text = None

    def _number_of(self, letters: str) -> int:
        if letters not in self._columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = number
        return self._columns[letters]

    def _formula(self, attrs: Any) -> None:
        self._has_formula = True
        self._text = None

    def _value(self, attrs: Any) -> None:
        self._has_value = True
        self._text, self._length = [], 0

    def _end_cell(self) -> None:
        text, self._text = "".join(self._text or ()).strip(), None
        place = (self._row, self._column)
        if self._has_value:
            self._stretch_to(place)
        if self._cell_type == "s" and text:
            self.text_uses.append(int(text))
        if len(self.formulas) + len(self.errors) >= MOST_MARKS:
            return
        if self._cell_type == "e" and text:
            self.errors[place] = text[:ERROR_LENGTH]
        elif self._has_formula and not text and not self._is_empty_text():
            self.formulas.add(place)

    def _is_empty_text(self) -> bool:
        """A formula that was worked out to an empty text has a value: nothing."""
        return self._cell_type == "str" and self._has_value

    def _stretch_to(self, place: Place) -> None:
        self.filled += 1
        rows, columns = (max(pair) for pair in zip(self._furthest, place, strict=True))
        if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise TooFarOut(f"er staat iets in rij {place[0]}, kolom {place[1]}")
        self._furthest = (rows, columns)

    # --- the rest ---------------------------------------------------------------------------
    def _start_cells(self, attrs: Any) -> None:
        self._in_cells = True

    def _shared_texts(self, attrs: Any) -> None:
        # The reader makes room for as many texts as this promises.
        if int(attrs.get("uniqueCount") or 0) > MOST_CELLS:
            raise TooFarOut("er worden te veel teksten aangekondigd")

    def _shared_text(self, attrs: Any) -> None:
        self._text, self._length = [], 0

    def _sheet(self, attrs: Any) -> None:
        relation = next((attrs[key] for key in attrs.getNames() if key.endswith(":id")), "")
        self.sheets.append((attrs.get("name", ""), relation))

    def _relation(self, attrs: Any) -> None:
        self.relations[attrs.get("Id", "")] = attrs.get("Target", "")

    _IN_CELLS = {
        "row": _start_row,
        "c": _start_cell,
        "f": _formula,
        "v": _value,
        "is": _value,
    }
    _ELSEWHERE = {
        "sheetData": _start_cells,
        "sst": _shared_texts,
        "si": _shared_text,
        "sheet": _sheet,
        "Relationship": _relation,
    }


def _refuse_other_encodings(start: bytes) -> None:
    """The reader takes every part for UTF-8, and would see nothing in another encoding."""
    encoding = ENCODING.search(start)
    if b"\0" in start or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
        raise ValueError("not UTF-8")
