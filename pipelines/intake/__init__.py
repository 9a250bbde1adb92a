"""Intake of new releases: download, inbox, reading in a sandbox, raw table, detectors.

It ends with a figure table in data/raw and its line in the manifest; harmonising begins there.
"""
