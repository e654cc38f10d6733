"""The page that opens in a browser: image/page."""
