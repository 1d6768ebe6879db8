"""What people fill in. Rules about words and rights live in the services, so that a form and
a socket get the same answer; a form only reads and keeps what was typed."""
