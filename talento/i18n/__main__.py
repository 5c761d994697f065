"""`python -m talento.i18n check`: fail on a text without French, or one that nothing shows or that is ill spelled."""

import sys

from talento.i18n.check import problems


def main() -> int:
    found = problems()
    for problem in found:
        print(problem)
    print(f"{len(found)} problem(s) in the catalogue" if found else "The catalogue is complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
