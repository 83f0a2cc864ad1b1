"""One way of writing for what is kept and what is asked: spelling mistakes fall away."""

from datetime import date

import pytest

from cases.searching.pieces import digits_of, pieces_of, pieces_of_name
from cases.searching.question import take_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sanne", "SANE"),
        ("Zoë", "Zoe"),
        ("van der Meijden", "Meyden"),
        ("El Amrani", "Amrani"),
        ("Thijs", "Tys"),
        ("Jansen-de Vries", "jansen vries"),
        ("'t Hart", "Hart"),
        ("Öztürk", "Ozturk"),
        ("Noor  Li", "noor li"),
    ],
)
def test_a_name_in_two_spellings_has_the_same_pieces(one, other):
    assert pieces_of_name(one) == pieces_of_name(other)


def test_a_name_of_nothing_but_small_words_still_counts():
    assert pieces_of_name("de") == {"^de", "de$"}


@pytest.mark.parametrize(
    "written",
    ["06-12345678", "0612345678", "+31 6 12 34 56 78", "+31 (0)6 12345678", "0031612345678"],
)
def test_a_telephone_number_is_its_digits(written):
    assert digits_of(written) == "0612345678"


def test_all_that_someone_is_found_by():
    assert pieces_of("Bo", "", "bo.k@example.org", "0612345678", date(1987, 3, 12)) == sorted(
        {"^bo", "bo$", "e:bo.k@example.org", "l:bok", "t:0612345678", "6:345678"}
        | {"b:19870312", "m:198703", "d:0312"}
    )


def test_of_nothing_known_there_are_no_pieces():
    assert pieces_of("", "", "", "", None) == []


def test_a_question_is_taken_apart():
    question = take_apart("a00012 345678 Sanne van Dorp 12-3-1987 s@example.org +31 6 12345678")
    assert question.numbers == ("A00012",)
    assert question.names == ("sanne", "dorp")
    assert question.days == (date(1987, 3, 12),)
    assert question.phones == ("0612345678",)
    assert question.emails == ("s@example.org",)
    assert "6:345678" in question.asked
    assert "rp$" not in question.asked


@pytest.mark.parametrize("words", ["", "   ", "!!", "31-02-2020", "\0", "12", "(((", "%_%"])
def test_what_means_nothing_asks_for_nothing(words):
    assert take_apart(words).asked == ()


@pytest.mark.parametrize(
    ("words", "about_one"),
    [
        ("sanne", False),
        ("sanne dorp", True),
        ("12-03-1987", False),
        ("sanne 12-03-1987", True),
        ("A00001", True),
        ("0612345678", True),
        ("s@example.org", True),
    ],
)
def test_a_name_alone_is_not_about_one_person(words, about_one):
    assert take_apart(words).is_about_one is about_one
