#!/usr/bin/env python3
"""A discrete-event model of how firesweep hands out work, for more ranks than anyone has at hand.

    analysis/scheduler_model.py -o scheduler_model.png     # the tables of scheduler.md, and its figure (minutes)
    analysis/scheduler_model.py --ranks 100000 --side 4096 --work 60

Rank 0 is one server with a queue; every other worker (a thread of a rank) computes a block, sends its result, and gets
the next block in return. The blocks follow the rules of `Schedule` (src/ensemble/schedule.cpp); tests on both sides
hold `block_seconds` and the program to the same numbers. scheduler.md says what was found.

Needs numpy and matplotlib (Debian: python3-numpy python3-matplotlib).
"""

import argparse
import heapq
import itertools
import math
import random
from dataclasses import dataclass, replace

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

RECORD_BYTES = 48  # sizeof(RunRecord)
TILE_BYTES = 520   # sizeof(TileTally)
MOST_RUNS = 65_535  # max_fires_per_tally
TILE_SIDE = 16


@dataclass(frozen=True)
class Machine:
    """What things cost. Measured on 2 cores of a Xeon (Sapphire Rapids) unless stated; see scheduler.md."""

    record: float = 11e-9        # rank 0, per record: phase merge of 2,000,000 runs at level low, 0.51 ms per 47,600 runs
    tile: float = 0.2e-6         # rank 0, per tile of a map: 0.14 us at 256^2, 0.19 us at 1024^2, 0.24 us at 4096^2
    result: float = 1e-6         # rank 0, per result whatever is in it: smallest merges of the same runs (0.1 to 1 us)
    message: float = 5e-6        # rank 0, probe, receive, answer: 0.2 us in shared memory; assumed for a network
    latency: float = 3e-6        # one way; assumed for a network (0.4 us in shared memory)
    bandwidth: float = 10e9      # [bytes/s] into rank 0; assumed for a network (2 to 17 in shared memory)
    first_nap: float = 20e-6     # who waits for messages sleeps so long at first, then twice as long, ...
    longest_nap: float = 1e-3    # ... up to this (BackOff in src/parallel/farm.cpp)
    small_fire: float = 0.45e-6  # a run whatever it burns: level low
    small_cell: float = 20e-9    # a burnt cell of a small fire: levels high to severe


@dataclass(frozen=True)
class Level:
    """The fires of a danger level: lognormal ones that stay small, and a share that takes much of the landscape."""

    small_cells: float         # mean burnt cells of the small ones
    small_variation: float     # their standard deviation / mean
    large_share: float = 0.0   # of runs
    large_fraction: float = 0.0  # of the landscape that a large one burns, within a percent
    large_cell: float = 0.0    # seconds per burnt cell of a large one


# Measured with a centre ignition at density 0.85: 6,000 to 2,000,000 runs at 256^2, the large ones at 1024^2 and 4096^2.
LEVELS = {
    "low": Level(1.95, 1.1),
    "moderate": Level(3.1, 1.2),
    "high": Level(7.4, 1.5),
    "very_high": Level(22.8, 1.65),
    "severe": Level(281, 1.9),
    "extreme": Level(25, 7, 0.66, 0.67, 10e-9),
    "catastrophic": Level(1.3, 3, 0.77, 0.785, 7e-9),
}


