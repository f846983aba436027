"""Files with one report a row: CSV, JSON, Excel, Parquet; and workbooks that hold one report's tables."""
