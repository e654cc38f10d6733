"""Documents as text: what a kept file says, whatever its format, without leaving the program.

Nothing here changes, repairs or interprets: text comes out, tamed, in the order in which the file has it, and what
could not be shown is named.
"""
