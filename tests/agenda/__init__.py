"""The standing needs agenda."""
