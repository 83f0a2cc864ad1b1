"""A look through the parts of a workbook, before anything allocates what they ask for.

Finds cells so far out that the reader's grid would not fit in memory, texts that multiply,
document types with entities, and what the reader can't tell from an empty cell: a formula without
a value, and a cell that holds an error.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException

from .parts import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, PartSurvey, Place, TooFarOut
from .unreadable import UnreadableBook

MOST_TEXT = 250_000_000  # characters, counted once for every cell that shows them
ROOT_RELATIONS = "xl/_rels/workbook.xml.rels"


class Survey:
    """What was found in a whole workbook; after `finish`, by the name of the sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: dict[str, PartSurvey] = {}
        self.formulas: dict[str, set[Place]] = {}
        self.errors: dict[str, dict[Place, str]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[PartSurvey]:
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
