"""`qa` on the command line."""


def main() -> None:
    """The console script. Exit status: 0 all well, 1 some inputs failed, 2 wrong use."""
    from qa.cli.app import run_app

    run_app()
