"""What goes on paper: words in, PDF/A out. It knows no record, no key and no screen; nothing passes through a file."""
