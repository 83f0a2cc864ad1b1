"""The Dutch of a survey reads at level B1: short sentences and no hard words (T114)."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from surveys.management.commands.check_words import ready_texts
from surveys.plain_dutch import MEAN, faults, mean_length
from tests.surveys.asking import a_round

PAGES = settings.BASE_DIR / "templates" / "surveys" / "answering"


def test_all_that_stands_ready_reads_well():
    found = [f"{part}: {fault}" for part, body in ready_texts() for fault in faults(body)]
    assert found == []
    assert mean_length(body for _, body in ready_texts()) <= MEAN


def test_so_does_what_stands_in_the_templates_themselves():
    for path in PAGES.glob("*.html"):
        text = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]+>", " ", path.read_text("utf-8"))
        assert faults(text.replace("charset", "")) == [], path.name


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Indien je wilt.", "'indien' is een moeilijk woord"),
        ("Bel ons i.v.m. de hulp.", "'i.v.m' is een afkorting"),
        ("Dit is " + "heel " * 25 + "lang.", "heeft 28 woorden"),
        ("Een arbeidsongeschiktheidsverzekering.", "is een lang woord"),
    ],
)
def test_what_is_hard_is_found(text, fault):
    assert fault in " ".join(faults(text))


HARD_ALL_THE_SAME = [
    "procesbegeleiders", "dient", "diende", "trajecten", "vertrouwelijke", "evaluaties",
    "faciliteert", "gefaciliteerd", "verstrekt", "verstrekte", "trachtte", "waarborgt",
    "participeerden", "t.a.v.", "m.a.w.", "M.a.w.", "i.p.v.", "enz.", "d.m.v.",
]  # fmt: skip


@pytest.mark.parametrize("word", HARD_ALL_THE_SAME)
def test_a_hard_word_is_found_in_every_form(word):
    assert len(faults(f"Wij zien {word} hier.")) == 1


def test_words_that_only_look_like_one_are_left_alone():
    text = (
        "Mijn dochter en ik zien de dienst. J.A. Jansen belt om 9.30 uur. Dat was echt niet leuk."
    )
    assert faults(text) == []


@pytest.mark.django_db
def test_the_command_looks_at_a_round(capsys):
    call_command("check_words")
    round = a_round(name="Lastig")
    text = round.texts.get(part="page.title", language="nl")
    text.body = "Betreffende de evaluatie"
    text.save()
    with pytest.raises(CommandError, match="2 keer"):
        call_command("check_words", "Lastig")
    assert "page.title: 'betreffende' is een moeilijk woord." in capsys.readouterr().out
    with pytest.raises(CommandError, match="geen ronde"):
        call_command("check_words", "Nooit")
