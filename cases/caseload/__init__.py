"""The work as one colleague or one team has it before them, in plain words."""
