"""Measure the guard: python -m guard_trials (dev draft)."""

import pickle, sys, time, warnings
import numpy as np, pandas as pd
from guard_trials import kinds, replay

warnings.simplefilter("ignore")
H = pickle.load(open("/tmp/guard/releases.pkl", "rb"))
SEED = 20261130


def main():
    import os

    replay.MOST = int(os.environ.get("MOST", 16))
    replay.MOST_OF_LARGE = min(4, replay.MOST)
    only = None
    out = sys.argv[1]
    sub = sys.argv[2] if len(sys.argv) > 2 else "tune"
    rows = []
    t0 = time.process_time()
    for cut in replay.cuts(H, SEED):
        if sub == "tune" and cut.source in replay.LEFT_OUT:
            continue
        if sub == "left" and cut.source not in replay.LEFT_OUT:
            continue
        if "," in sub or sub in {s for s, _ in H}:
            if cut.source not in sub.split(","):
                continue
        n = int(cut.number.sum())
        per = cut.before["time_period"].nunique()
        rng = np.random.default_rng(SEED)
        c = replay.compared(cut, cut.after)
        rows.append(
            (cut.source, cut.name, "true", n, per, bool(c.doubts), False, c.lines, c.noticed())
        )
        for make in kinds.KINDS:
            for f in make(cut, rng):
                c = replay.compared(cut, f.after)
                named = any(f.fault.is_named(d) for d in c.doubts)
                rows.append(
                    (cut.source, cut.name, make.__doc__, n, per, bool(c.doubts), named, c.lines, 0)
                )
    d = pd.DataFrame(rows, columns="source cut kind n periods held named lines noticed".split())
    d.to_pickle(out)
    print("cpu", round(time.process_time() - t0), len(d))
    show(d)


def show(d):
    d = d.assign(short=d.n < 12)
    g = d.groupby("kind", sort=False)
    t = pd.DataFrame(
        {
            "n": g.size(),
            "held": g.held.mean().round(3),
            "named": d[d.held].groupby("kind").named.mean().round(2),
        }
    )
    s = d[d.short].groupby("kind")
    t["short"] = s.size()
    t["sheld"] = s.held.mean().round(3)
    print(t.to_string())
    f = d[d.kind != "true"]
    u = f[~f.kind.isin([m.__doc__ for m in kinds.UNSEEN])]
    print(
        "all",
        len(f),
        f.held.mean().round(3),
        "short",
        f[f.short].held.mean().round(3),
        "| without unseen",
        u.held.mean().round(3),
        "short",
        len(u[u.short]),
        u[u.short].held.mean().round(3),
        "named",
        f[f.held].named.mean().round(3),
    )


if __name__ == "__main__":
    main()
