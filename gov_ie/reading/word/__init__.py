"""Word documents, and what LibreOffice makes of older ones."""
