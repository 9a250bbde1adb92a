"""What leaves the pages from the command line: images of charts, and a state's page as PDF."""
