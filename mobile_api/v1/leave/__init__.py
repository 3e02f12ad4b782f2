"""Leave, trips and outings over HTTP."""
