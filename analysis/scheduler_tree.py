"""A tree of ranks: collectors stand between rank 0 and the workers. The parts of scheduler_model.py, without its tables.

A collector serves a group of workers as rank 0 does without collectors. It asks rank 0 for a piece (a long block) when
it cannot give each of its workers another block of full length, cuts pieces into blocks, and sends rank 0 one result for
each piece, with all records and the sum of the maps.
"""

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass, replace

from scheduler_farm import RECOMMENDED, TILE_BYTES, Machine, Outcome, Schedule, Sleeper, block_seconds

ROOT = -1


@dataclass(frozen=True)
class Wire:
    """How records travel from collectors to rank 0, and what becomes of them there."""

    record_bytes: float = 17.0
    record: float = 2.4e-9  # rank 0, per record: unpacking and merging
    deflating: float = 0.0  # collector, per record
    mergers: int = 0        # threads of rank 0 that unpack and merge what another receives; none: that one does


AS_BYTES = Wire()
WITHOUT_CONSTANTS = Wire(record_bytes=7.6, record=1.5e-9)  # columns in which all runs have the same are left out
DEFLATED = Wire(record_bytes=3.2, record=13.5e-9, deflating=40e-9)


def should_deflate(records_per_second, collectors, threads):
    """As in src/job/collectors.cpp; tests on both sides hold them to the same numbers."""
    return (records_per_second * WITHOUT_CONSTANTS.record_bytes > 3e9 and records_per_second * DEFLATED.record < threads and
            records_per_second * DEFLATED.deflating < 0.25 * collectors)


def wire_of(workers, collectors, scenarios_, threads):
    """What the program does, where each rank has so many threads."""
    records_per_second = workers * len(scenarios_) / sum(scenario.mean for scenario in scenarios_)
    wire = DEFLATED if should_deflate(records_per_second, collectors, threads) else WITHOUT_CONSTANTS
    return replace(wire, mergers=threads)


class Piece:
    def __init__(self, scenario, runs):
        self.scenario, self.runs, self.unfinished, self.left, self.seconds = scenario, runs, runs, runs, 0.0


class Collector:
    """One group: what it has to do and who waits for it."""

    def __init__(self, scenarios_, workers, settings):
        self.schedule = Schedule(scenarios_, 0, workers, replace(settings, blocks_per_worker=1.0))
        self.pieces = [deque() for _ in scenarios_]  # with runs left to hand out
        self.idle = []                               # (worker, since)
        self.has_asked, self.is_dismissed = False, False
        self.free = self.served = self.serving = 0.0
        self.results = 0

    def next(self):
        """(piece, runs), or None when nothing is there to hand out."""
        block = self.schedule.next(lambda scenario: self.pieces[scenario][0].left)
        if block is None:
            return None
        scenario, runs = block
        piece = self.pieces[scenario][0]
        piece.left -= runs
        if piece.left == 0:
            self.pieces[scenario].popleft()
        return piece, runs

    def add(self, piece):
        self.pieces[piece.scenario].append(piece)
        self.schedule.add(piece.scenario, piece.runs)

    def wants_piece(self):
        schedule = self.schedule
        if self.has_asked or self.is_dismissed:
            return False
        serving = self.serving / self.results if self.results else 0.0
        full = block_seconds(schedule.settings, schedule.workers, math.inf, serving)
        # The first fires may all have been small: until enough are measured, what was expected of them counts, too.
        enough = schedule.settings.pilot_runs * schedule.workers
        left = sum(queue.remaining * max(queue.cost, queue.guess if queue.measured < enough else 0.0)
                   for queue in schedule.queues if queue.remaining)
        return left < schedule.workers * full


