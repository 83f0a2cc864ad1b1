"""What people fill in about their account, and administrators about others."""
