"""Documents made of pages: PDF with text, and scans read by OCR; their tables are rebuilt from rules and positions."""
