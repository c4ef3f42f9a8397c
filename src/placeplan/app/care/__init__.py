"""The local-care model: population, demand, capacity and siting, put together for plans and commands."""
