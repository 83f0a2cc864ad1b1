"""Who tries every door: one of each kind of visitor, and the groups that the expectations name."""

OWNER = "owner"  # supervises the family's registration
OTHER_PARENT = "other_parent"  # supervises the other parent's registration, of the same family
COVER = "cover"  # looks after the owner's families
FORMER = "former"  # had it until last week
COLLEAGUE = "colleague"  # a supervisor of another team, with a family of their own
MANAGER = "manager"  # leads the owner's team
KIN = "kin"  # leads it as well, and has a conflict of interest with the mother
OTHER_MANAGER = "other_manager"
REPORTER = "reporter"
ADMINISTRATOR = "administrator"
OFFICER = "officer"  # privacy officer
SUPERUSER = "superuser"  # without a role
AFTERCARE = "aftercare"  # supervised a third registration of the family, closed last week
SHARED = "shared"  # the file is shared with them, to read, until tomorrow
HELPING = "helping"  # the file is shared with them, to write in, until tomorrow
EMERGENCY = "emergency"  # opened the file in an emergency, some minutes ago
CLOSED = "closed"  # the file was shared with them; the account is closed, the cookie is still there
ANONYMOUS = "anonymous"

Group = frozenset[str]

OUTSIDE: Group = frozenset({ANONYMOUS, CLOSED})
EXCEPTED: Group = frozenset({AFTERCARE, SHARED, HELPING, EMERGENCY})
SUPERVISORS: Group = frozenset({OWNER, OTHER_PARENT, COVER, FORMER, COLLEAGUE}) | EXCEPTED
MANAGERS: Group = frozenset({MANAGER, KIN, OTHER_MANAGER})
SIGNED_IN: Group = SUPERVISORS | MANAGERS | {REPORTER, ADMINISTRATOR, OFFICER, SUPERUSER}
EVERYONE: Group = SIGNED_IN | OUTSIDE
NOBODY: Group = frozenset()

# What is known of the family, and what is known of this registration only: what one parent tells
# isn't for the supervisor of the other (cases/models/contact.py).
REGISTRATION_WRITERS: Group = frozenset({OWNER, COVER, HELPING})
REGISTRATION_READERS: Group = REGISTRATION_WRITERS | {MANAGER, SHARED, EMERGENCY}
FAMILY_WRITERS: Group = REGISTRATION_WRITERS | {OTHER_PARENT}
FAMILY_READERS: Group = REGISTRATION_READERS | {OTHER_PARENT, AFTERCARE}
ASSIGNERS: Group = frozenset({MANAGER})
TEAM_LEADS: Group = frozenset({MANAGER, KIN})  # of the owner's team

CASE_WORKERS: Group = SUPERVISORS | MANAGERS
REPORT_READERS: Group = MANAGERS | {REPORTER}
EDITION_WRITERS: Group = frozenset({REPORTER})
JUDGES: Group = frozenset({MANAGER, OFFICER})  # of what was opened in this family
PEOPLE_MANAGERS: Group = frozenset({ADMINISTRATOR})
PEOPLE_READERS: Group = MANAGERS | {ADMINISTRATOR}
