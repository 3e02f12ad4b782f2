"""The embedded default: PostgreSQL and Valkey from their wheels and the product's processes, children of one parent."""
