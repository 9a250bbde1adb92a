"""From raw tables to rows that satisfy the contract, with a quarantine and an account of all rows.

The guard compares a release with those before it. What a column means is known to the source.
"""
