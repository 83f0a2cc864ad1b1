def write_marked_copy(outcome, path): pass
