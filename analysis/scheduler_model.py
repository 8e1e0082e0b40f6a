#!/usr/bin/env python3
"""A discrete-event model of how firesweep hands out work, for more ranks than anyone has at hand.

    analysis/scheduler_model.py -o scheduler_model.png     # the tables of scheduler.md, and its figure (an hour on two cores)
    analysis/scheduler_model.py --ranks 100000 --side 4096 --work 60

scheduler_farm.py has what rank 0 and its workers do, scheduler_tree.py what collectors between them do, and scheduler.md
says what was found.

Needs numpy and matplotlib (Debian: python3-numpy python3-matplotlib).
"""

import argparse
import itertools
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from scheduler_farm import RECOMMENDED, Machine, scenarios, simulate
from scheduler_tree import AS_BYTES, DEFLATED, WITHOUT_CONSTANTS, simulate_tree, tree_shape, wire_of

CASES = {  # what is simulated: (side, maps, most work of all workers together [s], which is what takes time)
    "256 x 256 cells, maps": (256, True, 6e5),
    "1024 x 1024 cells, maps": (1024, True, 1e6),
    "4096 x 4096 cells, maps": (4096, True, 1e7),
    "4096 x 4096 cells, no maps": (4096, False, 1e6),
}


def without_collectors(workers, fires, work, machine=Machine(), **changes):
    return simulate(workers, fires, work, machine=machine, **changes)


def with_collectors(workers, fires, work, machine=Machine(), wire=None, collectors=None, **changes):
    shape = tree_shape(workers, collectors)
    wire = wire or wire_of(workers, shape[0], fires, threads_of_rank(workers))
    return simulate_tree(*shape, fires, work, machine=machine, wire=wire, **changes)


def threads_of_rank(workers):
    """One where there are few workers, and of many as many as a node has cores."""
    return max(1, min(64, workers // 100))


POLICIES = {  # in the figure: (how it is simulated, colour of Okabe and Ito, marker, line)
    "rank 0 alone": (without_collectors, "#D55E00", "o", "--"),
    "collectors": (with_collectors, "#0072B2", "s", "-"),
}


def scaling(ranks, most_each, machine):
    """{(case, policy): [(ranks, outcome), ...]}, the same work for every worker."""
    print_head("the same work for every worker", "policy", "ranks x threads", "work each [s]")
    outcomes = {}
    with ProcessPoolExecutor() as pool:
        todo = [(case, policy, workers, min(most_each, CASES[case][2] / workers))
                for case, policy, workers in itertools.product(CASES, POLICIES, ranks)]
        for (case, policy, workers, work), outcome in zip(todo, pool.map(play_case, *zip(*todo), itertools.repeat(machine))):
            outcomes.setdefault((case, policy), []).append((workers, outcome))
            print(row(case, policy, f"{workers:,}", f"{work:.0f}", outcome), flush=True)
    return outcomes


def play_case(case, policy, workers, work, machine):
    side, maps, _ = CASES[case]
    return POLICIES[policy][0](workers, scenarios(side, maps, machine), work, machine)


def row(*cells):
    *words, end = cells
    collectors = f"{end.collector_load:.1%}" if end.collector_load else ""
    numbers = (f"{end.efficiency:.1%} | {end.root_load:.1%} | {collectors} | {end.longest_block:.2g} | {end.tail:.2g} | "
               f"{end.blocks:,}")
    return f"| {' | '.join(words)} | {numbers} |"


def print_head(*words):
    columns = (*words, "efficiency", "rank 0 busy", "collectors busy", "longest block [s]", "tail [s]", "blocks")
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns), flush=True)


def print_few_ranks(machine):
    """From where on collectors are worth it."""
    print_head("few ranks", "policy", "ranks x threads", "work each [s]")
    for (side, work), workers in itertools.product(((256, 30), (1024, 60), (4096, 100)), (100, 300, 1_000, 3_000)):
        fires = scenarios(side, True, machine)
        for policy, (play, *_) in POLICIES.items():
            print(row(f"{side} x {side} cells, maps", policy, f"{workers:,}", f"{work}", play(workers, fires, work, machine)))


