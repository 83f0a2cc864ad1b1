"""The long series: random worlds, kills, interruptions. `make test` holds a sample of each."""
