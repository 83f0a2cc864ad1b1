"""What a death and a contact block mean for the rest of a file. No queries: it was all read."""

from facts.words import short_day

from .family import People
from .registrations import Trajectories


def tell_who_is_not_approached(people: People, trajectories: Trajectories) -> None:
    """Beside each person since when they want no contact, as said in a registration that whoever
    looks may see; at each that is under way, that nobody who registered is left."""
    everybody = {one.id: one for one in (*people.adults, *people.children)}
    for trajectory in trajectories.shown:
        for person, day in trajectory.papers.contact_blocks.items():
            if person in everybody:
                everybody[person].no_contact = short_day(day)
        applicants = [everybody.get(pk) for pk in trajectory.applicant_ids]
        died = [one.name for one in applicants if one and one.died_on]
        if trajectory.under_way and len(died) == len(applicants) > 0:
            trajectory.who_died = died
