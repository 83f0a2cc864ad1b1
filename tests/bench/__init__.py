"""How fast the report and the import are, beside a naive way and beside a limit (make bench)."""
