"""Bushfires in your hands: the engine of firesweep, step by step, at its own speed.

    import firesweep

    fire = firesweep.Fire(200, 150, "extreme", seed=7)
    fire.ignite(100, 75)
    fire.step(20)
    fire.set_weather(wind_speed=90)
    fire.run()
    fire.states             # numpy, uint8, shape (height, width): 0 empty, 1 vegetation, 2 burning, 3 burnt

    results = firesweep.run("experiments/smoke.yaml")      # a whole ensemble, as an xarray.Dataset

Results files are analysed with firesweep_analysis, which needs nothing that is built.
"""

from ._engine import (Fire, Station, danger_level, danger_levels, is_dangerous, performance, rate, reset_performance,
                      spread_probability)

__all__ = ["Fire", "Station", "batch", "danger_level", "danger_levels", "is_dangerous", "performance", "rate",
           "reset_performance", "run", "spread_probability"]


def __getattr__(name):
    # Whoever steps a fire need not wait for xarray.
    if name in ("batch", "run"):
        from . import _run
        return getattr(_run, name)
    raise AttributeError(f"module 'firesweep' has no attribute '{name}'")


def __dir__():
    return sorted([*globals(), "batch", "run"])
