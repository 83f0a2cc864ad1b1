"""What allauth may do here: sign people in and out, nothing else."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
