import sys, time
from tests.hostile.readers import readers, forget
from tests.hostile.shapes import SHAPES
from tests.hostile.clockwork import *
from tests.hostile import clockwork

only = sys.argv[1:]
t = time.thread_time()
worst = {}
for name, read in readers().items():
    if only and not any(o in name for o in only):
        continue
    t0 = time.thread_time()
    w = (0, "", 0)
    for sname, shape in SHAPES.items():
        for n in (400, 1000, 4096):

            def fresh(x):
                return read(x)

            forget()
            try:
                c = cost(read, shape(n))
            except Hangs:
                print("HANG", name, sname, n)
                continue
            except Exception as e:
                print("EXC", name, sname, n, type(e).__name__, str(e)[:80])
                continue
            if c > w[0]:
                w = (c, sname, n)
            if c > 0.002:

                def fr(x):
                    forget()
                    return read(x)

                try:
                    g = growth(fr, shape(n // 2), shape(n))
                except Hangs:
                    print("HANG", name, sname, n // 2)
                    continue
                if g > 2.6:
                    print("GROW %-50s %-25s %d %.1f" % (name, sname, n, g))
    print(
        "%-55s worst %.2f ms %s %d   all %.2fs"
        % (name, w[0] * 1e3, w[1], w[2], time.thread_time() - t0),
        flush=True,
    )
print(time.thread_time() - t)
