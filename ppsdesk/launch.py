"""Entry point of the installed package: finds `main.py` in the wheel's bundle or in a checkout."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the program as `python main.py` would."""
    here = Path(__file__).resolve().parent
    bundle = here / "_bundle"
    sys.path.insert(0, str(bundle if bundle.is_dir() else here.parent))
    from main import main as run

    return run()
