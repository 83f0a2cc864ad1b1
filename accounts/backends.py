"""Who may sign in with a password: an open account of someone who was invited."""

from allauth.account.auth_backends import AuthenticationBackend


class InvitedOnly(AuthenticationBackend):
    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and user.invited_at is not None
