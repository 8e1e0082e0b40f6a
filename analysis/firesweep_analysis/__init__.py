"""What the results files of firesweep say, as tables and pictures: xarray in, xarray and matplotlib out.

    from firesweep_analysis import exceedance, given_start, open_results, style

    style.use()
    fires = given_start(open_results("danger-levels.h5"))
    exceedance.plot(exceedance.curve(fires.sel(ignition_set="centre").burn_fraction))

One module for each question:

    results      open a file or a group of it, lazily; choose scenarios, and the fires that started
    sizes        what happened: the sizes of the fires and their course, level by level
    exceedance   how likely is a fire larger than x, and how sure is that?
    risk         likelihood x consequence, the worst fires, alerts
    maps         where does it burn, and where do scenarios differ?
    ground       where on the ground: relief, fuel, hectares
    comparisons  what does another value of an axis do, seed by seed?
    sensitivity  what changes the answer, and where does it tip?
    season       what do the fires of a year come to, and how often is one of them large?
    stake        what do fires take of the assets, how often, and what would help?
    origins      where do the fires that hurt begin?
    convergence  how many seeds are enough, and what do they cost?
    fire         one fire, step by step: pictures and an animation
    overview     the whole file on one page
    estimates    estimates with their intervals, as tables and in words
    report       a page of HTML for everybody else
    style        figures that can be read in print and by the colour-blind

Estimates that are in the file are taken from it; only what it does not hold is computed here. The format of the file is
described in analysis/results-format.md.
"""

from .results import given_start, open_results

__all__ = ["given_start", "open_results"]
