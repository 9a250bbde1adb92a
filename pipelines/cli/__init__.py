"""The command line: one module per group of verbs, and the tables and messages they print.

A verb asks other folders to do the work; nothing here reads a file or computes a figure.
"""
