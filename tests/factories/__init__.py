"""Makers of test data, one module an app."""
