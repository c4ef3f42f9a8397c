"""Where plans stand: the list of plans, and the first page of one."""
