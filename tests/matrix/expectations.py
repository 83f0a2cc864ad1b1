"""Who gets into which page: one line for every URL of the site. The build fails without it.

A new URL? Add a line under its name:

    "file": page(FAMILY_READERS, "family"),
     |      |    |               what stands in its address: a key of ARGUMENTS (addresses.py)
     |      |    who gets in (groups and people: cast.py); anyone else is refused
     |      page: only to read. form: to read and to send. deed: only to send
     the name of the URL

Everybody else gets 404, or with `refused=403` that answer; who isn't signed in is sent to the page
to sign in. Besides:

    get=302, post=422      what those who get in are answered; a mapping of groups says it for each:
                           get={frozenset({ANONYMOUS}): 200, SIGNED_IN: 302}
                           (`post` is the answer to an empty form)
    fragment=204           what a GET by htmx is answered, when that differs from `get`
    queries=("?pagina=2",) searched, sorted, leafed: asked for as well; {mother.last_name} and
                           {today} are filled in
    also=("csv", "pdf")    more keys of ARGUMENTS: the same page with something else in its address
    writes=("a_table",)    what a GET may write there, with a comment that says why. The read log,
                           the session and the counting of guesses may always be written

Then see that the fields that your page shows have left SHOWN_NOWHERE (world.py), and run
`pytest tests/matrix`.
"""

from cases.subjects.of_family import OF_FAMILY
from cases.subjects.of_registration import OF_REGISTRATION
from tests.matrix.cast import (
    ASSIGNERS,
    CASE_WORKERS,
    COVER,
    EDITION_WRITERS,
    EVERYONE,
    FAMILY_READERS,
    FAMILY_WRITERS,
    JUDGES,
    MANAGER,
    MANAGERS,
    OFFICER,
    OUTSIDE,
    PEOPLE_MANAGERS,
    PEOPLE_READERS,
    REGISTRATION_READERS,
    REGISTRATION_WRITERS,
    REPORT_READERS,
    REPORTER,
    SIGNED_IN,
    SUPERUSER,
    SUPERVISORS,
    TEAM_LEADS,
    Group,
)
from tests.matrix.expecting import Expected, deed, form, page

OFFICERS: Group = frozenset({OFFICER})
SURVEY_READERS: Group = EDITION_WRITERS | OFFICERS
WITHOUT_A_ROLE: Group = frozenset({SUPERUSER})
ONLY_SIGNED_OUT = {OUTSIDE: 200, SIGNED_IN: 302}

# The cast has no second factor and hasn't just shown its password: what asks for these leads
# elsewhere (302), or isn't there (404). tests/accounts/sign_in has the rest.
ONES_OWN_ACCOUNT = {
    "account_login": form(EVERYONE, get=ONLY_SIGNED_OUT, post=ONLY_SIGNED_OUT),
    "mfa_authenticate": form(EVERYONE, get=302, post=302),
    "account_logout": form(EVERYONE, get={SIGNED_IN: 200, OUTSIDE: 302}, post=302),
    "account_reset_password": form(EVERYONE),
    "account_reset_password_done": page(EVERYONE),
    "account_reset_password_from_key": form(EVERYONE, "reset link"),
    "account_reset_password_from_key_done": page(EVERYONE),
    "account_change_password": form(SIGNED_IN),
    "account_reauthenticate": form(SIGNED_IN),
    "mfa_index": page(SIGNED_IN),
    "mfa_activate_totp": form(SIGNED_IN, get=302, post=302),
    "mfa_deactivate_totp": form(SIGNED_IN, get=404, post=404),
    "mfa_list_webauthn": page(SIGNED_IN),
    "mfa_add_webauthn": form(SIGNED_IN, get=302, post=302),
    "mfa_remove_webauthn": form(SIGNED_IN, "key", get=302, post=302),
    "mfa_view_recovery_codes": page(SIGNED_IN, get=404),
    "mfa_generate_recovery_codes": form(SIGNED_IN, get=302, post=302),
    "mfa_download_recovery_codes": form(SIGNED_IN, get=404, post=404),
    "mfa_reauthenticate": form(SIGNED_IN, get=302, post=302),
    "mfa_reauthenticate_webauthn": form(SIGNED_IN, get=302, post=302),
    "invitation": form(EVERYONE, get=404, post=404),
    "invitation_link": page(EVERYONE, "token", get=302),
    "session_stay": deed(SIGNED_IN, post=204),
    "shortcuts": deed(SIGNED_IN),
    "draft_keep": deed(SIGNED_IN, post=400),
    "draft_discard": deed(SIGNED_IN),
}

