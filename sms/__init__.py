"""Text messages: numbers, templates, lengths, gateways, receipts and replies. Knows no case."""
