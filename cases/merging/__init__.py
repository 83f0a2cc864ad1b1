"""What happens to everything that points at a family, a registration or a person when two of them
turn out to be one."""
