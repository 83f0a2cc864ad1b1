"""The subjects of one registration: seen on a ground for that registration, and no other."""

from cases import models as m
from cases.forms import of_registration as forms

from .declaration import Subject

SUBJECTS = (
    Subject(
        slug="route",
        model=m.Intake,
        form=forms.RoadOnScreen,
        name="route",
        add="",
        saved="",
        anchor="aanmeldingen",
        held_by="registration",
        only_corrected=True,
    ),
    Subject(
        slug="verzoeken",
        model=m.FormalRequest,
        form=forms.FormalRequestOnScreen,
        name="formeel verzoek",
        add="Verzoek toevoegen",
        saved="Het verzoek staat erbij.",
        anchor="aanmeldingen",
        held_by="registration",
    ),
    Subject(
        slug="toestemmingen",
        model=m.Consent,
        form=forms.ConsentOnScreen,
        name="toestemming",
        add="Toestemming toevoegen",
        saved="De toestemming staat erbij.",
        anchor="aanmeldingen",
        held_by="registration",
    ),
    Subject(
        slug="overdrachten",
        model=m.Transfer,
        form=forms.TransferOnScreen,
        name="overdracht aan een steunpunt",
        add="Overdracht aan een steunpunt toevoegen",
        saved="De overdracht staat erbij.",
        anchor="aanmeldingen",
        held_by="registration",
    ),
    Subject(
        slug="documenten",
        model=m.Document,
        form=forms.DocumentOnScreen,
        name="document",
        add="Document toevoegen",
        saved="Het document staat erbij.",
        anchor="aanmeldingen",
        held_by="registration",
    ),
)
OF_REGISTRATION = {subject.slug: subject for subject in SUBJECTS}
