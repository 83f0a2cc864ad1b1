"""The history of a family in Dutch sentences."""