class Scenario:
    """Fires of one level on a square landscape: what n of them cost, and what they leave to merge."""

    def __init__(self, level, side, maps, machine, draws):
        count = 3 * MOST_RUNS
        sigma = math.sqrt(math.log1p(level.small_variation**2))
        cells = draws.lognormal(math.log(level.small_cells) - sigma**2 / 2, sigma, count)
        costs = machine.small_fire + machine.small_cell * cells
        is_large = draws.random(count) < level.large_share
        spread = 1 + 0.01 * draws.standard_normal(count)
        costs[is_large] = (level.large_fraction * level.large_cell * side**2 * spread)[is_large]
        self.mean = float(costs.mean())
        self.sums = [0.0, *np.cumsum(costs).tolist()]  # so that n consecutive ones cost one subtraction
        self.small_share = 1 - level.large_share
        self.most_tiles = (side // TILE_SIDE) ** 2 if maps else 0
        self.few_tiles = 8 if maps else 0
        # As expected_seconds() in src/ensemble/block_runner.cpp.
        self.guess = 1e-6 + (side**2 * 6e-9 if level.large_share > 0 else 0.0)

    def seconds(self, runs, draw):
        first = int(draw * (len(self.sums) - 1 - MOST_RUNS))
        return self.sums[first + runs] - self.sums[first]

    def tiles(self, runs):
        """Mean number of map tiles that so many fires reach."""
        return self.most_tiles * (1 - self.small_share**runs) + self.few_tiles


def scenarios(side, maps, machine=Machine(), seed=1):
    """The seven danger levels on side x side cells."""
    draws = np.random.default_rng(seed)
    return [Scenario(level, side, maps, machine, draws) for level in LEVELS.values()]


@dataclass(frozen=True)
class Settings:
    """As Schedule::Settings; the last three are what this model is there to judge."""

    longest_block: float = 0.5
    shortest_block: float = 0.002
    blocks_per_worker: float = 4.0
    pilot_runs: int = 32
    root_load: float = 0.5
    message_seconds: float = 10e-6
    longest_block_for_root: float = 600.0
    spares_root: bool = True  # blocks grow with the time that results take rank 0
    mixes_cheap: bool = True  # or else the cheapest scenario comes last
    times_receiving: bool = False  # rank 0 knows how long results take to arrive, not only how long to merge


RECOMMENDED = Settings()
PREVIOUS = Settings(spares_root=False, mixes_cheap=False)  # blocks of at most 0.5 s, costliest first


def block_seconds(settings, workers, work_left, serving):
    """The length that a block should have [s], when so much work [s of one thread] is left to hand out and results
    keep rank 0 busy for `serving` seconds each, as far as it knows (None: not at all yet)."""
    share = work_left / (workers * settings.blocks_per_worker)
    longest, shortest = settings.longest_block, settings.shortest_block
    if settings.spares_root and serving is not None:
        result = settings.message_seconds + serving
        longest = max(longest, 100.0 * result)
        shortest = max(shortest, min(workers * result / settings.root_load,
                                     3.0 * math.sqrt(max(0.0, work_left) * result)))
    return min(max(shortest, min(share, longest)), settings.longest_block_for_root)


class Queue:
    """The runs of one scenario."""

    def __init__(self, runs, guess):
        self.remaining = runs
        self.handed_out = self.in_hand = self.measured = self.results = 0
        self.seconds_in_hand = self.seconds = self.serving = 0.0
        self.cost = guess  # seconds per run as far as is known

    def update_cost(self):
        # Short runs come back first: only together with what is still out do they say what a run costs.
        self.cost = (self.seconds + self.seconds_in_hand) / (self.measured + self.in_hand)


class Schedule:
    """As the program's, but without gaps and time limits."""

    def __init__(self, scenarios_, runs_each, workers, settings):
        self.settings, self.workers = settings, workers
        self.queues = [Queue(runs_each, scenario.guess) for scenario in scenarios_]
        self.waiting = list(range(len(self.queues)))
        self.runs = self.runs_waiting = runs_each * len(self.queues)
        self.work_left = sum(queue.remaining * queue.cost for queue in self.queues)
        self.work_given = 0.0

    def choose(self):
        queues = self.queues
        unpiloted = [i for i in self.waiting if queues[i].handed_out < self.settings.pilot_runs]
        all_work = self.work_left + self.work_given
        cheap_runs_lag = self.runs_waiting * all_work > self.work_left * self.runs
        prefer = min if not unpiloted and self.settings.mixes_cheap and cheap_runs_lag else max
        return prefer(unpiloted or self.waiting, key=lambda i: queues[i].cost)

    def next(self):
        """(scenario, runs), or None when all have been handed out."""
        if not self.waiting:
            return None
        chosen = self.choose()
        queue = self.queues[chosen]
        serving = queue.serving / queue.results if queue.results else None
        wanted = block_seconds(self.settings, self.workers, self.work_left, serving) / queue.cost
        most = min(max(queue.measured, self.settings.pilot_runs), MOST_RUNS, queue.remaining)
        runs = int(min(max(wanted, 1), most))
        work = runs * queue.cost
        queue.remaining -= runs
        queue.handed_out += runs
        queue.in_hand += runs
        queue.seconds_in_hand += work
        self.runs_waiting -= runs
        self.work_left -= work
        self.work_given += work
        if queue.remaining == 0:
            self.waiting.remove(chosen)
        return chosen, runs

    def learn(self, scenario, runs, seconds, serving):
        queue = self.queues[scenario]
        queue.seconds_in_hand *= (queue.in_hand - runs) / queue.in_hand
        queue.in_hand -= runs
        queue.seconds += seconds
        queue.measured += runs
        queue.serving += serving
        queue.results += 1
        before = queue.cost
        queue.update_cost()
        self.work_left += queue.remaining * (queue.cost - before)
        self.work_given += seconds - runs * before


class Sleeper:
    """Someone who polls for messages and naps in between, ever longer."""

    def __init__(self, machine):
        self.longest = machine.longest_nap
        self.wakes = []  # times since the last message at which a nap of growing length ends
        nap = machine.first_nap
        while nap < machine.longest_nap:
            self.wakes.append(nap + sum(self.wakes[-1:]))
            nap *= 2

    def notices(self, after):
        """When a message is noticed that comes so long after the last one [s]."""
        if after > self.wakes[-1]:
            return self.wakes[-1] + math.ceil((after - self.wakes[-1]) / self.longest) * self.longest
        return next(wake for wake in self.wakes if wake >= after)


@dataclass(frozen=True)
class Outcome:
    efficiency: float     # time that workers computed / (workers x makespan)
    root_load: float      # share of the makespan in which rank 0 serves
    makespan: float       # until the last result is merged [s]
    queueing: float       # mean time from a result's arrival until rank 0 takes it [s]
    tail: float           # from the first worker without work to the end [s]
    longest_block: float  # [s]
    blocks: int
    runs: int


def simulate(workers, scenarios_, work_per_worker, settings=RECOMMENDED, machine=Machine(), prefetch=0, seed=1):
    """Plays an ensemble of so many seconds of work per worker. A worker holds `prefetch` blocks beside its own."""
    draw = random.Random(seed).random
    runs_each = max(1, round(workers * work_per_worker / sum(scenario.mean for scenario in scenarios_)))
    schedule = Schedule(scenarios_, runs_each, workers, settings)
    sleeper = Sleeper(machine)
    # Messages on their way to rank 0: (arrival, worker, what it brings: scenario or None, runs, seconds).
    messages = [(machine.latency, worker, None, 0, 0.0) for worker in range(workers)] * (1 + prefetch)
    heapq.heapify(messages)
    busy_until = [0.0] * workers
    free = served = computed = queued = longest = 0.0
    blocks, first_idle = 0, None
    while messages:
        arrival, worker, brought, runs, seconds = messages[0]
        start = free if arrival <= free else free + sleeper.notices(arrival - free)
        queued += start - arrival
        service = machine.message
        if brought is not None:
            tiles = scenarios_[brought].tiles(runs)
            known = machine.result + runs * machine.record + tiles * machine.tile
            receiving = (runs * RECORD_BYTES + tiles * TILE_BYTES) / machine.bandwidth
            service += known + receiving
            schedule.learn(brought, runs, seconds, known + receiving * settings.times_receiving)
        free = start + service
        served += service
        block = schedule.next()
        if block is None:
            first_idle = free if first_idle is None else first_idle
            heapq.heappop(messages)
            continue
        chosen, runs = block
        scenario = scenarios_[chosen]
        seconds = scenario.seconds(runs, draw())
        computed += seconds
        blocks += 1
        longest = max(longest, seconds)
        asked = arrival - machine.latency
        got = asked + sleeper.notices(free + machine.latency - asked)
        finished = max(got, busy_until[worker]) + seconds
        busy_until[worker] = finished
        size = runs * RECORD_BYTES + scenario.tiles(runs) * TILE_BYTES
        heapq.heapreplace(messages, (finished + machine.latency + size / machine.bandwidth, worker, chosen, runs, seconds))
    return Outcome(computed / (workers * free), served / free, free, queued / (blocks + workers), free - first_idle, longest,
                   blocks, runs_each * len(scenarios_))


CASES = {  # what is simulated: (side, maps)
    "256 x 256 cells, maps": (256, True),
    "1024 x 1024 cells, maps": (1024, True),
    "4096 x 4096 cells, maps": (4096, True),
    "4096 x 4096 cells, no maps": (4096, False),
}
POLICIES = {  # in the figure: (settings, colour of Okabe and Ito, marker, line)
    "blocks of 0.5 s, cheap fires last": (PREVIOUS, "#D55E00", "o", "--"),
    "recommended (in the program)": (RECOMMENDED, "#0072B2", "s", "-"),
}


def scaling(ranks, work_per_worker, machine):
    """{(case, policy): [(ranks, outcome), ...]}, the same work for every worker."""
    outcomes = {}
    for (case, (side, maps)), (policy, (settings, *_)) in itertools.product(CASES.items(), POLICIES.items()):
        fires = scenarios(side, maps, machine)
        for workers in ranks:
            # Many blocks take long to simulate, and where rank 0 cannot keep up nothing changes after the first.
            most_work = 1e7 if settings.spares_root else 1e6
            work = min(work_per_worker, most_work / workers)
            outcome = simulate(workers, fires, work, settings, machine)
            outcomes.setdefault((case, policy), []).append((workers, outcome))
            print(row(case, policy, f"{workers:,}", f"{work:.0f}", outcome), flush=True)
    return outcomes


def row(*cells):
    *words, end = cells
    numbers = f"{end.efficiency:.1%} | {end.root_load:.1%} | {end.longest_block:.2g} | {end.tail:.2g} | {end.blocks:,}"
    return f"| {' | '.join(words)} | {numbers} |"


def print_head(*words):
    columns = (*words, "efficiency", "rank 0 busy", "longest block [s]", "tail [s]", "blocks")
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns), flush=True)


