"""Public resource trading: what is tendered, who bids, sealed bids, their opening, and what follows."""
