"""Documents and how they become terminal pages, JSON, CSV and PDF; knows formats, no subjects."""