class Tree:
    """Plays an ensemble on `collectors` groups of `group` workers."""

    def __init__(self, collectors, group, scenarios_, runs_each, settings, wire, machine, seed):
        self.machine, self.wire, self.scenarios, self.group = machine, wire, scenarios_, group
        self.draw = random.Random(seed).random
        self.sleeper = Sleeper(machine)
        self.schedule = Schedule(scenarios_, runs_each, collectors, settings, speed=group)
        self.collectors = [Collector(scenarios_, group, settings) for _ in range(collectors)]
        self.free = self.served = self.merged = 0.0
        self.computed = self.longest = self.queued = 0.0
        self.blocks, self.pieces, self.first_idle = 0, 0, None
        # (arrival, number, to whom, from whom, piece or None, runs, seconds)
        self.events = [(machine.latency, number, number // group, number, None, 0, 0.0) for number in range(collectors * group)]
        self.numbers = len(self.events)

    def send(self, arrival, to, sender, piece, runs=0, seconds=0.0):
        self.numbers += 1
        heapq.heappush(self.events, (arrival, self.numbers, to, sender, piece, runs, seconds))

    def start(self, free, arrival):
        start = free if arrival <= free else free + self.sleeper.notices(arrival - free)
        self.queued += start - arrival
        return start

    def play(self):
        heapq.heapify(self.events)
        while self.events:
            arrival, _, to, sender, piece, runs, seconds = heapq.heappop(self.events)
            if to == ROOT:
                self.serve_collector(arrival, sender, piece)
            else:
                self.serve_group(self.collectors[to], to, arrival, sender, piece, runs, seconds)

    def serve_collector(self, arrival, sender, piece):
        """Rank 0 takes a piece's result, or gives another piece."""
        machine, wire = self.machine, self.wire
        start = self.start(self.free, arrival)
        service = machine.message
        if piece is not None:
            tiles = self.scenarios[piece.scenario].tiles(piece.runs)
            merging = machine.result + piece.runs * wire.record + tiles * machine.tile
            service += (piece.runs * wire.record_bytes + tiles * TILE_BYTES) / machine.bandwidth
            if wire.mergers:
                merging /= wire.mergers
                self.merged = max(self.merged, start + service) + merging
            else:
                service += merging
            self.schedule.learn(piece.scenario, piece.runs, piece.seconds, merging)
        self.free = start + service
        self.served += service
        if piece is None:
            block = self.schedule.next()
            given = Piece(*block) if block else None
            self.pieces += given is not None
            self.send(self.free + machine.latency, sender, ROOT, given)

    def serve_group(self, collector, number, arrival, sender, piece, runs, seconds):
        """A collector takes a piece from rank 0, or a result and a request from a worker."""
        machine = self.machine
        start = self.start(collector.free, arrival)
        collector.free = start + machine.message
        if sender == ROOT:
            collector.has_asked = False
            if piece is None:
                collector.is_dismissed = True
            else:
                collector.add(piece)
        else:
            if piece is not None:
                self.take_result(collector, number, piece, runs, seconds)
            collector.idle.append((sender, arrival - machine.latency))
        while collector.idle and (block := collector.next()):
            worker, since = collector.idle.pop()
            self.compute(collector, number, worker, since, *block)
        if collector.idle and collector.is_dismissed and self.first_idle is None:
            self.first_idle = collector.free
        if collector.wants_piece():
            collector.has_asked = True
            self.send(collector.free + machine.latency, ROOT, number, None)
        collector.served += collector.free - start

    def take_result(self, collector, number, piece, runs, seconds):
        machine = self.machine
        scenario = self.scenarios[piece.scenario]
        tiles = scenario.tiles(runs)
        serving = machine.result + runs * machine.record + tiles * machine.tile
        collector.free += serving + (runs * machine.record_bytes + tiles * TILE_BYTES) / machine.bandwidth
        collector.schedule.learn(piece.scenario, runs, seconds, serving)
        collector.serving += serving
        collector.results += 1
        piece.unfinished -= runs
        piece.seconds += seconds
        if piece.unfinished == 0:
            tiles = scenario.tiles(piece.runs)
            collector.free += piece.runs * (1e-9 + self.wire.deflating) + tiles * TILE_BYTES / machine.bandwidth
            size = piece.runs * self.wire.record_bytes + tiles * TILE_BYTES
            self.send(collector.free + machine.latency + size / machine.bandwidth, ROOT, number, piece)

    def compute(self, collector, number, worker, since, piece, runs):
        machine = self.machine
        scenario = self.scenarios[piece.scenario]
        seconds = scenario.seconds(runs, self.draw())
        self.computed += seconds
        self.blocks += 1
        self.longest = max(self.longest, seconds)
        got = since + self.sleeper.notices(collector.free + machine.latency - since)
        size = runs * machine.record_bytes + scenario.tiles(runs) * TILE_BYTES
        arrival = got + seconds + machine.latency + size / machine.bandwidth
        self.send(arrival, number, worker, piece, runs, seconds)


def tree_shape(workers, times_as_many=None):
    """(collectors, workers of each): as many of the one as of the other, or so many times as many."""
    collectors = max(1, round(math.sqrt(workers) * (times_as_many or 1.0)))
    return collectors, workers // collectors


def simulate_tree(collectors, group, scenarios_, work_per_worker, settings=RECOMMENDED, wire=AS_BYTES, machine=Machine(),
                  seed=1):
    """Plays an ensemble of so many seconds of work per worker on `collectors` groups of `group` workers."""
    workers = collectors * group
    runs_each = max(1, round(workers * work_per_worker / sum(scenario.mean for scenario in scenarios_)))
    tree = Tree(collectors, group, scenarios_, runs_each, settings, wire, machine, seed)
    tree.play()
    makespan = max(tree.free, tree.merged)
    return Outcome(tree.computed / (workers * makespan), tree.served / makespan, makespan,
                   tree.queued / (tree.blocks + tree.pieces), makespan - (tree.first_idle or makespan), tree.longest,
                   tree.blocks, runs_each * len(scenarios_), max(one.served for one in tree.collectors) / makespan)
