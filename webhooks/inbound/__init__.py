"""One folder a sender: verify, store raw, hand on."""
