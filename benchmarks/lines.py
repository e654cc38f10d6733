"""Lines of code of a folder, by module: without docstrings, comments, imports and empty lines.

    python benchmarks/lines.py [FOLDER]

A statement over three lines counts as three. Without a folder: the sealed file, `baladeur/container`.
"""

import ast
import io
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_IDLE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def lines(source: str) -> int:
    """How many lines of a module hold code of its own."""
    left_out: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            left_out.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(node, clean=False) is not None:
                said = node.body[0]
                left_out.update(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _IDLE:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held - left_out)


def main(folder: Path) -> None:
    """Print each module and the sum."""
    counts = {path: lines(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
    for path, count in counts.items():
        print(f"{count:>6}  {path.relative_to(folder).as_posix()}")
    print(f"{sum(counts.values()):>6}  in {len(counts)} modules")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "baladeur" / "container")
