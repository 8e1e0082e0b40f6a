"""What does another value of an axis do, seed by seed? Levels of danger, alternative landscapes, any axis that is compared.

Values are compared in pairs, the second less the first, over the seeds whose runs are ok in both: as they share their
vegetation and their luck, the difference is known better than either mean. Which axes are compared says `outputs.compare`
of the experiment.
"""

import pandas as pd

from .results import DANGER_LEVELS, axes_of, has_group, number_or_words, open_results

MAIN_GROUP = "paired"


def group_of(axis):
    """The group of results files that compares the values of an axis."""
    return MAIN_GROUP if axis == "danger_level" else f"{MAIN_GROUP}_{axis}"


def compared_axes(path, data=None):
    """The axes whose values a results file compares, in the order of the experiment; `data` is the file if it is open."""
    data = open_results(path) if data is None else data
    return [axis for axis in axes_of(data) if has_group(path, group_of(axis))]


def open_comparison(path, axis=None, root=None):
    """The comparison of the values of an axis, as a dataset: by default of danger levels, else of the first axis that is
    compared. `root` is the file if it is open.

    `difference_mean` has dimensions (other axes.., pair); coordinates `first` and `second` along `pair` are the values, as
    texts. Its attribute `axis` is the axis. Raises ValueError, with the axes there are, if the file does not compare it.
    """
    root = open_results(path) if root is None else root
    known = compared_axes(path, root)
    axis = axis or ("danger_level" if "danger_level" in known else known[0] if known else None)
    if axis not in known:
        raise ValueError(f"{path} compares no axis {axis or 'at all'}; it compares {', '.join(known) or 'none'}")
    data = open_results(path, group_of(axis), root=root)
    names = {f"{which}_{axis}": which for which in ("first", "second")}
    return data.rename(names).set_coords(list(names.values())).assign_attrs(axis=axis)


def table(comparison, given_start=False):
    """Each pair as a pandas table, along the other axes of several values: "seeds", "difference" of the mean burn fraction
    with "lower" and "upper", "excludes 0", "gain" (independent runs that a pair of runs is worth).

    `given_start` takes the seeds whose fires started in both alone.
    """
    of = "_given_start" if given_start else ""
    interval = comparison[f"difference_ci{of}"]
    columns = {"seeds": comparison[f"difference_seeds{of}"], "difference": comparison[f"difference_mean{of}"],
               "lower": interval.sel(bound="lower", drop=True), "upper": interval.sel(bound="upper", drop=True),
               "gain": comparison[f"variance_reduction{of}"]}
    order = comparison[f"difference_mean{of}"].dims
    frame = pd.DataFrame({name: column.reset_coords(drop=True).to_series().reorder_levels(order) if len(order) > 1
                          else column.reset_coords(drop=True).to_series() for name, column in columns.items()})
    frame.insert(4, "excludes 0", (frame["lower"] > 0) | (frame["upper"] < 0))
    return frame


def steps(comparison):
    """The pairs of values of which none lies between the two in the file, as places along `pair`; of names all pairs."""
    first, second = (comparison[which].values.tolist() for which in ("first", "second"))
    values = list(dict.fromkeys([*first, *second]))
    if not (set(values) <= set(DANGER_LEVELS) or all(map(_is_number, values))):
        return list(range(len(first)))
    return [place for place, pair in enumerate(zip(first, second)) if values.index(pair[1]) == values.index(pair[0]) + 1]


def pair_text(comparison, place):
    """"today to treated": a pair in words."""
    first, second = (comparison[which].values[place] for which in ("first", "second"))
    return f"{number_or_words(first)} to {number_or_words(second)}"


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
