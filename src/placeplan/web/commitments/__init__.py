"""What a plan commits to, with its deadlines; and which project serves which goal."""
