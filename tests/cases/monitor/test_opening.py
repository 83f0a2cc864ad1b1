"""What is no safe workbook is refused in one sentence, before anything opens it (T40)."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from cases.monitor import opening
from cases.monitor.reading import read_book
from cases.monitor.unreadable import UnreadableBook
from tests.cases.monitor import hostile
from tests.cases.monitor.book import save

ROOT = Path(__file__).parents[3]
SAFE_GROWTH_MB = 60

REFUSED = [
    (hostile.zip_bomb, "uitgepakt wordt het meer dan 200 keer zo groot"),
    (hostile.lying_size, "uitgepakt wordt het meer dan 200 keer zo groot"),
    (hostile.billion_laughs, "bevat een documenttype of entiteiten"),
    (hostile.quadratic_entities, "bevat een documenttype of entiteiten"),
    (hostile.external_entity, "bevat een documenttype of entiteiten"),
    (hostile.zip_slip, "is beschadigd"),
    (hostile.absolute_path, "is beschadigd"),
    (hostile.last_cell_of_excel, "er staat iets in rij 1048576, kolom 16384"),
    (hostile.a_million_columns, "er staat iets in rij 1, kolom 201"),
    (hostile.row_of_a_hundred_milliards, "is beschadigd"),
    (hostile.announced_texts, "is te groot"),
    (hostile.multiplied_text, "er staat te veel in de cellen"),
    (hostile.endless_text, "in één cel staat te veel tekst"),
    (hostile.macros, "bevat macro's"),
    (hostile.too_many_parts, "is te groot"),
    (hostile.two_parts_of_one_name, "is beschadigd"),
    (hostile.encrypted, "is versleuteld met een wachtwoord"),
    (hostile.encrypted_parts, "is versleuteld"),
    (hostile.old_excel, "is een werkboek van voor 2007"),
    (hostile.another_file, "is geen werkboek"),
    (hostile.commas, "is geen werkboek"),
    (hostile.another_zip, "is geen werkboek"),
    (hostile.nothing, "is geen werkboek"),
    (hostile.cut_off, "is geen werkboek"),
    (hostile.flipped_bits, "is beschadigd"),
    (hostile.broken_xml, "is beschadigd"),
    (hostile.another_encoding, "is beschadigd"),
    (hostile.rows_in_disorder, "is beschadigd"),
    (hostile.sheet_elsewhere, "is beschadigd"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[make.__name__ for make, _ in REFUSED])
def test_it_is_refused_in_one_sentence(tmp_path, make: Callable[[Path], Path], words: str):
    path = make(tmp_path / "boek.xlsx")
    with pytest.raises(UnreadableBook) as refusal:
        read_book(path)
    assert str(refusal.value).startswith("boek.xlsx ")
    assert words in str(refusal.value)
    assert not Path("/tmp/slipped.xml").exists()


def test_memory_stays_flat_on_all_of_them(tmp_path):
    paths = [make(tmp_path / f"{make.__name__}.xlsx") for make, _ in REFUSED]
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from cases.monitor.reading import read_book\n"
        "from cases.monitor.unreadable import UnreadableBook\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "before = peak()\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        read_book(Path(path))\n"
        "    except UnreadableBook:\n"
        "        continue\n"
        "    sys.exit(f'{path} was read')\n"
        "print(peak() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    assert int(done.stdout) < SAFE_GROWTH_MB


def test_a_file_that_is_not_there_a_folder_and_a_closed_door(tmp_path):
    with pytest.raises(UnreadableBook, match="bestaat niet"):
        read_book(tmp_path / "nergens.xlsx")
    with pytest.raises(UnreadableBook, match="is een map"):
        read_book(tmp_path)


@pytest.mark.parametrize("limit", ["LARGEST_FILE", "LARGEST_UNPACKED"])
def test_sizes_have_a_limit(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(opening, limit, 1_000)
    with pytest.raises(UnreadableBook, match="is te groot"):
        read_book(save(tmp_path / "boek.xlsx"))


def test_whatever_is_broken_gives_a_book_or_one_sentence(tmp_path):
    """Bytes changed at random, in the file and inside its parts."""
    random, path = Random(2024), tmp_path / "boek.xlsx"
    whole = save(path).read_bytes()
    for _ in range(60):
        if random.random() < 0.5:
            path.write_bytes(_hurt(random, whole))
        else:
            part = random.choice([hostile.SHEET, hostile.WORKBOOK, "xl/styles.xml"])
            hostile.repack(path, {part: lambda content: _hurt(random, content)})
        with suppress(UnreadableBook):
            read_book(path)


def _hurt(random: Random, content: bytes) -> bytes:
    hurt = bytearray(content)
    for _ in range(random.randint(1, 4)):
        hurt[random.randrange(len(hurt))] = random.choice(b'0123456789<>"/A:\0\xff')
    return bytes(hurt)


def test_links_to_other_files_are_not_followed(tmp_path):
    link = b'<externalLink><externalBook r:id="rId1" xmlns:r="x"/></externalLink>'
    target = (
        b'<Relationships><Relationship Id="rId1" Target="http://127.0.0.1:9/"/></Relationships>'
    )
    add = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": target,
    }
    book = read_book(hostile.repack(tmp_path / "boek.xlsx", add=add))
    assert len(book.pages) == 15


def test_a_workbook_by_any_other_name_is_one(tmp_path):
    assert len(read_book(save(tmp_path / "boek.txt")).pages) == 15


def test_the_reader_gets_only_what_was_looked_through(tmp_path):
    add = {"xl/media/image1.png": b"\x89PNG", "customXml/item1.bin": b"?"}
    path = hostile.repack(tmp_path / "boek.xlsx", add=add)
    with opening.opened(path) as (copy, _), zipfile.ZipFile(copy) as safe:
        assert not [name for name in safe.namelist() if not name.endswith((".xml", ".rels"))]
