#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times glpsol and cbc on instances of discrete berths beside quaywright, one thread each.

    python3 tests/bench/bench_peers.py [FILE|DIR...] [--bases DIR] [--seeds A..B] [--limit S]
        [--models M[,M]] [--solvers P[,P]] [--csv FILE] [--keep DIR]

    FILE|DIR   instances in the published text format
    --bases    folder cordeau_I2_reconstructed; adds the 60x13 instances of --seeds (1..5)
    --limit    processor seconds for each run (120)
    --models   arc-flow,set-partitioning (both); peer_models.py describes them
    --solvers  glpsol,cbc (both)
    --csv      writes the rows, too
    --keep     writes the models to DIR and keeps them

The tool is QWR_TOOL. Processor time is user and system time of the process, reading its
file included; making the models is not counted. A solver that is not installed is left out by name.
Exit code 1: two proofs, or a proof and a better plan, contradict each other, or a run failed.
"""

import argparse
import collections
import csv
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is
import dbap_text  # noqa: E402  (beside this file)
import make_60x13  # noqa: E402
import peer_models  # noqa: E402

PACKAGES = {"glpsol": "glpk-utils", "cbc": "coinor-cbc"}
TOOL = os.environ.get("QWR_TOOL", "quaywright")
COLUMNS = "instance model solver columns rows value bound proven cpu_s ratio".split()
Row = collections.namedtuple("Row", COLUMNS)
Answer = collections.namedtuple("Answer", "value bound proven")
NONE = Answer(None, None, False)


class Broken(Exception):
    """A run that should have worked did not."""


# --- one run --------------------------------------------------------------------------------------


def run(command, limit_s, folder):
    """(what it printed, processor seconds). What does not stop by itself at the limit is stopped
    soon after it, and by the clock in case it sleeps."""
    hard = int(limit_s * 1.05) + 2

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard + 5))

    environment = dict(os.environ, OMP_NUM_THREADS="1", LC_ALL="C")
    out = os.path.join(folder, "out.txt")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file,
                                   stderr=subprocess.STDOUT, cwd=folder, env=environment,
                                   preexec_fn=limit)
        try:
            process.wait(timeout=10 * limit_s + 60)
        except subprocess.TimeoutExpired:
            pass
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, encoding="utf-8", errors="replace") as file:
        printed = file.read()
    if process.returncode not in (0, -signal.SIGXCPU, -signal.SIGKILL):
        raise Broken(f"{' '.join(command)} ended with {process.returncode}: {printed[-500:]}")
    return printed, (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def last_number(pattern, printed):
    found = re.findall(pattern + r"\s*([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)", printed)
    return float(found[-1]) if found else None


def glpsol(model, limit_s, folder):
    """With clique cuts: with none, all, or presolving of integers it takes longer to a proof."""
    printed, cpu_s = run(["glpsol", "--mps", model, "--clique"], limit_s, folder)
    value = last_number(r"(?:mip|Objective value) =", printed)
    if "INTEGER OPTIMAL SOLUTION FOUND" in printed:
        return Answer(value, value, True), cpu_s
    return Answer(value, None, False), cpu_s


def cbc(model, limit_s, folder):
    """Without preprocessing of integers and heuristics: with either it takes up to three times as
    long to a proof."""
    command = ["cbc", model, "-timeMode", "cpu", "-sec", str(limit_s), "-preprocess", "off"]
    printed, cpu_s = run(command + ["-heuristics", "off", "-solve"], limit_s, folder)
    value = last_number(r"Objective value:", printed)
    if "Result - Optimal solution found" in printed:
        return Answer(value, value, True), cpu_s
    return Answer(value, last_number(r"Lower bound:", printed), False), cpu_s


def quaywright(path, limit_s, folder):
    """All else as it comes."""
    rows = os.path.join(folder, "ours.csv")
    command = [TOOL, "bench", path, "--threads", "1", "--deadline", str(limit_s), "--quiet"]
    _printed, cpu_s = run(command + ["--csv", rows], limit_s, folder)
    with open(rows, encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    if row["checked"] != "1":
        raise Broken(f"{path}: the checker rejects the plan")
    value, bound = (float(row[name]) if row[name] else None for name in ("value", "bound"))
    return Answer(value, bound, row["status"] == "optimal"), cpu_s


PEERS = {"glpsol": glpsol, "cbc": cbc}


# --- instances and rows ---------------------------------------------------------------------------


def files_of(given, folder):
    """Paths of every instance: operands, then the seeded ones, which are made in `folder`."""
    paths = []
    for operand in given.instances:
        if os.path.isdir(operand):
            names = sorted(name for name in os.listdir(operand) if name.endswith(".txt"))
            paths += [os.path.join(operand, name) for name in names]
        else:
            paths.append(operand)
    if given.bases:
        pool = make_60x13.pool_of(given.bases)
        for seed in given.seeds:
            paths.append(os.path.join(folder, f"s60x13-{seed:03}.txt"))
            with open(paths[-1], "w", encoding="ascii") as file:
                file.write(dbap_text.text(make_60x13.instance_of(seed, *pool)))
    return [os.path.abspath(path) for path in paths]


def compare(given, path, folder):
    """Rows of an instance: ours first, then those of the peers."""
    name = os.path.basename(path).rsplit(".", 1)[0]
    instance = dbap_text.read(path)
    ours, our_s = quaywright(path, given.limit, folder)
    yield Row(name, "-", "quaywright", None, None, *ours, our_s, None)
    all_starts = peer_models.starts(instance) if given.solvers else []
    for model_name in given.models if given.solvers else []:
        model = peer_models.MODELS[model_name](instance, all_starts)
        written = os.path.join(given.keep or folder, f"{name}-{model_name}.mps")
        model.write(written)
        for solver in given.solvers:
            answer, cpu_s = PEERS[solver](written, given.limit, folder)
            ratio = cpu_s / our_s if answer.proven and ours.proven and our_s > 0 else None
            size = len(model.columns), len(model.rows)
            yield Row(name, model_name, solver, *size, *answer, cpu_s, ratio)
        if not given.keep:
            os.remove(written)


def contradiction(rows):
    """A sentence if two rows of an instance cannot both be true; None."""
    for a in rows:
        for b in rows:
            if a.proven and b.value is not None and b.value < a.value - 0.5:
                return (f"{a.instance}: {a.solver} ({a.model}) proves {a.value:g}, {b.solver} "
                        f"({b.model}) finds {b.value:g}")
    return None


def shown(value, text="{:g}"):
    return "-" if value is None else text.format(value)


def print_row(row):
    print(f"{row.instance:<14} {row.model:<16} {row.solver:<10} {shown(row.columns):>8} "
          f"{shown(row.rows):>7} {shown(row.value):>9} {shown(row.bound):>9} "
          f"{'yes' if row.proven else 'no':>6} {row.cpu_s:>9.3f} {shown(row.ratio, '{:.3g}'):>9}",
          flush=True)


def print_summary(by_instance, limit_s):
    """How often each proves, and the ratio to the faster peer where both prove."""
    ours = sum(rows[0].proven for rows in by_instance)
    print(f"\n{len(by_instance)} instances, {limit_s:g} s each; quaywright proves {ours}")
    peers = sorted({(row.model, row.solver) for rows in by_instance for row in rows[1:]})
    for peer in peers:
        proven = sum(row.proven for rows in by_instance for row in rows if row[1:3] == peer)
        print(f"{peer[1]} proves {proven} by {peer[0]}")
    ratios = [[row.ratio for row in rows if row.ratio is not None] for rows in by_instance]
    ratios = [min(of_instance) for of_instance in ratios if of_instance]
    if ratios:
        print(f"time of the fastest peer over ours, to the proof, on {len(ratios)} that both prove:"
              f" least {min(ratios):.3g}, median {statistics.median(ratios):.3g}, "
              f"most {max(ratios):.3g}")
    open_here = sum(any(row.proven for row in rows[1:]) and not rows[0].proven
                    for rows in by_instance)
    if open_here:
        print(f"{open_here} that a peer proves are not proven by quaywright")


def write_csv(path, by_instance):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in (row for rows in by_instance for row in rows):
            writer.writerow("" if cell is None else int(cell) if isinstance(cell, bool) else
                            round(cell, 4) if isinstance(cell, float) else cell for cell in row)


# --- all ------------------------------------------------------------------------------------------


def words_of(known):
    """Type of an option that takes some of these words."""
    def parse(text):
        words = [word for word in text.split(",") if word and word != "none"]
        for word in words:
            if word not in known:
                raise argparse.ArgumentTypeError(f"{word} is none of {', '.join(known)}")
        return words
    return parse


def positive(text):
    value = float(text)
    if not 0 < value <= 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no time in seconds")
    return value


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, usage=argparse.SUPPRESS,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="*")
    parser.add_argument("--bases")
    parser.add_argument("--seeds", type=make_60x13.seeds_of, default=range(1, 6))
    parser.add_argument("--limit", type=positive, default=120)
    models = list(peer_models.MODELS)
    parser.add_argument("--models", type=words_of(models), default=models)
    parser.add_argument("--solvers", type=words_of(PEERS), default=list(PEERS))
    parser.add_argument("--csv")
    parser.add_argument("--keep")
    given = parser.parse_args()
    if not given.instances and not given.bases:
        parser.error("there are no instances; name files or folders, or --bases")
    for solver in [solver for solver in given.solvers if not shutil.which(solver)]:
        print(f"{solver} is left out: it is not installed (Debian package {PACKAGES[solver]})",
              file=sys.stderr)
        given.solvers.remove(solver)
    if given.keep:
        os.makedirs(given.keep, exist_ok=True)
        given.keep = os.path.abspath(given.keep)
    return given


def bench(given, folder):
    by_instance, code = [], 0
    print(f"{'instance':<14} {'model':<16} {'solver':<10} {'columns':>8} {'rows':>7} {'value':>9} "
          f"{'bound':>9} {'proven':>6} {'cpu s':>9} {'ratio':>9}")
    try:
        for path in files_of(given, folder):
            by_instance.append([])
            for row in compare(given, path, folder):
                by_instance[-1].append(row)
                print_row(row)
            wrong = contradiction(by_instance[-1])
            if wrong:
                print(f"bench_peers: {wrong}", file=sys.stderr)
                code = 1
        print_summary(by_instance, given.limit)
    finally:  # an interrupted bench keeps its rows
        if given.csv:
            write_csv(given.csv, by_instance)
    return code


def interrupt(_number, _frame):
    raise KeyboardInterrupt


def main():
    given = arguments()
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="bench_peers.") as folder:
            return bench(given, folder)
    except KeyboardInterrupt:
        return 130
    except (OSError, Broken, dbap_text.BadInstance) as error:
        print(f"bench_peers: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
