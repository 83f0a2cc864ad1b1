"""The bytes of documents: outside the database and the web root, opened only through the door."""
