"""An independent recount: each publisher's own file, read once more by other code, cell by cell.

Nothing here imports the reader, the parser or the source modules of the project: what one of them
gets wrong, its own tests may get wrong alike. One module a source, named as the source is, says in
a few lines which figures the file has; `compare` holds them against what is published.

A package, so that its modules may have the names of the sources.
"""
