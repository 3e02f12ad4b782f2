"""Settings: `base` for all, then `embedded` (one machine, development, tests) or `production`."""
