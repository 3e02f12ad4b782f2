"""What the relay calls. Leave, trips and outings come as events, by name."""
