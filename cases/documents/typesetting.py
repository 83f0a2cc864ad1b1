"""A PDF for everyone (PDF/UA, tagged; PDF/A, for the archive), set by Typst.

What the document says goes in as data, which Typst takes for text: pasted into its source, a name
could be a command. Only the fonts of the package are used, so that every machine gives the same.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import ttf_opensans
import typst

OVERVIEW = Path(__file__).with_name("overview.typ")
REPORT = Path(__file__).with_name("report.typ")  # of the quarter's figures, and of a survey
FONTS = Path(ttf_opensans.__file__).parent / "ttf"


def as_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The document of `template` (a .typ file) filled with `data`. `made_at` is its date: the same
    data at the same moment give the same bytes."""
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made_at.timestamp()),
    )
