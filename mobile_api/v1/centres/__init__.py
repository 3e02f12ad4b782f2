"""The service centres: where to go, and what each window handles now."""
