"""Views of tenders: what is public, what a bidder does, what one follows, the desk, and the OCDS feed."""
