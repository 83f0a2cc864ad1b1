"""Fields that hold a canary and that no page shows, yet or ever. A page that begins to show one
fails a test until it is taken off here: from then on it is watched."""

SHOWN_NOWHERE = {
    "accounts.Draft.content",
    "accounts.Employment.withdrawal_reason",
    "accounts.OutgoingMail.error",
    "accounts.OutgoingMail.sealed_body",
    "accounts.OutgoingMail.subject",
    "accounts.OutgoingMail.to",
    "accounts.User.password",
    "cases.AccessReview.note",
    "cases.Arrival.announcer_name",
    "cases.Arrival.note",
    "cases.ConflictOfInterest.withdrawal_reason",
    "cases.Cover.withdrawal_reason",
    "cases.Handover.note",
    "cases.Intake.phone_contact_on",
    "cases.Intake.welcome_scheduled_on",
    "cases.SearchKey.pieces",
    "cases.WebRegistration.decision_note",
    "reporting.Activity.audience",
    "reporting.Activity.date_in_words",
    "reporting.Activity.organiser",
    "reporting.Activity.title",
    "reporting.Activity.withdrawal_reason",
    "reporting.CountedIds.ids",
}
