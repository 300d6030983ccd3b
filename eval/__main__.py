"""`python -m eval plans …` and `python -m eval bench …`, without installing."""

import sys

from eval import bench, run

BENCH = "bench"

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == [BENCH]:
        sys.exit(bench.main(arguments[1:]))
    sys.exit(run.main(arguments))
