"""Alerts: tell operators what went wrong, each cause once a day, by mail, webhook or file.

Settings choose the channels; without any, no alert is sent. An alert has the same
messages as the command line: what, where, what to do.
"""
