"""Money: where a service stands, the savings requirement, scenarios side by side, and what a position rests on."""
