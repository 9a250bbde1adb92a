"""The questionnaire of this database: written for a state, read back, checked, and taken in.

`plan.csv` says what is asked; `form` makes rows of it, and the version by which a form is known
again. `workbook` writes Excel forms and `workbook_cells` reads them, `delimited` does both for CSV;
`check` finds what is wrong, `protect` hides small numbers, `submission` answers and takes in.
Figures leave here as a release of a source: no other folder reads a form.
"""
