"""``python -m oz`` is ``oz``."""

from oz.cli import main

if __name__ == "__main__":
    main()
