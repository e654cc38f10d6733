"""Coded words: the project's own small tables, official tables that a user imports, and the look-up over both.

It knows no record, no file of the key and no screen. Codes are facts of their systems, with the version stated;
wordings are ours. **Reviewed by nobody yet**: every row says so. See README.md beside this file.
"""
