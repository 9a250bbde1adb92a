"""Dagster: assets, checks, schedules, sensors, backfill, and the alerts of failed runs.

Assets call the other folders; what a step does is a plain function there, not an op here.
"""
