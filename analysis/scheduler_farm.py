"""What rank 0 and its workers do, event by event: the parts of scheduler_model.py, without its tables.

Rank 0 is one server with a queue; every other worker (a thread of a rank) computes a block, sends its result, and gets
the next block in return. The blocks follow the rules of `Schedule` (src/ensemble/schedule.cpp); tests on both sides
hold `block_seconds` and the program to the same numbers.
"""

import heapq
import math
import random
from dataclasses import dataclass

import numpy as np

TILE_BYTES = 520   # sizeof(TileTally)
MOST_RUNS = 65_535  # max_fires_per_tally
TILE_SIDE = 16


@dataclass(frozen=True)
class Machine:
    """What things cost. Measured on 2 cores of a Xeon (Sapphire Rapids) unless stated; see scheduler.md."""

    record: float = 2.4e-9       # rank 0, per record: unpacking and merging columns of 15 to 19 bytes a record
    record_bytes: float = 17     # of columns: 15 at level low, 19 at extreme
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
        self.serving_guess = 0.2e-6 * self.most_tiles if level.large_share > 0 else 0.0

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
    keep rank 0 busy for `serving` seconds each, as far as it knows."""
    share = work_left / (workers * settings.blocks_per_worker)
    longest, shortest = settings.longest_block, settings.shortest_block
    if settings.spares_root:
        result = settings.message_seconds + serving
        longest = max(longest, 100.0 * result)
        shortest = max(shortest, min(workers * result / settings.root_load,
                                     3.0 * math.sqrt(max(0.0, work_left) * result)))
    return min(max(shortest, min(share, longest)), settings.longest_block_for_root)


class Queue:
    """The runs of one scenario."""

    def __init__(self, runs, guess, serving_guess):
        self.remaining = runs
        self.handed_out = self.in_hand = self.measured = self.results = 0
        self.seconds_in_hand = self.seconds = self.serving = 0.0
        self.guess = guess
        self.cost = guess  # seconds per run as far as is known
        self.serving_guess = serving_guess

    def update_cost(self):
        # Short runs come back first: only together with what is still out do they say what a run costs.
        self.cost = (self.seconds + self.seconds_in_hand) / (self.measured + self.in_hand)


class Schedule:
    """As the program's, but without gaps and time limits. Those who ask do `speed` seconds of work in a second: more than
    one if they are groups of workers."""

    def __init__(self, scenarios_, runs_each, workers, settings, speed=1):
        self.settings, self.workers, self.speed = settings, workers, speed
        self.queues = [Queue(runs_each, scenario.guess, scenario.serving_guess) for scenario in scenarios_]
        self.waiting = list(range(len(self.queues))) if runs_each else []
        self.runs = self.runs_waiting = runs_each * len(self.queues)
        self.work_left = sum(queue.remaining * queue.cost for queue in self.queues)
        self.work_given = 0.0

    def add(self, scenario, runs):
        """More runs of a scenario."""
        queue = self.queues[scenario]
        if queue.remaining == 0:
            self.waiting.append(scenario)
        queue.remaining += runs
        self.runs += runs
        self.runs_waiting += runs
        self.work_left += runs * queue.cost

    def choose(self):
        queues = self.queues
        unpiloted = [i for i in self.waiting if queues[i].handed_out < self.settings.pilot_runs]
        all_work = self.work_left + self.work_given
        cheap_runs_lag = self.runs_waiting * all_work > self.work_left * self.runs
        prefer = min if not unpiloted and self.settings.mixes_cheap and cheap_runs_lag else max
        return prefer(unpiloted or self.waiting, key=lambda i: queues[i].cost)

    def next(self, limit_of=lambda scenario: MOST_RUNS):
        """(scenario, runs), or None when all have been handed out. `limit_of` a scenario is the most that can be given."""
        if not self.waiting:
            return None
        chosen = self.choose()
        queue, limit = self.queues[chosen], limit_of(chosen)
        serving = queue.serving / queue.results if queue.results else queue.serving_guess
        seconds = block_seconds(self.settings, self.workers, self.work_left / self.speed, serving)
        share = queue.remaining / (self.workers * self.settings.blocks_per_worker)
        pilots = min(max(share, self.settings.pilot_runs), self.settings.pilot_runs * self.speed)
        known = max(queue.measured, pilots)
        runs = int(min(max(seconds * self.speed / queue.cost, 1), known, MOST_RUNS, queue.remaining, limit))
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
    collector_load: float = 0.0  # the same of the collector that serves most, if there are any


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
            receiving = (runs * machine.record_bytes + tiles * TILE_BYTES) / machine.bandwidth
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
        size = runs * machine.record_bytes + scenario.tiles(runs) * TILE_BYTES
        heapq.heapreplace(messages, (finished + machine.latency + size / machine.bandwidth, worker, chosen, runs, seconds))
    return Outcome(computed / (workers * free), served / free, free, queued / (blocks + workers), free - first_idle, longest,
                   blocks, runs_each * len(scenarios_))
