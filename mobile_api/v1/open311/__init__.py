"""Open311 GeoReport v2 for clients that are not ours."""
