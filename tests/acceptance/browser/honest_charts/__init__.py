"""Honest charts: rules for each chart of a state's page, and saboteurs that they must catch."""
