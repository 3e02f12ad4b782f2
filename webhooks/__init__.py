"""Conversations with other computers: what comes in from carriers and partners, verified, stored raw, handed on."""
