"""One fire: what its attributes say, what it refuses, and whose memory its states are."""

import gc
import sys

import numpy as np
import pytest

import firesweep
from conftest import python

LEVELS = ["low", "moderate", "high", "very_high", "severe", "extreme", "catastrophic"]


def lit(width=60, height=40, level="extreme", seed=11, **options):
    fire = firesweep.Fire(width, height, level, seed, density=1, **options)
    fire.ignite(width // 2, height // 2)
    return fire


def test_states_are_a_read_only_view_of_the_fire_s_own_memory():
    fire = lit()
    view = fire.states
    assert view.dtype == np.uint8 and view.shape == (40, 60) and view.base is fire and not view.flags.writeable
    with pytest.raises(ValueError):
        view.flags.writeable = True
    with pytest.raises(ValueError):
        view[0, 0] = 1
    fire.step(3)
    again = fire.states
    assert np.shares_memory(view, again) and view.__array_interface__["data"] == again.__array_interface__["data"]
    fire.reset(9)
    assert np.shares_memory(view, fire.states)


def test_states_are_brought_up_to_date_when_they_are_read_and_not_before():
    fire = lit()
    view = fire.states
    before = view.copy()
    fire.step(5)
    assert (view == before).all()
    assert (fire.states != before).any() and (view == fire.states).all()


def test_a_view_outlives_the_name_of_its_fire():
    view = lit().states
    gc.collect()
    assert view.sum() == 40 * 60 + 1
    assert sys.getrefcount(view.base) >= 2


def test_numbers_agree_with_the_states_of_every_step():
    fire = lit()
    while True:
        counts = np.bincount(fire.states.ravel(), minlength=4)
        stats = fire.stats()
        assert [stats[name] for name in ("empty", "vegetation", "burning", "burnt")] == counts.tolist()
        assert stats["step"] == fire.steps and stats["burning"] == fire.burning and stats["burnt"] == fire.burnt
        assert stats["active_percent"] == 100 * counts[2] / 2400
        assert stats["spread_percent"] == 100 * (counts[2] + counts[3]) / 2400
        assert fire.history[-1].tolist() == [fire.burning, fire.burnt] and len(fire.history) == fire.steps + 1
        if not fire.step():
            break
    assert fire.burning == 0 and fire.burnt > 100


def test_cells_that_cannot_be_lit():
    fire = firesweep.Fire(30, 20, density=0.5, seed=2)
    bare = np.argwhere(fire.states == 0)[0][::-1].tolist()
    green = np.argwhere(fire.states == 1)[0][::-1].tolist()
    for x, y in ((-1, 0), (0, -1), (30, 0), (0, 20), (10**30, 0), (2**32, 0)):
        for strict in (True, False):
            with pytest.raises(IndexError, match="outside of the landscape of 30 x 20 cells"):
                fire.ignite(x, y, strict=strict)
    with pytest.raises(ValueError, match="bare ground"):
        fire.ignite(*bare)
    assert fire.ignite(*bare, strict=False) is False
    assert fire.ignite(*green) is True
    with pytest.raises(ValueError, match="burns already"):
        fire.ignite(*green)
    fire.step()
    with pytest.raises(ValueError, match="is burnt"):
        fire.ignite(*green)
    for wrong in ("a", 1.5, None, [1]):
        with pytest.raises(TypeError):
            fire.ignite(wrong, 0)
    assert fire.ignite(*np.argwhere(fire.states == 1)[-1][::-1])  # numpy's numbers


@pytest.mark.parametrize("arguments, problem, message", [
    (dict(width=0), ValueError, "width must be a whole number from 1 to 65536, not 0"),
    (dict(height=65537), ValueError, "height must be"),
    (dict(width=-5), ValueError, "width must be"),
    (dict(width=10**40), ValueError, "width must be"),
    (dict(width=2.5), TypeError, "width must be a whole number, not 2.5"),
    (dict(width=None), TypeError, "needs its width and height"),
    (dict(danger_level="sever"), ValueError, "did you mean 'severe'"),
    (dict(danger_level=3), TypeError, ""),
    (dict(form="\ud800"), TypeError, "form must be a text"),
    (dict(seed=-1), ValueError, "seed must be"),
    (dict(seed=2**64), ValueError, "seed must be"),
    (dict(density=1.5), ValueError, "vegetation_density must be a number from 0 to 1, not 1.5"),
    (dict(density=float("nan")), ValueError, "must be a finite number"),
    (dict(density=0.5, vegetation_density=0.5), TypeError, "are the same"),
    (dict(humidity=101), ValueError, "humidity must be a number from 0 to 100, not 101"),
    (dict(wind_speed="fast"), TypeError, "wind_speed must be a number"),
    (dict(wind_sped=3), TypeError, "did you mean 'wind_speed'"),
    (dict(form="linear"), ValueError, "form must be one of"),
    (dict(form=1), TypeError, "form must be a text"),
    (dict(max_steps=0), ValueError, "max_steps must be"),
    (dict(threads=0), ValueError, "threads must be"),
    (dict(landscape=3), TypeError, "landscape must be a dict"),
    (dict(landscape={"fuel": "nowhere.tif"}, width=None, height=None), ValueError, "nowhere.tif"),
    (dict(landscape={"wdth": 3}), ValueError, "wdth"),
    (dict(landscape={"cell_size": float("nan")}), ValueError, ""),
    (dict(landscape={"cell_size": object()}), TypeError, ""),
    (dict(base_rate=1e6, wind_directionality=0.1, wind_speed=50), ValueError, ""),
])
def test_bad_input_is_told_as_python_does(arguments, problem, message):
    with pytest.raises(problem, match=message):
        firesweep.Fire(**({"width": 20, "height": 20} | arguments))


def test_an_unknown_danger_level_lists_the_seven():
    for call in (lambda: firesweep.Fire(5, 5, "awful"), lambda: firesweep.danger_level("awful"),
                 lambda: firesweep.spread_probability("awful"), lambda: lit().set_weather(danger_level="awful")):
        with pytest.raises(ValueError) as problem:
            call()
        assert all(level in str(problem.value) for level in LEVELS)


def test_weather_that_cannot_be_set_leaves_the_fire_as_it_was():
    fire = lit()
    before = fire.weather
    with pytest.raises(TypeError, match="needs one of"):
        fire.set_weather()
    with pytest.raises(TypeError):
        fire.set_weather(30)
    with pytest.raises(TypeError):
        fire.set_weather(wind=30)
    with pytest.raises(TypeError, match="danger_level must be a text, not 3"):
        fire.set_weather(danger_level=3)
    for wrong in (dict(wind_speed=-1), dict(humidity=float("inf")), dict(wind_direction=361)):
        with pytest.raises(ValueError):
            fire.set_weather(**wrong)
    assert fire.weather == before
    fire.set_weather(danger_level="low", humidity=1)
    assert fire.weather == firesweep.danger_level("low", humidity=1)


def test_arguments_of_running():
    fire = lit()
    for wrong in (-1, 2**40):
        with pytest.raises(ValueError):
            fire.step(wrong)
        with pytest.raises(ValueError):
            fire.run(max_steps=wrong)
    with pytest.raises(TypeError):
        fire.run(until_out=False)
    with pytest.raises(TypeError):
        fire.run(progress=3)
    with pytest.raises(ValueError):
        fire.run(every=0)
    assert fire.steps == 0 and fire.step(0) == 0 and fire.run(max_steps=0) == 0


def test_run_ends_as_the_runs_of_an_experiment_do_or_as_it_is_told():
    fire = lit(max_steps=7)
    assert fire.run() == 7 and fire.run() == 0 and fire.burning > 0
    assert fire.run(max_steps=2) == 2 and fire.steps == 9
    burnt_out = fire.run(max_steps=10**6)
    assert fire.burning == 0 and fire.steps == 9 + burnt_out
    assert fire.run(until_out=False, max_steps=5) == 5 and fire.steps == 14 + burnt_out
    assert fire.step() == 0


def test_progress_is_told_every_so_many_steps_and_at_the_end():
    told = []
    fire = lit()
    steps = fire.run(progress=lambda it: told.append((it is fire, it.steps)), every=4)
    assert told[-1] == (True, steps) and [step for _, step in told[:-1]] == list(range(4, steps, 4))
    fire.reset()
    fire.ignite(30, 20)

    def turn(it):
        it.set_weather(humidity=100, temperature=-273)
        it.stop()
    assert fire.run(progress=turn, every=3) == 3
    assert fire.run() == 1  # what burnt is out

    class Enough(Exception):
        pass

    def fail(it):
        raise Enough
    fire.reset()
    fire.ignite(30, 20)
    with pytest.raises(Enough):
        fire.run(progress=fail, every=5)
    assert fire.steps == 5 and fire.step() == 1


def test_a_batch_is_all_states_from_now_on():
    fire, other = lit(), lit()
    frames = firesweep.batch(60, 40, "extreme", 11, density=1, ignitions=[(30, 20)])
    assert frames.dtype == np.uint8 and frames.flags.writeable
    assert (frames == fire.batch()).all() and len(frames) == fire.steps + 1
    for frame in frames:
        assert (other.states == frame).all()
        other.step()
    assert firesweep.batch(60, 40, "extreme", 11, density=1, ignitions=[(30, 20)], max_steps=3).shape == (4, 40, 60)
    with pytest.raises(IndexError):
        firesweep.batch(60, 40, ignitions=[(60, 0)])


def test_performance_counts_steps_and_looks_and_can_be_reset():
    fire = lit()
    fire.step(5)
    fire.states
    phases = fire.performance()
    assert phases["step"]["count"] == 5 and phases["states"]["count"] == 1
    for numbers in phases.values():
        assert 0 < numbers["min"] <= numbers["mean"] <= numbers["max"] <= numbers["total"]
        assert numbers["mean"] == pytest.approx(numbers["total"] / numbers["count"])
    fire.reset_performance()
    assert all(numbers == dict(count=0, total=0, mean=0, min=0, max=0) for numbers in fire.performance().values())


def test_landscapes_are_those_of_experiments(tmp_path):
    (tmp_path / "fuel.asc").write_text("ncols 12\nnrows 5\nxllcorner 0\nyllcorner 0\ncellsize 10\n" + 5 * ("1 " * 11 + "9\n"))
    land = {"fuel": tmp_path / "fuel.asc", "fuel_classes": {1: {"name": "grass", "density": 1}, 9: {"burnable": False}}}
    fire = firesweep.Fire(landscape=land, danger_level="catastrophic", seed=3)
    assert (fire.width, fire.height) == (12, 5)
    assert (fire.states[:, :11] == 1).all() and (fire.states[:, 11] == 0).all()
    fire.ignite(0, 0)
    fire.run()
    stats = fire.stats()
    assert stats["spread_percent"] == pytest.approx(100 * stats["burnt"] / 55)


def test_a_landscape_of_arrays_is_that_of_their_files(tmp_path):
    generator = np.random.default_rng(3)
    fuel = generator.choice([1, 2, 9], (30, 41))
    height = generator.uniform(0, 90, (30, 41)).astype("f4")
    height[5, 7] = np.nan
    head = "ncols 41\nnrows 30\nxllcorner 0\nyllcorner 0\ncellsize 25\nNODATA_value -9999\n"
    for name, cells in (("fuel", fuel), ("height", np.where(np.isnan(height), -9999, height))):
        (tmp_path / f"{name}.asc").write_text(head + "".join(" ".join(map(str, row)) + "\n" for row in cells))
    classes = {"fuel_classes": {1: {"burn_steps": 3}, 2: {"spread": 1.5}, 9: {"burnable": False}}}
    files = classes | {"fuel": tmp_path / "fuel.asc", "elevation": tmp_path / "height.asc"}
    arrays = classes | {"fuel": fuel, "elevation": height, "cell_size": 25}
    frames = []
    for land in (files, arrays, arrays | {"fuel": fuel.astype("f8")}):
        fire = firesweep.Fire(landscape=land, danger_level="extreme", seed=6)
        for x in range(0, 41, 4):
            fire.ignite(x, 15, strict=False)
        frames.append(fire.batch())
    assert frames[0].shape[1:] == (30, 41) and len(frames[0]) > 20
    assert (frames[0] == frames[1]).all() and (frames[0] == frames[2]).all()
    for wrong in (fuel[0], fuel + 0.5, fuel.astype(str), fuel[:0]):
        with pytest.raises(ValueError, match="fuel must be an array"):
            firesweep.Fire(landscape=classes | {"fuel": wrong})
    with pytest.raises(ValueError, match="landscape"):
        firesweep.Fire(landscape={"fuel": fuel})


def test_refused_files_say_what_the_command_line_says(program, tmp_path):
    file = program.results("few", """
        landscape: {width: 20, height: 20}
        matrix:
          danger_level: [severe, extreme]
          seed: {first: 1, count: 3}
        """)
    with pytest.raises(FileNotFoundError):
        firesweep.Fire.of(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("no HDF5")
    with pytest.raises(ValueError, match="text.h5"):
        firesweep.Fire.of(tmp_path / "text.h5")
    for wrong in (dict(danger_level="extrem", seed=1), dict(danger_level="severe", seed=9), dict(),
                  dict(danger_level="severe", seed=1, wind_speed=3)):
        with pytest.raises(ValueError) as problem:
            firesweep.Fire.of(file, **wrong)
        options = [part for axis, value in wrong.items() for part in (f"--{axis.replace('_', '-')}", value)]
        plain = str(problem.value).replace("_", "-").replace("danger-level:", "--danger-level:")
        for line, expected in zip(plain.splitlines(), program.refusal("replay", file, *options).splitlines()):
            assert line.lstrip("-").split(":", 1)[1:] == expected.replace("_", "-").lstrip("-").split(":", 1)[1:]
    assert firesweep.Fire.of(file, danger_level=np.str_("severe"), seed=np.int64(2)).seed == 2


def test_memory_that_there_is_not_is_an_error_and_no_end():
    done = python("""
        import resource, firesweep
        fire = firesweep.Fire(65536, 65536, "extreme")
        fire.ignite(3, 3, strict=False)
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        try:
            fire.states
        except MemoryError:
            print("refused", fire.step() + 1)
        """)
    assert done.returncode == 0 and done.stdout.startswith("refused"), done


def test_10000_fires_leave_nothing_behind():
    done = python("""
        import firesweep
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * 4096
        def burn(count):
            for seed in range(count):
                fire = firesweep.Fire(64, 48, "extreme", seed)
                fire.ignite(32, 24, strict=False)
                fire.run()
                fire.states.sum(), fire.stats(), fire.history, fire.batch()
                try:
                    fire.ignite(99, 99)
                except IndexError:
                    pass
        burn(500)
        before = resident()
        burn(10_000)
        print(resident() - before)
        """)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 2 << 20, done.stdout
