"""Services, rights and selectors against a real database."""
