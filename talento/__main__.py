"""`python -m talento`."""

from talento.cli import main

main()
