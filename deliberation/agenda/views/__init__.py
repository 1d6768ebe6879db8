"""Pages and plain forms of the agenda: everything works without scripts."""
