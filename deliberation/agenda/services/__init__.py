"""What changes needs. Keyword-only, atomic, each ends in an announcement."""
