"""Pure parts, without a database."""
