"""The screens: a view of the lines that the one door hands out. No clinical fact is decided here.

How a screen is added. One module beside this one holds one `Room` (`room.py`; a question is a `Question`), with its
style in a `.tcss` of the same name. Its words go into a module of `baladeur/wording/phrases`; a binding's description
and `HELP` name such phrases, and `speak` puts every word of the screen anew, because the language changes while it
stands. Text of a record is shown by `Plain` only, never in markup. Where people go from the emergency page is a row
of `ROOMS` in `places.py`. What is open is `self.visit`: its session is None once the dossier is locked, and every
room above the emergency page is closed then. A draft goes to `sign.Sign(draft)`, which answers the number of the commit
or None. What waits for the disk runs in `self.behind(...)`; a `BaladeurError` there becomes a sentence by itself.
A screen's tests take the app of `tests/tui/conftest.py`: nothing moves in it, and its clock is the test's.
"""
