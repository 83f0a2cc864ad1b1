"""What an owner hears at once about the own account."""

from django.template.loader import render_to_string

from accounts.models import User
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
