"""The base of the errors that a person can mend."""


class TipstatError(Exception):
    """Something is wrong that a person can mend; the message says what, where, what to do.

    The command line prints it in a line and ends with exit code 1, without a traceback.
    """
