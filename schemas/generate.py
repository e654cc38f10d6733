"""Write (or with --check compare) schemas/*.schema.json and emergency-words.json from the models and tables."""

import json
import sys
from pathlib import Path

from baladeur.container.models import SCHEMAS
from baladeur.record import models

HERE = Path(__file__).parent


def texts() -> dict[Path, str]:
    """Path → text of every schema."""
    made = {}
    for name, model in (SCHEMAS | models.SCHEMAS).items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        made[HERE / f"{name}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    table = models.words()
    rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in table.pop("words"))
    rest = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())
    made[HERE / "emergency-words.json"] = f'{{\n{rest},\n  "words": [\n{rows}\n  ]\n}}\n'
    return made


def main() -> int:
    """Write, or compare and name what differs."""
    if "--check" not in sys.argv:
        for path, text in texts().items():
            path.write_text(text, "utf-8")
        return 0
    stale = [path.name for path, text in texts().items() if not path.exists() or path.read_text("utf-8") != text]
    if stale:
        print("not what the models say:", ", ".join(stale), "- run python schemas/generate.py", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
