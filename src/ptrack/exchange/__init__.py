"""Imports and exports, a file per format."""