PEOPLE = {
    "people": page(PEOPLE_READERS, refused=403, queries=("?zoek=zqx", "?pagina=2")),
    "person": page(PEOPLE_READERS, "colleague", refused=403),
    "person_new": form(PEOPLE_MANAGERS, refused=403),
    "person_work": deed(PEOPLE_MANAGERS, "colleague", post=422, refused=403),
    "person_invite": deed(PEOPLE_MANAGERS, "colleague", refused=403),
    "person_close": deed(PEOPLE_MANAGERS, "colleague", post=422, refused=403),
    "person_reopen": deed(PEOPLE_MANAGERS, "colleague", post=422, refused=403),
    "reset_ask": deed(PEOPLE_READERS, "colleague", post=422, refused=403),
    "reset_approve": deed(PEOPLE_READERS, "reset", refused=403),
    "reset_refuse": deed(PEOPLE_READERS, "reset", refused=403),
}

LETTERS = {
    "mail": page(PEOPLE_MANAGERS, refused=403, queries=("?pagina=2",)),
    "mail_again": deed(PEOPLE_MANAGERS, "mail", refused=403),
    "mail_handled": deed(PEOPLE_MANAGERS, "mail", refused=403),
}

FILES = {
    "files": page(
        SIGNED_IN,
        queries=(
            "?zoek=zqx",
            "?zoek={mother.first_name} {mother.last_name}",
            "?zoek={mother.phone}",
            "?status=running",
            "?sorteer=begeleider",
            "?pagina=2",
        ),
    ),
    "file": page(FAMILY_READERS, "family"),
    "who_looked": page(FAMILY_READERS, "family"),
    "open_in_emergency": form(CASE_WORKERS),
    "judge_emergencies": page(MANAGERS | OFFICERS),
    "judge_emergency": form(JUDGES, "emergency"),
}

STATUS = {
    "move": form(REGISTRATION_WRITERS, "move"),
    "take_back_move": form(REGISTRATION_WRITERS, "registration"),
}

*MORE_FACTS, A_FACT = OF_FAMILY
*MORE_PAPERS, A_PAPER = (slug for slug, one in OF_REGISTRATION.items() if not one.only_corrected)
ONLY_CORRECTED = [slug for slug, one in OF_REGISTRATION.items() if one.only_corrected]
FACTS = {
    "file_as_of": page(FAMILY_READERS, "family", queries=("?op={today}",)),
    "add_member": form(FAMILY_WRITERS, "family"),
    "timeline": page(
        FAMILY_READERS, "family", queries=("?pagina=2", "?pagina=3", "?pagina=4", "?pagina=5")
    ),
    "add_document": form(REGISTRATION_WRITERS, "registration"),
    "open_document": page(REGISTRATION_READERS, "document"),
    "change_person": form(FAMILY_WRITERS, "member"),
    "add_of_family": form(
        FAMILY_WRITERS, f"new {A_FACT}", also=[f"new {slug}" for slug in MORE_FACTS]
    ),
    "correct_of_family": form(FAMILY_WRITERS, A_FACT, also=MORE_FACTS),
    "withdraw_of_family": form(FAMILY_WRITERS, A_FACT, also=MORE_FACTS),
    "add_of_registration": form(
        REGISTRATION_WRITERS, f"new {A_PAPER}", also=[f"new {slug}" for slug in MORE_PAPERS]
    ),
    "correct_of_registration": form(
        REGISTRATION_WRITERS, A_PAPER, also=[*MORE_PAPERS, *ONLY_CORRECTED]
    ),
    "withdraw_of_registration": form(REGISTRATION_WRITERS, A_PAPER, also=MORE_PAPERS),
}

ARRIVING = {
    "public_form": form(EVERYONE),
    "public_receipt": page(EVERYONE, "receipt", get=404),
    "register": page(
        CASE_WORKERS,
        queries=("?zoek=zqx", "?zoek={mother.first_name} {mother.last_name}"),
    ),
    "register_form": form(CASE_WORKERS, queries=("?zoek={mother.first_name}",)),
    "web_queue": page(MANAGERS),
    "web_registration": page(MANAGERS, "web"),
    "web_accept": form(MANAGERS, "web"),
    "web_refuse": deed(MANAGERS, "web", post=200),
    "web_join": deed(ASSIGNERS, "web and registration"),
    "target_group": form(REGISTRATION_WRITERS, "registration"),
}

