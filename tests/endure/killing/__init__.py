"""Editions that are drawn, exported and published while worker, clock, broker and database fall."""
