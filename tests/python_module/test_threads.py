"""Threads, signals and processes: fires burn at once, one fire is safe in many hands, Ctrl-C leaves it usable."""

import concurrent.futures
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np

import firesweep
from conftest import python


def endless(**options):
    """A fire that its test has to end: time goes on."""
    return firesweep.Fire(20, 20, **options)


def test_other_threads_run_while_a_fire_burns():
    fire = endless()
    ticks = set()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(fire.run, until_out=False, max_steps=10**9)
        until = time.monotonic() + 60
        while len(ticks) < 20 and time.monotonic() < until:
            ticks.add(fire.steps)
        while not fire.stop():
            time.sleep(0.001)
        steps = running.result(timeout=10)
    assert len(ticks) == 20 and fire.steps == steps
    assert fire.stop() is False


def test_looks_from_another_thread_are_of_one_moment_and_come_soon():
    fire = firesweep.Fire(300, 300, "severe", seed=5, density=1)
    fire.ignite(150, 150)
    seen = []
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(fire.run)
        while not running.done():
            before = time.monotonic()
            seen.append(fire.stats())
            assert time.monotonic() - before < 20
        running.result()
    history = fire.history
    for stats in seen:
        assert stats["empty"] + stats["vegetation"] + stats["burning"] + stats["burnt"] == 90_000
        assert history[stats["step"]].tolist() == [stats["burning"], stats["burnt"]]


def test_one_fire_in_many_threads_takes_every_step_once():
    alone = firesweep.Fire(200, 150, "extreme", seed=8, density=1)
    alone.ignite(100, 75)
    alone.run()
    shared = firesweep.Fire(200, 150, "extreme", seed=8, density=1)
    shared.ignite(100, 75)

    def use(number):
        taken = 0
        while shared.burning:
            taken += shared.step(1 + number)
            shared.states[number].sum()
            if number % 2:
                shared.stats(), shared.history, shared.weather, shared.performance(), repr(shared)
        return taken

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(use, range(8)))
    assert taken == shared.steps == alone.steps
    assert (shared.states == alone.states).all() and (shared.history == alone.history).all()


def test_a_fire_that_threads_reset_light_run_and_look_at_comes_to_no_harm():
    fire = firesweep.Fire(70, 70, "extreme", density=1)
    end = time.monotonic() + 1.5
    actions = [lambda: fire.reset(3), lambda: fire.ignite(30, 30, strict=False), fire.run, lambda: fire.states.sum(),
               fire.stop, lambda: fire.set_weather(wind_speed=50), fire.batch, lambda: fire.run(progress=lambda it: it.stats())]

    def use(action):
        while time.monotonic() < end:
            action()

    threads = [threading.Thread(target=use, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    fire.reset(3)
    assert np.bincount(fire.states.ravel()).tolist() == [0, 4900]


def test_stop_from_another_thread_ends_a_run_and_the_fire_goes_on():
    fire = endless(density=1)
    threading.Timer(0.2, fire.stop).start()
    fire.run(until_out=False, max_steps=10**9)
    before = fire.steps
    assert fire.ignite(10, 10) and fire.step() == 1 and fire.steps == before + 1


INTERRUPTED = """
    import sys, firesweep
    fire = firesweep.Fire(30, 30, density=1)
    print("ready", flush=True)
    try:
        fire.{call}
    except KeyboardInterrupt:
        before = fire.steps
        fire.ignite(3, 3)
        print("usable", fire.step(), fire.steps - before, fire.burnt)
    """


def interrupted(code):
    process = subprocess.Popen([sys.executable, "-B", "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=100)
    assert time.monotonic() - before < 60
    return process.returncode, output


def test_ctrl_c_ends_a_run_and_leaves_a_usable_fire():
    code, output = interrupted(INTERRUPTED.format(call="run(until_out=False, max_steps=10**9)"))
    assert (code, output) == (0, "usable 1 1 1\n")


def test_ctrl_c_ends_an_experiment_and_what_is_done_is_kept(tmp_path):
    done = python(f"""
        import os, signal, h5py, firesweep
        def interrupt(done, runs, seconds_left):
            if done:
                os.kill(os.getpid(), signal.SIGINT)
        experiment = {{"landscape": {{"width": 1024, "height": 1024}},
                      "matrix": {{"danger_level": ["catastrophic"], "seed": {{"first": 1, "count": 20_000}}}},
                      "outputs": {{"maps": False, "curves": False}}}}
        try:
            firesweep.run(experiment, {str(tmp_path / 'many.h5')!r}, progress=interrupt)
        except KeyboardInterrupt:
            with h5py.File({str(tmp_path / 'many.h5')!r}) as file:
                print("kept", 0 < (file["status"][:] == 1).sum() < 20_000)
        """)
    assert (done.returncode, done.stdout) == (0, "kept True\n"), done.stderr


def test_the_interpreter_can_end_while_a_thread_burns():
    done = python("""
        import threading, firesweep
        fire = firesweep.Fire(30, 30)
        threading.Thread(target=fire.run, kwargs=dict(until_out=False, max_steps=10**9), daemon=True).start()
        print("end")
        """)
    assert done.returncode == 0 and done.stdout == "end\n", done
