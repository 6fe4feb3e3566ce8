"""Going back to a moment with PostgreSQL, on a server of its own: two writes, one comes back."""

import shutil
import tempfile
from pathlib import Path

from tools.archived_postgres import ArchivedServer


def go_back_between_two_writes() -> tuple[str, str]:
    """What was written before the loss, and what is there after going back between the writes."""
    home = Path(tempfile.mkdtemp(prefix="binglian-drill-"))
    server = ArchivedServer(home)
    try:
        server.start()
        server.ask("CREATE TABLE written (what text)")
        server.take_base()
        server.ask("INSERT INTO written VALUES ('first')")
        moment = server.ask("SELECT clock_timestamp()")
        server.ask("INSERT INTO written VALUES ('second')")
        before = server.ask("SELECT what FROM written")
        server.go_back(moment)
        return before, server.ask("SELECT what FROM written")
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    before, after = go_back_between_two_writes()
    print(f"written: {before.split()}; there after going back to between: {after.split()}")


if __name__ == "__main__":
    main()
