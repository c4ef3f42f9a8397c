"""Money on a page: positions, the savings requirement, scenarios side by side, and what a position rests on."""
