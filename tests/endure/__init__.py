"""The long series: random worlds, kills, interruptions. `make test` holds a small sample of each."""
