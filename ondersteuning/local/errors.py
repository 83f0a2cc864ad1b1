"""The one error of the launcher: a Dutch sentence for whoever started the command."""


class LocalError(Exception):
    """What went wrong and what to do, in Dutch; shown without a traceback."""
