"""What may tell who somebody is, in what people write; and blacking it out. All invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Code, Person
from surveys.marking import BLACK, black_out, marked, take_apart
from surveys.marking.known import Known, forget, known_names

OURS = Known(
    frozenset({"roos", "ben", "can", "sevim", "vries", "chadya", "meer"}),
    frozenset({("jeugdbescherming", "noord")}),
)


def shown(text: str) -> str:
    """With all that is marked in brackets."""
    found = marked(text, OURS)
    return "".join(f"[{one.text}]" if one.place in found else one.text for one in take_apart(text))


@pytest.mark.parametrize(
    "text",
    [
        # Names of our own files: also without a capital, and where they are words as well.
        "met hulp van [chadya] ging het goed",
        "[Roos] was lief. Een roos van goud.",
        "[Ben] heeft geluisterd. Ben blij dat het zo ging. Meer contact graag.",
        "[FATIMA] HEEFT MIJ GEHOLPEN MET DE GI EN DE BELASTINGDIENST. HEEL ERG BEDANKT",
        "[jeugdbescherming] [noord] belde nooit, jeugdbescherming in het algemeen wel",
        # A capital within a sentence, with what belongs to the name.
        "Mijn begeleider was mevr. [De] [Jong], zij belde elke week.",
        "Naar [Almere] bij pleeggezin [Van] [der] [Berg]. De Raad wist het.",
        "[J]. [de] [Vries] en [F]. [el] [Idrissi] waren er. Ook [Anne-Marie] [van] [Dijk].",
        "[Xandria] was er. Dank aan [Xandria's] team",
        "meneer [b]. en mevrouw [de] [zwaluw] van kantoor zuid",
        "mevrouw [de] [wit] belde, meneer van de belastingdienst niet",
        "mijn zoon heet [jaydee] en hij is 7, op [De] [Regenboog]",
        "Mijn ex, Dhr. [R].[M]. [Koning], en Mr. [Pietersen] en de RvdK en de PB'er",
        # A capital that says nothing.
        'Wat kan er beter? Sneller bellen. "Niemand luisterde", zei de rechter.',
        "Ik Ben Heel Erg Blij Met Alles Wat Jullie Voor Mij Doen",
        "In maart 2019 ging het mis. Om 9:30 uur, 3 keer, voor 14 maanden.",
        # Other languages.
        "[Sevim] Hanım yardım etti. Ben mutluyum, [Can] da öyle. [Ayşe'nin] annesi de.",
        "Kızım [Elif'i] geri aldık. umut var artık",
        "السيدة [فاطمة] ساعدتنا كثيرا. اسمي [محمد] وابني [يوسف].",
        "Mi ta hopi kontentu ku señora [Maduro]. E yuda mi mucha [Shurandy].",
        "My caseworker [Karen] was great. I'm happy, and Dutch law is hard. Mr. [Smith] too.",
        # By form.
        "Bel [06] [12] [34] [56] [78] of [06-12345678] of [+31] ([0])[6-12345678].",
        "Mail [j.jansen@example.org], kijk op [www.voorbeeld.nl/familie] of [@jansen.familie]",
        "Wij wonen [Rozenstraat] [12b], [3011] [AB] of [1234ab], of [2021] [DD]",
        "Op [12] [maart] [2015], op [12-3-2015], [5] [Mayıs] [2023]'te, [geboren] [in] [1988]",
        "bsn [123456782], zaak [A01031], rekening [NL91] [ABNA] [0417] [1643] [00].",
        "رقم الهاتف [٠٦١٢٣٤٥٦٧٨]",
    ],
)  # fmt: skip
def test_what_is_marked(text):
    assert shown(text.replace("[", "").replace("]", "")) == text


def test_black_spots_tell_neither_how_long_nor_how_many():
    text = "Dank je Fatima de Vries!\nJan"
    assert black_out(text, {2, 3, 4}) == f"Dank je {BLACK}!\nJan"
    assert black_out(text, {2, 3, 4, 5}) == f"Dank je {BLACK}!\n{BLACK}"
    assert black_out(text, set()) == text


@given(st.text(max_size=200), st.sets(st.integers(0, 40)))
def test_every_letter_and_digit_stands_in_a_word_that_can_be_made_black(text, places):
    pieces = take_apart(text)
    assert "".join(one.text for one in pieces) == text
    between = "".join(one.text for one in pieces if one.place is None)
    assert not any(sign.isalnum() for sign in between)
    words = [one.text for one in pieces if one.place is not None]
    black = {place for place in places if place < len(words)}
    kept = black_out(text, black)
    assert len(kept) <= len(text) + len(BLACK) * len(black)
    assert (BLACK in kept) >= bool(black)
    everything = black_out(text, range(len(words)))
    assert not any(sign.isalnum() for sign in everything)
    assert marked(text, OURS) <= set(range(len(words)))


@pytest.mark.django_db
def test_the_names_of_our_files_are_read_all_at_once_and_none_of_the_text_is_asked_for(
    django_assert_num_queries,
):
    Person.objects.create(number="P1", first_name="Chadya", last_name="el Idrissi-Bakr")
    User.objects.create(email="s@example.org", name="Sevim van Zee")
    Code.objects.create(
        id="certified_institution.x", list="certified_institution", code="x", label="Het Huis West"
    )
    forget()
    with django_assert_num_queries(4) as asked:
        found = marked("chadya bakr en sevim belden het huis west")
    assert found == {0, 1, 3, 5, 6, 7}
    assert not [one for one in asked.captured_queries if "chadya" in one["sql"].lower()]
    with django_assert_num_queries(0):
        assert "idrissi" in known_names().names
    forget()
