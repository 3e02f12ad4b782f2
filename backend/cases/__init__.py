"""Cases (办件): an application from draft to closing, under the law's limits and the item's fixed steps."""
