"""Write `baladeur/tables/data/labels.txt`, the labels of codes in one text to search; `--check` compares instead.

One line a code, parted by tabs: system, code, table, then the labels in the order of `shipped.LABELS`, empty where
there is none. Then one line a label in French and in English: language, the label folded as `text.fold` does and its
signs left out, and the same. Sorted by their bytes: a reader of the page looks a few up and parses no table.
"""

import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "baladeur" / "tables" / "data" / "labels.txt"
TABLES = ("medicines", "problems", "allergens", "reactions", "vaccines", "analytes", "implants", "acts", "values")
SPOKEN = ("fr", "en")  # languages in which records are written that have no code


def build() -> str:
    """The file. A code of several tables is the first one's; one with several labels in a table is left out.

    Words that are a label in several rows are left out unless these say the same in English and in French.
    """
    sys.path.insert(0, str(TARGET.parents[3]))  # runs from a bare checkout too
    from baladeur.tables import shipped
    from baladeur.tables.labels import folded

    worded: dict[tuple[str, str], dict[tuple[str, ...], tuple[str, ...]]] = {}
    made: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in TABLES:
        here: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        rows = list(shipped.rows(name))
        if name == "medicines":  # the substances of the alert rules
            drugs = shipped.table("high_risk")["drugs"]
            rows += [{"atc": one["atc"], "fr": one["inn_fr"], "en": one["inn_en"]} for one in drugs]
        for row in rows:
            labels = tuple(row.get(lang, "") for lang in shipped.LABELS)
            for code in shipped.codes(row):
                here.setdefault(code, set()).add(labels)
            for at, lang in enumerate(SPOKEN):
                meanings = worded.setdefault((lang, folded(labels[at])), {})
                said = tuple(map(folded, labels[: len(SPOKEN)]))
                if sum(map(bool, labels)) > sum(map(bool, meanings.get(said, ())[1:])):
                    meanings[said] = (name, *labels)
        for code, several in here.items():
            if len(several) == 1:
                made.setdefault(code, (name, *several.pop()))
    made |= {words: rows.popitem()[1] for words, rows in worded.items() if len(rows) == 1}
    lines = ("\t".join((*code, *labels)) for code, labels in made.items())
    return "".join(sorted((f"{line}\n" for line in lines), key=str.encode))


def main(arguments: list[str]) -> int:
    """Write or, with --check, compare; return 1 if the file differs."""
    if arguments == ["--check"]:
        same = TARGET.exists() and TARGET.read_text("utf-8") == build()
        print(TARGET.name, "is up to date" if same else "differs: run python schemas/make_labels.py")
        return 0 if same else 1
    TARGET.write_text(build(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
