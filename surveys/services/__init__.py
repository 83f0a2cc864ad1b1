"""Verbs of surveys: keyword-only functions with `by=`; what can't be is said in Dutch."""
