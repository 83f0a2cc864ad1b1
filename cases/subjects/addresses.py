"""The name of a subject in an address: only the declared ones are addresses at all."""

from .declaration import Subject
from .of_family import OF_FAMILY
from .of_registration import OF_REGISTRATION


class SubjectOfFamily:
    regex = "|".join(OF_FAMILY)
    subjects = OF_FAMILY

    def to_python(self, slug: str) -> Subject:
        return self.subjects[slug]

    def to_url(self, subject: Subject | str) -> str:
        return getattr(subject, "slug", subject)


class SubjectOfRegistration(SubjectOfFamily):
    regex = "|".join(OF_REGISTRATION)
    subjects = OF_REGISTRATION
