"""A PDF for everyone (PDF/UA, tagged; PDF/A, for the archive), set by Typst.

What the document says goes in as data, which Typst takes for text: pasted into its source, a name
could be a command. Only the fonts that come along are used, so that every machine gives the same.
They have no emoji and not every script, and a PDF/A may not hold a sign that can't be shown: such
a sign becomes �, and the document says so.
The font for Arabic has one sign for a letter with its dots: from one that sets the dots apart, a
screen reader reads other words than were written.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic as plex_arabic
import ttf_opensans
import typst

OVERVIEW = Path(__file__).with_name("overview.typ")
REPORT = Path(__file__).with_name("report.typ")  # of the quarter's figures, and of a survey
SIGNS = Path(__file__).with_name("signs.typ")  # each sign by itself, to know which can be shown
FONTS = (Path(ttf_opensans.__file__).parent / "ttf", plex_arabic.ROOT / "files")
UNSHOWN = "\N{REPLACEMENT CHARACTER}"
WHAT_IT_IS = f"Waar {UNSHOWN} staat, schreef iemand tekens die een pdf niet kan tonen."
A_RUN = re.compile(f"{UNSHOWN}[{UNSHOWN}\u200d\ufe0e\ufe0f]*")  # with what joins an emoji's parts
MARKS = ("Mn", "Mc", "Me", "Cf")  # what joins the letter before it, or a direction
NAMED = re.compile(r'`"(?:\\u\{([0-9a-f]+)\}|(.))"`')  # a sign in Typst's words: its code or itself


def as_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The document of `template` (a .typ file) filled with `data`, of which 'introduction' is a
    list of paragraphs. `made_at` is its date: the same data at the same moment give the same
    bytes. TypstError: a fault in the template; what people wrote is never one."""
    try:
        return _typeset(template, data, made_at)
    except typst.TypstError:
        unshown = str.maketrans(dict.fromkeys(_refused(_signs_of(data), made_at), UNSHOWN))
    shown = _told(_each_text(data, lambda text: A_RUN.sub(UNSHOWN, text.translate(unshown))))
    try:
        return _typeset(template, shown, made_at)
    except typst.TypstError:  # signs that are known, but not on top of each other
        settable = _each_text(shown, lambda text: _settable(text, made_at))
        return _typeset(template, settable, made_at)


def _typeset(template: Path, data: Any, made_at: datetime) -> bytes:
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=list(map(str, FONTS)),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made_at.timestamp()),
    )


def _refused(signs: list[str], made_at: datetime) -> set[str]:
    """The signs that Typst names when each stands by itself: all of them at once."""
    try:
        _typeset(SIGNS, signs, made_at)
    except typst.TypstError as error:
        named = NAMED.findall(error.diagnostic)
        return {chr(int(code, 16)) if code else sign for code, sign in named}
    return set()


def _signs_of(data: Mapping[str, Any]) -> list[str]:
    signs: set[str] = set()
    _each_text(data, lambda text: signs.update(text) or text)
    return sorted(sign for sign in signs if not " " <= sign <= "~")


def _told(data: dict[str, Any]) -> dict[str, Any]:
    if UNSHOWN not in json.dumps(data, ensure_ascii=False):
        return data
    return data | {"introduction": [*data["introduction"], WHAT_IT_IS]}


def _settable(text: str, made_at: datetime) -> str:
    """The text when it can be shown; else without what stands on its letters."""
    if text.isascii():
        return text
    try:
        _typeset(SIGNS, [text], made_at)
    except typst.TypstError:
        return "".join(one for one in text if unicodedata.category(one) not in MARKS) or UNSHOWN
    return text


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(one, change) for one in value]
    return value
