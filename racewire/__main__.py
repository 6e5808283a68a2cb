"""`python -m racewire` is the same as `racewire`."""

from racewire.cli import main

if __name__ == "__main__":
    main()
