"""Dagster: assets, checks, schedules, sensors, backfill, and alerts about failed runs.

Assets call the other folders: what a step does is a plain function there, not here.
"""
