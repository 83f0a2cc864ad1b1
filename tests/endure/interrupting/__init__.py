"""People who type and save while the site is interrupted, again and again.

In a process of its own: it has its own PostgreSQL, Redis and site, which it may break.
"""
