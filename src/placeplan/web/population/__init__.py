"""Pages on people: who lives in a place and how that grows, and who needs care, down to practices."""
