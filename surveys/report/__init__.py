"""The report of a round: never of fewer than ten answers, and only when the round is over.

counting -> figures (one declaration each) -> making (the structure) -> tables, documents, quoting.
"""
