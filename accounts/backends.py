"""Who may sign in with a password: an open account of someone who was invited."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class InvitedOnly(AuthenticationBackend):
    """Asked at signing in, and again at each request of someone who is signed in."""

    def user_can_authenticate(self, user: Any) -> bool:
        if not super().user_can_authenticate(user) or user.invited_at is None:
            return False
        return settings.DEMO or not user.email.endswith(settings.DEMO_ADDRESSES)
