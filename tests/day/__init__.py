"""A random day of work through the screens, beside a plain ledger of what was done.

At its end every figure of the report has to equal a plain count of the ledger.
"""
