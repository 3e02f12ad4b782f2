"""The area of knowledge."""
