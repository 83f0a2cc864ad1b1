"""The book can't be read or stored at all: one Dutch sentence for the operator."""


class UnreadableBook(Exception):
    """No workbook, or not a safe one. Nothing can be said about its cells."""


class Refused(Exception):
    """The book was right, and storing it failed all the same. Nothing was stored."""
