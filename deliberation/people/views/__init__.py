"""Pages of people: signing in and out, and who is staff."""
