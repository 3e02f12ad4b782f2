"""Local servers that behave like the providers do, with a ledger and a fault script (reliability 2, "Rig")."""
