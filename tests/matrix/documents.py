"""The words of a document, to be searched: of a PDF its page streams, read through the tables of
its fonts; of a spreadsheet or text document whatever was zipped in it."""

import io
import re
import zipfile

import pikepdf

ENTRY = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>(?:\s*<([0-9A-Fa-f]+)>)?")
SHOWS = {"Tj", "TJ", "'", '"'}


def text_of(body: bytes) -> str:
    """The words of an answer, whatever it is."""
    if body.startswith(b"%PDF"):
        return text_of_pdf(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as zipped:
            return "\n".join(
                zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist()
            )
    return body.decode("utf-8", "replace")


def text_of_pdf(content: bytes) -> str:
    """Everything that stands on its pages, and in its description. Spacing isn't kept."""
    with pikepdf.open(io.BytesIO(content)) as document:
        words = [str(value) for value in (document.docinfo or {}).values()]
        for page in document.pages:
            words.append(_text_of_page(page))
    return "\n".join(words)


def _text_of_page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    found = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif name in SHOWS:
            for part in operands[0] if name == "TJ" else operands[-1:]:
                if isinstance(part, pikepdf.String):
                    found.append(_spelled(bytes(part), letters))
    return "".join(found)


def _spelled(codes: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each code of two bytes stands for: the font's own ToUnicode table."""
    table = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
    letters = {}
    for first, second, third in ENTRY.findall(
        re.sub(rb".*endcodespacerange", b"", table, flags=16)
    ):
        start, end, text = (first, second, third) if third else (first, first, second)
        value = bytes.fromhex(text.decode())
        for step in range(int(end, 16) - int(start, 16) + 1):
            code = (int(start, 16) + step).to_bytes(2, "big")
            shifted = value[:-1] + bytes([value[-1] + step]) if step else value
            letters[code] = shifted.decode("utf-16-be", "replace")
    return letters
