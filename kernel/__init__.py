"""Generic mechanisms under the municipality: errors, time, ids, crypto, events, outbox, realtime; no domain word."""
