"""Invented families in bulk, for measuring speed: realistic shares, no names of living people.

The same seed and number give the same rows, ids included. They are copied into the tables as
whole batches, under every constraint and trigger, but leave no history: what they say was never
typed by anyone.
"""

from .generate import Refused, generate_families

__all__ = ["Refused", "generate_families"]
