"""The area of inquiries."""
