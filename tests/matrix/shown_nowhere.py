"""Fields that hold a canary and that no page shows, each with the reason. A page that begins to
show one fails a test until it is taken off here: from then on it is watched."""

WITHDRAWN = "why a row no longer stands: kept for whoever investigates, on no page"
INSIDE = "for the system alone, on no page ever"
IN_WORDS = "shown as met or missed, not as a day"

SHOWN_NOWHERE = {
    "accounts.Draft.content": "shown in its own form only: tests/accounts/sign_in, tests/journeys",
    "accounts.Employment.withdrawal_reason": WITHDRAWN,
    "accounts.OutgoingMail.error": "an administrator sees what kind of fault it was, no more",
    "accounts.OutgoingMail.sealed_body": INSIDE,
    "accounts.OutgoingMail.subject": "an administrator sees what a letter was for",
    "accounts.OutgoingMail.to": "an administrator sees the colleague's name",
    "accounts.User.password": INSIDE,
    "cases.AccessReview.note": "nothing is odd in this world: tests/cases/test_odd_access.py",
    "cases.ConflictOfInterest.withdrawal_reason": WITHDRAWN,
    "cases.Cover.withdrawal_reason": WITHDRAWN,
    "cases.Handover.note": "shown while it is open; this one is decided",
    "cases.Intake.phone_contact_on": IN_WORDS,
    "cases.Intake.welcome_scheduled_on": IN_WORDS,
    "cases.SearchKey.pieces": INSIDE,
    "cases.WebRegistration.decision_note": "shown with a refusal; this one was joined",
    "surveys.Dropped.sealed": INSIDE,
    "surveys.OptOut.since": INSIDE,
    "surveys.Progress.sealed": INSIDE,
    "reporting.Activity.withdrawal_reason": WITHDRAWN,
    "reporting.LinkageBatch.withdrawal_reason": WITHDRAWN,
    "reporting.ComparedIds.gained": INSIDE,
    "reporting.ComparedIds.lost": INSIDE,
    "reporting.CountedIds.ids": INSIDE,
}
