"""Alerts: who runs this is told what went wrong, once a day, by mail, webhook or file.

Environment variables choose the channels; without any, nobody is told anything here. What an
alert says is what the command line says: what, where, what to do.
"""
