"""What people fill in about needs."""
