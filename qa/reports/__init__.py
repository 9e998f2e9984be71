"""Read-only tables with a title, and their exporters."""
