"""Web pages: main text and tables."""
