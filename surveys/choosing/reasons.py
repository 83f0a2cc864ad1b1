"""Why someone isn't asked. The first that holds is the one that is counted."""

REASONS = {
    "out_of_view": "niet meer in beeld: de aanmelding of rol van kind is ingetrokken",
    "standing": "het traject valt buiten de ronde: loopt niet, loopt nog, of sloot te lang geleden",
    "deceased": "overleden",
    "role": "rol in het gezin niet in beeld",
    "birth_date": "geboortedatum niet in beeld",
    "too_young": "jonger dan 12 jaar",
    "contact_block": "contactstop",
    "opted_out": "zelf afgemeld voor enquêtes",
    "refused": "toestemming geweigerd",
    "taken_back": "toestemming teruggenomen",
    "no_consent": "geen toestemming vastgelegd, of zelf afgemeld",
    "no_email": "geen e-mailadres",
    "colleague": "e-mailadres van een collega",
    "asked_lately": "kort geleden al gevraagd",
}
# What may have changed between the start of a round and the moment of sending, beside the above.
AT_SENDING = REASONS | {
    "gone": "hoort niet meer bij een gezin",
    "answered": "heeft al geantwoord",
    "address_changed": "e-mailadres na de uitnodiging veranderd, dus geen herinnering",
    "asked_as_other": "in deze ronde al gevraagd, onder een nummer dat is samengevoegd",
    "ended": "de ronde is voorbij",
}
