"""Documents that leave the system: how they are set, and what each holds."""
