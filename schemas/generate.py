"""Write (or with --check compare) schemas/*.schema.json from the pydantic models."""

import json
import sys
from pathlib import Path

from baladeur.container.models import SCHEMAS
from baladeur.record.forms import SCHEMAS as DECLARED

HERE = Path(__file__).parent


def texts() -> dict[Path, str]:
    """Path → text of every schema."""
    made = {}
    for name, model in {**SCHEMAS, **{f"declared-{kind}": one for kind, one in DECLARED.items()}}.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        made[HERE / f"{name}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
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
