"""Intake of new releases: download, drop folder, trial reading, raw table, detectors.

It ends with a figure table in data/raw and its line in the manifest; harmonising begins there.
"""
