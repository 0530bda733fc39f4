"""Writes the leaderboard to a CSV file, every so often, for --seconds; once if that is 0.

    python leaderboard_to_csv.py --api-key exk_... leaderboard.csv --seconds 3600 --every 60
"""

import argparse
import csv
import time
import unicodedata
from datetime import datetime, timezone

from exchange import Exchange


def text(name: str) -> str:
    """A name with an apostrophe before it if a spreadsheet would take it for a formula."""
    # In any width: "＝1+1" is one too.
    first = unicodedata.normalize("NFKC", name).strip()[:1]
    return "'" + name if first in tuple("=+-@\u2212") else name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("file")
    parser.add_argument("--every", type=float, default=60, help="seconds between two looks")
    parser.add_argument("--seconds", type=float, default=0)
    args = parser.parse_args()

    ends_at = time.monotonic() + args.seconds
    # Nothing is listened to: this only asks.
    with Exchange.connect(args.url, api_key=args.api_key, channels=()) as ex:
        with open(args.file, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["time", "rank", "account", "equity", "profit"])
            while True:
                now = datetime.now(timezone.utc).isoformat(timespec="seconds")
                for rank, entry in enumerate(ex.leaderboard(), 1):
                    writer.writerow([now, rank, text(entry.name), entry.equity, entry.profit])
                file.flush()
                if time.monotonic() + args.every > ends_at:
                    break
                time.sleep(args.every)


if __name__ == "__main__":
    main()
