"""The work as one colleague or one team has it before them, in plain words.

Everything starts from the few registrations that someone has a right to, and asks the rest for
those: so a page costs the same whatever the size of the whole.
"""