CONTACTS = {
    "choose_family": page(SUPERVISORS),
    "contacts": page(FAMILY_READERS, "family", queries=("?pagina=2",)),
    "note_contact": form(FAMILY_WRITERS, "family"),
    "correct_contact": form(REGISTRATION_WRITERS, "contact"),
    "withdraw_contact": deed(REGISTRATION_WRITERS, "contact"),
}

DAY = {
    "today": page(SUPERVISORS),
    "tasks": page(SUPERVISORS),
    "plan_task": form(REGISTRATION_WRITERS, "registration"),
    "change_task": form(REGISTRATION_WRITERS, "task"),
    "finish_task": deed(REGISTRATION_WRITERS, "task"),
    "reopen_task": deed(REGISTRATION_WRITERS, "task"),
}

EXCEPTIONS = {
    "exceptions": page(CASE_WORKERS),
    "cover_new": form(MANAGERS),
    "cover_end": deed(TEAM_LEADS, "cover"),
    "share_file": form(ASSIGNERS, "family"),
    "share_end": deed(ASSIGNERS, "grant"),
    "conflict_new": form(CASE_WORKERS),
    "conflict_end": form(ASSIGNERS, "conflict"),
}

TEAM = {
    "team": page(MANAGERS),
    "team_list": page(
        MANAGERS,
        queries=("?lijst=gemist", "?begeleider=geen&sorteer=wacht", "?status=running", "?pagina=2"),
    ),
    "view_keep": deed(MANAGERS),
    "view_change": deed(frozenset({MANAGER}), "view"),
    "hand_over": form(MANAGERS, queries=("?van={owner.pk}",)),
    "assign_registration": form(ASSIGNERS, "registration"),
    "handovers": page(CASE_WORKERS),
    "handover": form(frozenset({COVER, MANAGER}), "batch"),
    "merges": page(MANAGERS, queries=("?zoek=zqx", "?zoek={mother.last_name}")),
    "merge": form(ASSIGNERS, "family twice"),
    "merge_undo": deed(ASSIGNERS, "merge"),
}

READ_LOG = {
    "access_log": page(
        OFFICERS,
        queries=(
            "?persoon=zqx",
            "?persoon={mother.last_name}",
            "?medewerker=zqx",
            "?uitkomst=refused",
        ),
    ),
    "odd_access": form(OFFICERS),
    "overview": page(OFFICERS, "person"),
    "overview_html": page(OFFICERS, "person"),
    "overview_pdf": page(OFFICERS, "person"),
}

WRITERS_ONLY = {EDITION_WRITERS: 200, MANAGERS: 403}

REPORTS = {
    "reports": form(REPORT_READERS, refused=403, queries=("?pagina=2",)),
    "report": page(REPORT_READERS, "run", refused=403),
    # A fragment has the whole page reloaded; as a page it leads to the report.
    "report_progress": page(EVERYONE, "run", get={SIGNED_IN: 302, OUTSIDE: 302}, fragment=200),
    "report_again": deed(REPORT_READERS, "run", refused=403),
    "report_file": page(
        REPORT_READERS, "json", refused=403, also=("csv", "pdf", "odt", "xlsx", "ods")
    ),
    "report_files": form(REPORT_READERS, "run", refused=403, post=302),
    "report_files_progress": page(
        EVERYONE, "run", get={SIGNED_IN: 302, OUTSIDE: 302}, fragment=200
    ),
    "records_behind": page(REPORT_READERS, "figure", refused=403, queries=("?pagina=2",)),
}

SERIES = {
    "figures_today": form(REPORT_READERS, refused=403, post=302),
    "series": page(REPORT_READERS, refused=403, queries=("?onderdeel=kinderen",)),
    "series_file": page(REPORT_READERS, "as csv", refused=403, also=("as xlsx",)),
    "public_series": page(EVERYONE, queries=("?cijfer=registrations.total", "?cijfer=niets")),
    "public_series_file": page(EVERYONE, "as csv", also=("as xlsx",)),
}