def print_wires(machine, workers=100_000):
    """What records may cost rank 0 when there are most of them."""
    print_head("100,000 ranks x threads", "records", "work each [s]")
    wires = {
        "17 bytes each": AS_BYTES,
        "7.6 bytes each: without constant columns": WITHOUT_CONSTANTS,
        "... merged by 8 threads of rank 0": replace(WITHOUT_CONSTANTS, mergers=8),
        "deflated to 3.2 bytes, merged by 20 threads": replace(DEFLATED, mergers=20),
        "... by 64 threads (in the program)": replace(DEFLATED, mergers=64),
    }
    for side, work in ((256, 6), (512, 10)):
        fires = scenarios(side, True, machine)
        for name, wire in wires.items():
            outcome = with_collectors(workers, fires, work, machine, wire=wire)
            print(row(f"{side} x {side} cells, maps", name, f"{work}", outcome), flush=True)


def print_sensitivity(machine):
    """What else the answer depends on."""
    print_head("collectors, ranks x threads", "changed")
    changes = {
        "nothing": {},
        "a third of the collectors": {"collectors": 1 / 3},
        "three times as many": {"collectors": 3.0},
        "latency 50 us": {"machine": replace(machine, latency=50e-6)},
        "20 us per message": {"machine": replace(machine, message=20e-6)},
        "1 GB/s into each": {"machine": replace(machine, bandwidth=1e9)},
        "cheap fires last": {"settings": replace(RECOMMENDED, mixes_cheap=False)},
        "rank 0 busy 30 %": {"settings": replace(RECOMMENDED, root_load=0.3)},
        "rank 0 busy 70 %": {"settings": replace(RECOMMENDED, root_load=0.7)},
    }
    for side, workers, work in ((256, 10_000, 10), (4096, 1_000, 100), (4096, 10_000, 100)):
        fires = scenarios(side, True, machine)
        for name, change in changes.items():
            outcome = with_collectors(workers, fires, work, **{"machine": machine, **change})
            print(row(f"{side} x {side} cells, maps, {workers:,}", name, outcome), flush=True)


def draw(outcomes, path):
    figure, axes = plt.subplots(2, len(CASES), figsize=(13, 5.6), sharex=True, sharey="row", constrained_layout=True)
    for column, case in enumerate(CASES):
        for policy, (_, colour, marker, line) in POLICIES.items():
            ranks = [workers for workers, _ in outcomes[case, policy]]
            for panel, value in zip(axes[:, column], ("efficiency", "root_load")):
                shares = [100 * getattr(outcome, value) for _, outcome in outcomes[case, policy]]
                panel.plot(ranks, shares, line, color=colour, marker=marker, markersize=7, linewidth=1.8, label=policy,
                           markerfacecolor="white" if marker == "o" else colour, markeredgewidth=1.8)
        axes[0, column].axhline(95, color="black", linewidth=0.8, linestyle=":")
        axes[0, column].set(title=case, xscale="log", ylim=(0, 106))
        axes[1, column].set(ylim=(0, 106), xlabel="ranks x threads")
    for panel in axes.flat:
        panel.grid(alpha=0.3)
    axes[0, 0].set_ylabel("efficiency [%]")
    axes[1, 0].set_ylabel("time rank 0 is busy [%]")
    axes[0, 0].annotate("95 %", (12, 85), fontsize="small")
    axes[0, 0].legend(fontsize="small", loc="lower left")
    figure.suptitle("Simulated: seven danger levels, at most ten minutes of work for every worker")
    figure.savefig(path, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", help="draw the figure here and print all tables")
    parser.add_argument("--ranks", type=int, default=1_000, help="workers of a single simulation (default: %(default)s)")
    parser.add_argument("--work", type=float, default=600.0, help="seconds for each (default: %(default)s)")
    parser.add_argument("--side", type=int, default=1024, help="cells along an edge (default: %(default)s)")
    parser.add_argument("--maps", action="store_true", help="burn counts per cell are merged, too")
    for name, default in vars(Machine()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=default, help="default: %(default)g")
    arguments = parser.parse_args()
    machine = Machine(**{name: getattr(arguments, name) for name in vars(Machine())})
    if not arguments.output:
        print_head("policy")
        fires = scenarios(arguments.side, arguments.maps, machine)
        for policy, (play, *_) in POLICIES.items():
            print(row(policy, play(arguments.ranks, fires, arguments.work, machine)))
        return
    draw(scaling((10, 100, 1_000, 10_000, 100_000), arguments.work, machine), arguments.output)
    print_few_ranks(machine)
    print_wires(machine)
    print_sensitivity(machine)


if __name__ == "__main__":
    main()
