"""A look through the parts of a workbook, before anything allocates what they ask for.

Finds cells so far out that the reader's grid would not fit in memory, texts that multiply,
document types with entities, and what the reader can't tell from an empty cell: a formula without
a value, and a cell that holds an error.
"""
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from .unreadable import UnreadableBook

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 500_000, 200, 5_000_000
MOST_TEXT = 250_000_000  # characters, counted once for every cell that shows them
MOST_MARKS = 100_000
ROWS_OF_EXCEL, COLUMNS_OF_EXCEL = 1_048_576, 16_384
ERROR_LENGTH = 20

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
ROOT_RELATIONS = "xl/_rels/workbook.xml.rels"

Place = tuple[int, int]  # row and column, both from 1


class Survey:
    """What was found in a whole workbook; after `finish`, by the name of the sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: dict[str, PartSurvey] = {}
        self.formulas: dict[str, set[Place]] = {}
        self.errors: dict[str, dict[Place, str]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator["PartSurvey"]:
        """The survey of one part, to be fed piece by piece."""
        survey = self.parts[name.lower()] = PartSurvey()
        try:
            yield survey
            survey.close()
        except DefusedXmlException:
            raise UnreadableBook(
                f"{self.name} bevat een documenttype of entiteiten in {name}. Dat hoort niet in "
                "een werkboek en kan een aanval zijn; bewaar het in Excel opnieuw als .xlsx."
            ) from None
        except SAXException as error:
            raise ValueError(f"{name}: {error}") from None
        except TooFarOut as error:
            raise UnreadableBook(
                f"{self.name} is te groot: {error}. Verwacht: hooguit {MOST_ROWS} rijen en "
                f"{MOST_COLUMNS} kolommen op een blad. Wis wat er ver buiten de tabel staat."
            ) from None

    def finish(self) -> None:
        """Join the parts. Raises ValueError when they don't fit together."""
        self._weigh_texts()
        relations = self.parts[ROOT_RELATIONS].relations if ROOT_RELATIONS in self.parts else {}
        for sheet, relation in self.parts["xl/workbook.xml"].sheets:
            part = self.parts.get(_path(relations.get(relation, "")))
            if part is not None:
                self.formulas[sheet], self.errors[sheet] = part.formulas, part.errors

    def _weigh_texts(self) -> None:
        lengths = [part.text_lengths for part in self.parts.values() if part.text_lengths]
        if len(lengths) > 1:
            raise ValueError("two lists of shared texts")
        shared = lengths[0] if lengths else array("L")
        cells = text = 0
        for part in self.parts.values():
            cells += part.filled
            text += sum(shared[index] for index in part.text_uses if index < len(shared))
            if text > MOST_TEXT or cells > MOST_CELLS:
                raise UnreadableBook(
                    f"{self.name} is te groot: er staat te veel in de cellen. Verwacht: hooguit "
                    f"{MOST_CELLS} gevulde cellen; controleer of het het goede bestand is."
                )


def _path(target: str) -> str:
    return (target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower()


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
        self._text = []

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
        self._text = []

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
