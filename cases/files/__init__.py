"""What the pages show of files, as plain words: read in a fixed number of queries.

Nothing here asks who is looking: whoever calls has been through the door (cases.door).
"""
