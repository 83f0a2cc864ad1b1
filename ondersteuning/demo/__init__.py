"""The demo: one invented quarter, and one login per role. Never beside real data."""
