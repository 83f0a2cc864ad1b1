"""Who looked: the read log as people ask it. By file, by person, by colleague; odd access; and the
overview that someone may ask for of themselves. Reads the log, and never changes it.
"""
