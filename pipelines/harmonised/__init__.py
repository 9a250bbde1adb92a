"""Turn raw tables into rows that satisfy the contract, a quarantine and an account of all rows.

The guard compares a release with the current figures. The meaning of columns is the sources' task.
"""