COMPARISONS = {
    "comparisons": form(REPORT_READERS, refused=403, queries=("?pagina=2",)),
    # Once it is done, who still waits has the page loaded again.
    "comparison": page(REPORT_READERS, "comparison", refused=403),
    "comparison_records": page(REPORT_READERS, "difference", refused=403, queries=("?pagina=2",)),
}

EDITIONS = {
    "accounts": page(REPORT_READERS, refused=403),
    "account_add": form(EDITION_WRITERS, "new activity", refused=403),
    "account_correct": form(EDITION_WRITERS, "activity", refused=403),
    "account_withdraw": deed(EDITION_WRITERS, "activity", refused=403),
    "periods": form(REPORT_READERS, refused=403, post=WRITERS_ONLY),
    "editions": form(REPORT_READERS, refused=403, post=WRITERS_ONLY),
    "edition": page(REPORT_READERS, "edition", refused=403),
    "edition_text": form(EDITION_WRITERS, "edition text", refused=403),
    "edition_hidden": form(REPORT_READERS, "edition", refused=403, post=WRITERS_ONLY),
    "edition_preview": page(REPORT_READERS, "edition", refused=403),
    "edition_gaps": page(CASE_WORKERS | {REPORTER}, "edition", refused=403),
    "edition_gap": page(CASE_WORKERS | {REPORTER}, "edition gap", refused=403),
    "edition_step": deed(EDITION_WRITERS, "edition step", refused=403),
    "publications": page(EVERYONE),
    "publication": page(EVERYONE, "publication"),
    "publication_file": page(EVERYONE, "publication file"),
}

SURVEYS = {
    "surveys": form(EDITION_WRITERS),
    "survey_round": page(EDITION_WRITERS, "round", also=("draft round",)),
    "survey_rules": form(EDITION_WRITERS, "draft round"),
    "survey_who": page(EDITION_WRITERS, "draft round"),
    "survey_step": form(EDITION_WRITERS, "survey step", post=302),
    "survey_questions": form(EDITION_WRITERS, "draft round"),
    "survey_question": deed(EDITION_WRITERS, "survey question"),
    "survey_languages": form(EDITION_WRITERS, "draft round"),
    "survey_language": deed(EDITION_WRITERS, "survey language"),
    "survey_texts": form(EDITION_WRITERS, "survey language", queries=("?voor=child",)),
    "survey_preview": page(
        EDITION_WRITERS, "draft round", queries=("?voor=child&taal=ar",), also=("round",)
    ),
    "survey_letters": page(EDITION_WRITERS, "round", queries=("?pagina=2",)),
    "survey_letter": deed(EDITION_WRITERS, "letter"),
    "survey_reviews": page(OFFICERS),
    "survey_remarks": page(
        OFFICERS, "round", queries=("?stand=released", "?stand=withheld&vraag=why", "?pagina=2")
    ),
    "survey_remark": form(OFFICERS, "remark", post=302, also=("released",)),
    "survey_reports": page(SURVEY_READERS),
    "survey_report": page(SURVEY_READERS, "round that is over", also=("round",)),
    "survey_report_file": page(SURVEY_READERS, "file of a round"),
    # Of who was asked: without a link they open for nobody, whoever it is.
    "survey_start": form(EVERYONE, get=404, post=404),
    "survey_ask": form(EVERYONE, "first question", get=404, post=404),
    "survey_send": form(EVERYONE, get=404, post=404),
    "survey_thanks": page(EVERYONE, get=404),
    "survey_unsubscribe": form(EVERYONE, "link", get=404, post=404),
    "survey_link": page(EVERYONE, "link", get=302),
}

SITE = {
    "home": page(SIGNED_IN, get={WITHOUT_A_ROLE: 200, SIGNED_IN: 302}),
    "security_txt": page(EVERYONE),
    "demo_mail": page(SIGNED_IN, get=404),
    "health": page(PEOPLE_MANAGERS, refused=403),
    "health_plain": page(EVERYONE, get=503),  # nobody writes a sign of life in this world
}

EXPECTED: dict[str, Expected] = {
    **SITE,
    **ONES_OWN_ACCOUNT,
    **PEOPLE,
    **LETTERS,
    **FILES,
    **STATUS,
    **FACTS,
    **ARRIVING,
    **CONTACTS,
    **DAY,
    **EXCEPTIONS,
    **TEAM,
    **READ_LOG,
    **REPORTS,
    **SERIES,
    **COMPARISONS,
    **EDITIONS,
    **SURVEYS,
}
