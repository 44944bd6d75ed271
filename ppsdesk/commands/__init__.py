"""The command line, one module per command, over services only."""
