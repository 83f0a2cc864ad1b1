"""How often each thing occurs. Counted in the golden quarter (May to July 2024), per family or
registration that ever started where that is who it happens to.
"""

from datetime import date

from cases.status import Status

from .chance import Shares

FIRST_DAY, LAST_DAY = date(2022, 4, 4), date(2024, 8, 31)
SUPERVISORS_PER_REGISTRATION, MOST_SUPERVISORS = 0.042, 2_000
SUPERVISORS_PER_TEAM = 11
SECOND_REGISTRATION = 0.036

# How many days after it happened something is written down.
DELAY = Shares({0: 500, 1: 170, 2: 165, 3: 50, 5: 90, 9: 15, 25: 7, 60: 3})
CORRECTED, TYPED_TWICE = 0.015, 0.005

FATE = Shares(
    {
        Status.NOT_STARTED: 14,
        Status.NEVER_STARTED: 150,
        Status.RUNNING: 445,
        Status.CLOSED: 370,
        Status.REOPENED: 21,
    }
)
NEVER_STARTED_REASON = Shares(
    {"contact_lost": 49, "no_placement": 39, "not_affected": 59, "own_choice": 9, "other": 3}
)
CLOSING_REASON = Shares(
    {"completed": 324, "contact_lost": 17, "own_choice": 9, "transferred": 20, "moved": 3}
)
STARTS_LATER_AFTER_ALL, CLOSED_AGAIN = 0.02, 0.15
DAYS_TO_START = Shares({3: 20, 7: 30, 14: 25, 28: 15, 60: 7, 120: 3})

ROUTE = Shares({None: 95, "professional": 138, "self": 797})
REFERRER = Shares(
    {
        "certified_institution": 50,
        "interest_group": 46,
        "mental_health": 43,
        "ministry": 49,
        "municipality": 60,
        "public_prosecution": 36,
        "uht": 53,
    }
)
REFERRER_NAMED = 0.33
DAYS_TO_PHONE = Shares({0: 315, 1: 281, 2: 277, 4: 30, 7: 40, 14: 60, None: 25})
DAYS_TO_WELCOME = Shares({1: 212, 3: 190, 5: 164, 7: 136, 14: 80, 21: 70, 40: 61, None: 117})

APPLICANT = Shares({"mother": 712, "father": 141, "both": 74, "child": 62, "": 41})
OTHER_PARENT = 0.66
CHILDREN = Shares({0: 1, 1: 65, 2: 660, 3: 85, 4: 7})
CHILDREN_NOT_STARTED = Shares({0: 140, 1: 50})
COMPOSITION = Shares(
    {
        None: 176,
        "single_parent": 556,
        "separated_shared": 140,
        "blended": 78,
        "intact": 33,
        "other": 29,
    }
)
# Custody over the children of a family: who holds it. None: not in view.
CUSTODY = Shares(
    {None: 320, ("mother", "father"): 170, ("mother",): 235, ("father",): 45, (): 38, "mixed": 10}
)

WISHES = Shares({0: 166, 1: 367, 2: 229, 3: 53, 4: 3})
DESIRED_SITUATION = Shares(
    {
        "contact_with_children": 402,
        "other_family_recovery": 266,
        "reverse_placement": 231,
        "child_stays": 58,
        "other": 21,
    }
)
REASONS = Shares({0: 39, 1: 230, 2: 290, 3: 165, 4: 94})
PLACEMENT_REASON = Shares(
    {
        "financial": 402,
        "unsafe_home": 310,
        "health": 205,
        "housing": 188,
        "inability_to_care": 160,
        "complex_separation": 141,
        "partner_actions": 120,
        "substance_use": 97,
        "possible_offences": 44,
    }
)

SPELLS = Shares({0: 774, 1: 795, 2: 130, 3: 9})
PLACED_NOW = 0.52
MEASURE = Shares({True: 677, False: 208, None: 240})
RESIDENCE = Shares(
    {
        "foster_non_network": 242,
        "other_parent": 232,
        "network": 214,
        "residential": 109,
        "family_home": 93,
        "independent": 83,
        "secure": 76,
        "other": 66,
        None: 10,
    }
)
INVOLVEMENTS = Shares({0: 215, 1: 302, 2: 184, 3: 90, 4: 19, 5: 8})
INVOLVEMENT_ENDED = 0.045
INSTITUTION = Shares({f"GI{number:02}": 20 - number for number in range(1, 14)})
LARGEST_REGIONS = {"JZ29": 96, "JZ13": 94, "JZ31": 52, "JZ08": 45, "JZ24": 37}
NO_FAMILIES = {"JZ09", "JZ40", "JZ42"}
REGION = Shares(
    {
        code: LARGEST_REGIONS.get(code, 44 - number)
        for number in range(1, 44)
        if (code := f"JZ{number:02}") not in NO_FAMILIES
    }
)

REQUESTS = Shares({0: 15, 1: 88, 2: 220, 3: 251, 4: 154, 5: 67, 6: 19, 7: 4})
REQUEST = Shares(
    {
        "child_home": 140,
        "contact_children": 204,
        "custody_back": 150,
        "family_relations": 206,
        "finances": 149,
        "housing": 181,
        "own_direction": 260,
        "own_wellbeing": 260,
        "recognition_felt": 243,
        "story_heard": 237,
        "talks_with_professionals": 150,
    }
)
SUPPORTS = Shares({0: 19, 1: 95, 2: 215, 3: 251, 4: 167, 5: 55, 6: 16})
SUPPORT_FORM = Shares(
    {
        "attended_talks": 214,
        "care_arranged": 305,
        "contact_with_institution": 214,
        "debt_help": 132,
        "family_group_plan": 125,
        "financial_support": 146,
        "housing_urgency": 152,
        "legal_aid_referral": 131,
        "mediation": 135,
        "review_request_help": 153,
        "trauma_sensitive_talks": 305,
        "visit_arrangement": 141,
    }
)
RESULTS = Shares({0: 262, 1: 286, 2: 176, 3: 62, 4: 22, 5: 10})
RESULT = Shares(
    {
        "child_returned_home": 35,
        "contact_restored_between_children": 35,
        "contact_restored_with_children": 66,
        "custody_regained_or_kept": 16,
        "financial_situation_improved": 54,
        "housing_obtained": 60,
        "own_direction_strengthened": 68,
        "peace_hope_trust": 60,
        "placement_prevented": 16,
        "recognition_felt": 74,
        "relation_with_professionals_improved": 95,
        "relation_with_relatives_restored": 27,
        "suitable_care_child": 71,
        "suitable_care_parent": 79,
        "visitation_established": 21,
        "visitation_improved": 39,
        "work_obtained_or_kept": 46,
    }
)
RETURNED_WITH_A_SIBLING = 0.43
ANALYSIS, COMPLAINT = 0.038, 0.003
ASSIGNED, HANDED_OVER = 0.97, 0.14
FTE = Shares({"1": 11, "0.9": 11, "0.8": 11, "0.67": 11})
SUPERVISOR_LEFT = 0.045
