"""Leave, trips and outings."""
