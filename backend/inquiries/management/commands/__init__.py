"""Commands of the inquiries."""
