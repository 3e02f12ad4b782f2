"""What is done on others' events."""