def print_strong_scaling(machine, total_work=1e6):
    """The same ensemble on ever more workers."""
    print_head("fixed work of 1,000,000 s", "ranks x threads", "work each [s]")
    for case in ("1024 x 1024 cells, maps", "4096 x 4096 cells, no maps"):
        fires = scenarios(*CASES[case], machine)
        for workers in (1_000, 10_000, 100_000):
            outcome = simulate(workers, fires, total_work / workers, machine=machine)
            print(row(case, f"{workers:,}", f"{total_work / workers:.0f}", outcome), flush=True)


def print_sensitivity(machine):
    """What else the answer depends on."""
    print_head("10 minutes each, ranks x threads", "changed")
    changes = {
        "nothing": {},
        "one block prefetched": {"prefetch": 1},
        "latency 50 us": {"machine": replace(machine, latency=50e-6)},
        "rank 0 needs 20 us per message": {"machine": replace(machine, message=20e-6)},
        "1 GB/s into rank 0": {"machine": replace(machine, bandwidth=1e9)},
        "... and receiving is timed": {"machine": replace(machine, bandwidth=1e9),
                                       "settings": replace(RECOMMENDED, times_receiving=True)},
        "cheap fires last": {"settings": replace(RECOMMENDED, mixes_cheap=False)},
        "rank 0 busy 30 %": {"settings": replace(RECOMMENDED, root_load=0.3)},
        "rank 0 busy 70 %": {"settings": replace(RECOMMENDED, root_load=0.7)},
    }
    for side, workers in ((4096, 10), (1024, 1_000), (1024, 10_000)):
        fires = scenarios(side, True, machine)
        for name, change in changes.items():
            outcome = simulate(workers, fires, 600.0, **{"machine": machine, **change})
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
    axes[0, -1].legend(fontsize="small", loc="lower left")
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
        for policy, (settings, *_) in POLICIES.items():
            print(row(policy, simulate(arguments.ranks, fires, arguments.work, settings, machine)))
        return
    print_head("the same work for every worker", "policy", "ranks x threads", "work each [s]")
    draw(scaling((10, 100, 1_000, 10_000, 100_000), arguments.work, machine), arguments.output)
    print_strong_scaling(machine)
    print_sensitivity(machine)


if __name__ == "__main__":
    main()
