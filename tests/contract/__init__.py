"""What the two ends of the wire agreed on."""
