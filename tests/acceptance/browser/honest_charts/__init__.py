"""Honest charts: rules for every chart of every state's page, and saboteurs that each must catch."""
