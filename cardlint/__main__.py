"""`python -m cardlint`."""

from cardlint.cli import main

if __name__ == "__main__":
    main()
