"""What people do with an open record: import, review, sign, export, join. Each act is one module behind Session."""
