"""Bushfires in your hands: the engine of firesweep, step by step, at its own speed.

    import firesweep

    fire = firesweep.Fire(200, 150, "extreme", seed=7)
    fire.ignite(100, 75)
    fire.step(20)
    fire.set_weather(wind_speed=90)
    fire.run()
    fire.states             # numpy, uint8, shape (height, width): 0 empty, 1 vegetation, 2 burning, 3 burnt

Results files are analysed with firesweep_analysis, which needs nothing that is built.
"""

from ._engine import Fire

__all__ = ["Fire"]
