"""A letter as it leaves: plain text and HTML, no picture, nothing from elsewhere, no tracking."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from facts.words import short_day
from surveys.models import Invitation, Letter
from surveys.parts import FIRST_LANGUAGE, LINK, UNSUBSCRIBE
from surveys.wording import Wording

from .letters import Claimed

PARTS = {
    Letter.Kind.INVITATION: ("mail.subject", "mail.body"),
    Letter.Kind.REMINDER: ("reminder.subject", "reminder.body"),
}


def write(claimed: Claimed, wording: Wording) -> EmailMultiAlternatives:
    """In Dutch: which language someone reads, we don't know. A line in each other one leads to the
    first page in it."""
    letter, invitation = claimed.letter, claimed.letter.invitation
    site = settings.SITE_URL.rstrip("/")
    link = site + reverse("survey_link", args=[claimed.link])
    unsubscribe = site + reverse("survey_unsubscribe", args=[claimed.unsubscribe])
    subject, body = words_of(letter.kind, invitation.audience, wording)
    others = [one for one in wording.languages if one.code != FIRST_LANGUAGE]
    context = {
        "paragraphs": [_pieces(one, link, unsubscribe) for one in body.split("\n\n")],
        "languages": [(one, *_in(one.code, link, wording, invitation)) for one in others],
    }
    text = body.replace(LINK, link).replace(UNSUBSCRIBE, unsubscribe)
    lines = "\n\n".join(f"{one.name}: {said}\n{to}" for one, said, to in context["languages"])
    message = EmailMultiAlternatives(
        subject,
        f"{text}\n\n{lines}\n" if lines else f"{text}\n",
        to=[invitation.person.email],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(render_to_string("surveys/mail/letter.html", context), "text/html")
    return message


def words_of(kind: str, audience: str, wording: Wording) -> tuple[str, str]:
    """Subject and body; the two links still stand in it as {link} and {unsubscribe}."""
    named = {"phone": settings.TEAM_PHONE, "last_day": short_day(wording.round.ends_on)}
    subject, body = PARTS[Letter.Kind(kind)]
    say = {"audience": audience, "language": FIRST_LANGUAGE, **named}
    return wording.say(subject, **say), wording.say(body, **say)


def _pieces(paragraph: str, link: str, unsubscribe: str) -> list[tuple[str, str]]:
    """The lines of a paragraph, each with the address that it is, or ''."""
    addresses = {LINK: link, UNSUBSCRIBE: unsubscribe}
    return [
        (line.replace(LINK, link).replace(UNSUBSCRIBE, unsubscribe), addresses.get(line, ""))
        for line in paragraph.splitlines()
    ]


def _in(code: str, link: str, wording: Wording, invitation: Invitation) -> tuple[str, str]:
    """What the survey is called in that language, and where it begins."""
    title = wording.say("page.title", audience=invitation.audience, language=code)
    return title, f"{link}?taal={code}"
