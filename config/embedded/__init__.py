"""The embedded default: PostgreSQL and Valkey from their wheels and the product's own processes, as children of one parent."""
