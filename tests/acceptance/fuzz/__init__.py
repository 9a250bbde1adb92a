"""Figures and files made up by machines, many thousands: `make fuzz`.

`contract.py` says what must hold of each; `examples.py` has the sound files that others are made
of, by hypothesis in `test_made_up_files.py`, byte by byte in `targets.py` by a fuzzer that sees
which lines of ours its bytes reach (atheris).
"""
