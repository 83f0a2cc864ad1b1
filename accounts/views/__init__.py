"""The pages of an account: signing in, its safety, invitations, drafts; and managing people."""
