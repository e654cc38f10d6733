"""The official files in their published layouts, read as terms; one module per family of layouts.

Every reader takes a path and yields terms, and knows its own layout by looking at the first bytes. Nothing is written
here, no file is trusted: sizes are capped, lines that do not fit are counted, XML is read without entities and network.
"""
