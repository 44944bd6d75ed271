"""Where this desk's things lie: database, settings, logs and backups together in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ppsdesk.domain.errors import CannotStart


@dataclass(frozen=True, slots=True)
class DeskFolder:
    """One desk's folder. Moving it moves everything."""

    root: Path

    @property
    def database(self) -> Path:
        """The local file."""
        return self.root / "ppsdesk.db"

    @property
    def settings(self) -> Path:
        """The desk's settings."""
        return self.root / "settings.toml"

    @property
    def backups(self) -> Path:
        """Checked copies of the local file."""
        return self.root / "backups"

    def newest_backup(self) -> Path | None:
        """The latest copy there is, if any."""
        return max(self.backups.glob("*.db"), key=lambda path: path.stat().st_mtime, default=None)

    @property
    def unfinished(self) -> Path:
        """Calls that a database did not take yet, in files of their own."""
        return self.root / "unfinished-calls"

    @property
    def last_time(self) -> Path:
        """What is known of the shared database while that does not answer; no person, no call, no password."""
        return self.root / "shared-database.json"

    @property
    def logs(self) -> Path:
        """What the program did, with ids only."""
        return self.root / "logs"

    def make(self) -> DeskFolder:
        """Create the folder for this person alone. Raises `CannotStart` when that cannot be done."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except FileExistsError as error:
            raise CannotStart(
                f"“{self.root.name}” is a file, not a folder.", hint="Choose another --data-dir."
            ) from error
        except OSError as error:
            raise CannotStart(
                f"The folder “{self.root}” cannot be made: {error.strerror or error}.",
                hint="Choose another --data-dir.",
            ) from error
        return self


def usual_folder() -> DeskFolder:
    """The place the operating system keeps such things in."""
    import platformdirs

    return DeskFolder(Path(platformdirs.user_data_dir("ppsdesk", appauthor=False)))
