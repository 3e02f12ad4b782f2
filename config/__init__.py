"""Settings, addresses and processes: the only package that knows everything; nothing imports it."""
