"""What an owner hears at once about the own account, and administrators about all of them."""

from django.template.loader import render_to_string

from accounts.models import User
from accounts.roles import MANAGE_PEOPLE, who_may
from accounts.services.outbox import send_later


def warn_of_guessing(user: User) -> None:
    """Someone with the right password guesses at the second step."""
    send_later(
        to=user.email,
        recipient=user,
        purpose="guessing",
        subject="Iemand probeerde in te loggen met jouw wachtwoord",
        text=render_to_string("accounts/mail/guessing.txt", {"user": user}),
        by=None,
    )


def warn_of_spraying() -> None:
    """Many wrong passwords in a short time. Names no account and no address: letters are read in
    more places than the log."""
    for administrator in who_may(MANAGE_PEOPLE):
        send_later(
            to=administrator.email,
            recipient=administrator,
            purpose="guessing_alarm",
            subject="Er wordt veel geprobeerd in te loggen",
            text=render_to_string("accounts/mail/guessing_alarm.txt", {"user": administrator}),
            by=None,
        )
