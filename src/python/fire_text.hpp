#pragma once

// What help() says of a fire.
namespace firesweep::python::text {

inline constexpr auto fire = R"(One fire, in your hands: light cells, take steps, turn the wind, look.

It is the very fire of an ensemble: what has the same landscape, weather, seed and ignitions has the same states, bit by bit.
Cells are (x, y), counted from 0 at the upper left; y grows downwards. Arrays have the shape (height, width).

Any thread may use a fire at any time. What takes its time (step, run, batch, states) runs without the interpreter's lock, so
that fires in several threads burn at once; two threads with one fire take turns.)";

inline constexpr auto init =
    R"(Fire(width, height, danger_level="severe", seed=1, density=None, landscape=None, *, threads=1, **overrides)

A landscape on which nothing burns yet.

width, height  cells, 1 to 65 536 each; not needed if the landscape has rasters
danger_level   whose weather holds at first: low, moderate, high, very_high, severe, extreme or catastrophic
seed           0 to 2^64 - 1: grows the vegetation and decides the spread
density        share of the cells that are vegetated, 0 to 1 (0.85)
landscape      a dict as the key `landscape` of experiment files has it, with rasters, fuel classes and sizes of cells;
               fuel (codes) and elevation [m] may also be arrays, shape (height, width), NaN where there is no land, in
               cells of cell_size [m]
threads        that take a step together; 1 is best for all but huge fires
overrides      parameters of experiments by name, such as wind_speed [km/h], humidity [%], temperature [degC],
               wind_direction [degrees; 0, from the north], base_rate, spotting_rate; form, combination; max_steps
               (5000), where run() ends

Raises ValueError for a value that is not allowed, and TypeError for an unknown parameter.)";

inline constexpr auto of =
    R"(Fire.of(file, *, threads=1, danger_level=..., ignition_set=..., seed=..., ...) -> Fire

The fire of a results file at step 0, as it was lit there: one value for every axis of the file that has several, and a seed.
It is the one that 'firesweep replay' shows, state by state. Rasters are read again, and must be those of the file.

Raises FileNotFoundError, or ValueError for a file that is none or damaged, and for axes and values that it does not have;
the message lists what there is.)";

inline constexpr auto ignite = R"(ignite(x, y, *, strict=True) -> bool

Sets a cell on fire: column x, row y. Returns True.

Raises IndexError outside of the grid, and ValueError if there is nothing to burn: on bare ground, and where it burns already
or is burnt. With strict=False it returns False instead of the latter.)";

inline constexpr auto step = R"(step(n=1) -> int

Takes n steps, or fewer if the fire goes out. Returns how many. Nothing else ends it: max_steps is run()'s.)";

inline constexpr auto run = R"(run(until_out=True, max_steps=None, progress=None, every=10) -> int

Burns on without the interpreter's lock, and returns the steps taken.

until_out  end when nothing burns; else time goes on to max_steps (which is needed then)
max_steps  take so many steps at most; without it, end at step Fire.max_steps as the runs of an experiment do
progress   a function that is called with the fire after every `every` steps and at the end; what it raises ends the run

stop() from another thread or from `progress` ends it after the step that is taken. So does Ctrl-C, with KeyboardInterrupt; the
fire can be gone on with. Between steps, other threads may use the fire.)";

inline constexpr auto stop = R"(stop() -> bool

Ends what run(), step() and batch() do with this fire in other threads after the step that they take, and returns whether
there was any. What begins later is not stopped.)";

inline constexpr auto reset = R"(reset(seed=None)

Goes back to step 0: its weather, and nothing lit but what Fire.of() lights. With a seed, on the landscape of that one. Costs
less than another fire.)";

inline constexpr auto set_weather =
    R"(set_weather(*, danger_level=None, wind_speed=None, humidity=None, temperature=None, wind_direction=None)

Has another weather hold from the next step on: that of a danger level, or single parts, or the parts over the level. What is
not named stays as it is. It is what `weather.changes` of an experiment does at this step. Changes that a results file had
in store do not come.

wind_speed      [km/h], 0 or more
humidity        relative [%], 0 to 100
temperature     [degC]
wind_direction  where the wind comes from [degrees clockwise from true north], 0 to 360; acts with wind_directionality or
                embers

Raises TypeError without any, and ValueError for a value that is not allowed.)";

inline constexpr auto batch = R"(batch(max_steps=None) -> numpy.ndarray

Burns on, and returns all states from now on: uint8, shape (steps + 1, height, width), the present ones first. max_steps as for
run(). Raises MemoryError if they do not fit.)";

inline constexpr auto width = "Columns [cells].";
inline constexpr auto height = "Rows [cells].";
inline constexpr auto seed = "What decides the landscape and the spread.";
inline constexpr auto max_steps = "The step at which run() ends, unless it is told another.";
inline constexpr auto steps = "Steps taken since the start.";
inline constexpr auto burning =
    "Cells that burn now: after the last step that any thread has taken. Costs next to nothing.";
inline constexpr auto burnt = "Cells that have burnt out, likewise.";
inline constexpr auto weather =
    "The weather of the next step: wind_speed [km/h], humidity [%], temperature [degC], wind_direction "
    "[degrees].";

inline constexpr auto states =
    R"(The states of all cells: 0 empty, 1 vegetation, 2 burning, 3 burnt; uint8, shape (height, width).

A read-only view of memory that the fire owns and that never moves. Reading this attribute, and nothing else, brings it up to
date: it writes what has changed since the last time, and copies nothing. So an array from before shows, after a step, the old
states until the attribute is read again, and then the new ones; .copy() keeps them. The array keeps the fire alive.)";

inline constexpr auto history =
    "Burning and burnt cells at every step so far: uint64, shape (steps + 1, 2), a copy.";

inline constexpr auto stats = R"(stats() -> dict

Of one moment between two steps, whatever other threads do: step; empty, vegetation, burning and burnt [cells]; spread_percent,
what burns or has burnt, and active_percent, what burns, of the cells that can burn (of all without rasters).
The first call counts the vegetation of the whole landscape.)";

inline constexpr auto performance = R"(performance() -> dict

What it has taken to take a step and to bring states up to date, under "step" and "states": count, and total, mean, min and max
[s], as results files have them.)";

inline constexpr auto reset_performance = "reset_performance()\n\nCounts the times of performance() anew.";

}  // namespace firesweep::python::text
