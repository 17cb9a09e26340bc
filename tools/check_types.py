"""Check that the types of cardlint's public names are known to pyright: `python tools/check_types.py`.

cardlint must be installed as users install it (not with `-e`), and `pyright` on the path. The names are those of
`cardlint.__all__` and `cardlint.testing.__all__`, with all of their attributes. It prints the score of the package too.
"""

from __future__ import annotations

import json
import subprocess
import sys

import cardlint
from cardlint import testing


def main() -> int:
    command = ["pyright", "--verifytypes", "cardlint", "--ignoreexternal", "--outputjson"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)  # 1: something is not known
    found = json.loads(done.stdout)["typeCompleteness"]
    wanted = {f"cardlint.{name}" for name in cardlint.__all__ if not name.startswith("__")}
    wanted |= {f"cardlint.testing.{name}" for name in testing.__all__}
    symbols = {symbol["name"]: symbol["isTypeKnown"] for symbol in found["symbols"]}
    missing, unknown = wanted - set(symbols), [name for name in sorted(wanted & set(symbols)) if not symbols[name]]
    print(f"{len(wanted)} public names, {len(unknown)} of unknown type")
    print(f"{found['completenessScore']:.1%} of the package is known")
    for name in sorted(missing):
        print(f"{name}: not found by pyright")
    for name in unknown:
        print(f"{name}: not fully known; `pyright --verifytypes cardlint` says why")
    return 1 if missing or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
