"""Floor 0, bytes: the sealed file. It knows no medicine; its document is schemas/container.md."""
