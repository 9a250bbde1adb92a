"""Faults that are injected for real, and what must hold after each: `make faults`.

A run of a small project is killed, starved of space or disturbed in a process of its own; another
process then checks the invariants. docs/faults.md says which fault is proved where.
"""
