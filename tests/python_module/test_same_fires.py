"""Fires that are stepped from Python are those of the engine, of results files and of `firesweep replay`, bit by bit."""

import h5py
import numpy as np
import pytest

import firesweep

SIDES = (47, 36)
LEVELS = ["low", "severe", "extreme", "catastrophic"]
PLAIN = """
    landscape: {width: 47, height: 36}
    matrix:
      danger_level: [low, severe, extreme, catastrophic]
      ignition_set:
        centre: [[23, 18]]
        three: [[0, 0], [46, 35], [10, 30]]
        lightning: {random: 4}
      seed: {first: 5, count: 17}
    outputs: {run_curves: true}
    """
CHANGING = """
    landscape: {width: 47, height: 36}
    model: {wind_directionality: 0.02}
    weather:
      wind_direction: 270
      changes:
        - {step: 3, wind_speed: 85, wind_direction: 180}
        - {step: 9, humidity: 3}
    matrix:
      danger_level: [severe, extreme]
      ignition_set: {centre: [[23, 18]]}
      seed: {first: 1, count: 20}
    """


def frames_of(file):
    with h5py.File(file) as fire:
        return fire["state"][:]


@pytest.fixture(scope="module")
def plain(program):
    return program.results("plain", PLAIN)


@pytest.fixture(scope="module")
def changing(program):
    return program.results("changing", CHANGING)


def replayed(program, file, **coordinates):
    output = program.folder / "replayed.h5"
    options = [part for axis, value in coordinates.items() for part in (f"--{axis.replace('_', '-')}", value)]
    program("replay", file, *options, "-o", output, "--no-gif")
    return frames_of(output)


def stepped(fire):
    frames = [fire.states.copy()]
    while fire.step():
        frames.append(fire.states.copy())
    return np.array(frames)


def test_200_fires_of_a_file_have_the_burning_cells_of_their_runs_at_every_step(plain):
    with h5py.File(plain) as file:
        curves = file["run_burning_cells"][:]
        steps, burnt = file["steps"][:], file["burnt_cells"][:]
    fires = 0
    for i, level in enumerate(LEVELS):
        for j, name in enumerate(("centre", "three", "lightning")):
            for k in range(17):
                fire = firesweep.Fire.of(plain, danger_level=level, ignition_set=name, seed=5 + k)
                fire.run()
                assert fire.steps == steps[i, j, k] and fire.burnt == burnt[i, j, k]
                assert (curves[i, j, k][:fire.steps + 1] == fire.history[:, 0]).all()
                fires += 1
    assert fires >= 200


def test_200_fires_stepped_by_hand_have_the_states_of_replays(program, plain):
    generator = np.random.default_rng(1)
    for _ in range(100):
        level, seed = generator.choice(LEVELS), int(generator.integers(5, 22))
        for name, cells in (("centre", [(23, 18)]), ("three", [(0, 0), (46, 35), (10, 30)])):
            fire = firesweep.Fire(*SIDES, str(level), seed)
            for cell in cells:
                fire.ignite(*cell, strict=False)
            expected = replayed(program, plain, danger_level=level, ignition_set=name, seed=seed)
            assert (stepped(fire) == expected).all()
            of_file = firesweep.Fire.of(plain, danger_level=level, ignition_set=name, seed=seed)
            assert (of_file.batch() == expected).all()


def test_weather_set_between_steps_is_a_change_of_the_experiment(program, changing):
    for level in ("severe", "extreme"):
        for seed in range(1, 21):
            fire = firesweep.Fire(*SIDES, level, seed, wind_directionality=0.02, wind_direction=270)
            fire.ignite(23, 18, strict=False)
            frames = [fire.states.copy()]
            while fire.burning:
                if fire.steps == 3:
                    fire.set_weather(wind_speed=85, wind_direction=180)
                if fire.steps == 9:
                    fire.set_weather(humidity=3)
                fire.step()
                frames.append(fire.states.copy())
            assert (np.array(frames) == replayed(program, changing, danger_level=level, seed=seed)).all()
            assert (firesweep.Fire.of(changing, danger_level=level, seed=seed).batch() == np.array(frames)).all()


def test_a_fire_of_rasters_embers_and_lasting_flames_is_its_replay(program):
    generator = np.random.default_rng(2)
    head = "ncols 40\nnrows 33\nxllcorner 0\nyllcorner 0\ncellsize 20\nNODATA_value -1\n"
    for name, cells in (("fuel", generator.choice([1, 2, 9, -1], (33, 40), p=[0.5, 0.4, 0.08, 0.02])),
                        ("height", generator.integers(0, 40, (33, 40)))):
        rows = "".join(" ".join(map(str, row)) + "\n" for row in cells)
        (program.folder / f"{name}.asc").write_text(head + rows)
    file = program.results("ground", """
        landscape:
          fuel: fuel.asc
          elevation: height.asc
          fuel_classes: {1: {}, 2: {burn_steps: 5, spread: 0.7, density: 0.8}, 9: {burnable: false}}
        model: {wind_directionality: 0.02, spotting: {rate: 0.1, distance: {median: 60 m}}}
        weather: {wind_direction: 250, changes: [{step: 8, wind_direction: 160}]}
        matrix:
          danger_level: [severe, extreme]
          ignition_set: {lightning: {random: 3}}
          seed: {first: 1, count: 6}
        on_bare_ground: force
        """)
    burnt = 0
    for level in ("severe", "extreme"):
        for seed in range(1, 7):
            fire = firesweep.Fire.of(file, danger_level=level, seed=seed)
            assert (stepped(fire) == replayed(program, file, danger_level=level, seed=seed)).all()
            stats = fire.stats()
            assert stats["empty"] + stats["vegetation"] + stats["burnt"] == 33 * 40
            assert stats["empty"] == (fire.states == 0).sum()
            burnt += fire.burnt
    assert burnt > 1000


def test_a_fire_that_was_used_before_burns_as_a_new_one(plain):
    old = firesweep.Fire(*SIDES, "extreme", 3)
    old.ignite(20, 20, strict=False)
    old.set_weather(wind_speed=1)
    old.states
    old.run(max_steps=4)
    for seed in range(40, 60):
        old.reset(seed)
        new = firesweep.Fire(*SIDES, "extreme", seed)
        assert old.weather == new.weather and old.steps == 0
        assert old.ignite(20, 20, strict=False) == new.ignite(20, 20, strict=False)
        assert (old.batch() == new.batch()).all()
