"""/paired, /paired_AXIS and /sensitivity, recomputed from the runs in the same file."""

import itertools

import h5py
import numpy as np
import pytest
import xarray as xr

import independent_statistics as again


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def opened(path, group):
    """The root and a group of it, with the root's coordinates."""
    with xr.open_dataset(path) as root, xr.open_dataset(path, group=group) as inside:
        root, inside = root.load(), inside.load()
    return root, inside.assign_coords({name: root[name] for name in inside.dims if name in root.coords})


@pytest.fixture(scope="module")
def comparisons(any_path):
    """The root and the group of each axis that is compared."""
    with h5py.File(any_path, "r") as file:
        groups = [name for name in file if name.split("_")[0] == "paired"]
    return [opened(any_path, group) for group in groups]


def compared(paired):
    """The axis that a group compares."""
    return next(name.removeprefix("first_") for name in paired if name.startswith("first_"))


def value(root, axis, label):
    """The value of an axis that a label stands for."""
    return label if root[axis].dtype.kind not in "if" else float(label)


@pytest.fixture(scope="module", params=["full", "swept", "patchy"])
def sensitivity(request):
    return opened(request.getfixturevalue(request.param), "sensitivity")


def differences(root, paired):
    """For every place and pair its datasets and the burn fractions of the two values by the seeds both were given, NaN unless ok.

    Excluded ones are None.
    """
    along = compared(paired)
    others = [axis for axis in root.attrs["axes"].split() if axis != along]
    for place in itertools.product(*(root[axis].values for axis in others)):
        at = dict(zip(others, place))
        for pair in paired.pair.values:
            found = paired.sel(at | {"pair": pair})
            both = [root.sel(at | {along: value(root, along, found[f"{which}_{along}"].item())}) for which in ("first", "second")]
            seeds = min(one.runs_planned.item() for one in both)
            first, second = (one.burn_fraction.values[:seeds] if one.runs_planned > 0 else None for one in both)
            yield found, first, second


def all_differences(comparisons):
    """Those of every axis, with the root."""
    return [(root, *one) for root, paired in comparisons for one in differences(root, paired)]


def test_every_axis_of_several_values_is_compared(comparisons):
    root = comparisons[0][0]
    several = {axis for axis in root.attrs["axes"].split() if 2 <= root.sizes[axis] <= 12}
    assert {compared(paired) for _, paired in comparisons} == several


def test_every_value_is_compared_with_every_later_one(comparisons):
    for root, found in comparisons:
        axis = compared(found)
        values = list(root[axis].values)
        pairs = list(itertools.combinations(values, 2))
        labels = zip(found[f"first_{axis}"].values, found[f"second_{axis}"].values)
        assert [tuple(value(root, axis, label) for label in pair) for pair in labels] == pairs
        assert list(found.pair.values) == [f"{two} - {one}" for one, two in zip(found[f"first_{axis}"].values, found[f"second_{axis}"].values)]
        assert found.difference_mean.dims == (*[a for a in root.attrs["axes"].split() if a != axis], "pair")


def test_differences_of_means_by_common_seeds(comparisons):
    for root, found, first, second in all_differences(comparisons):
        if first is None or second is None:
            assert found.difference_seeds == 0
            assert all(found[name].isnull().all() for name in found.data_vars if found[name].dtype == float)
            continue
        both = ~np.isnan(first) & ~np.isnan(second)
        one, other = first[both], second[both]
        assert found.difference_seeds == both.sum() > 1
        close(found.difference_mean, (other - one).mean())
        close(found.difference_ci, again.t_interval(other - one, root.attrs["confidence"]))
        variances = one.var(ddof=1) + other.var(ddof=1)
        with np.errstate(divide="ignore"):
            expected = variances / (other - one).var(ddof=1) if variances > 0 else 1.0
        close(found.variance_reduction, expected)
        if one.std() > 0 and other.std() > 0:
            close(found.correlation, ((one - one.mean()) * (other - other.mean())).mean() / one.std() / other.std())
        else:
            assert np.isnan(found.correlation)


def test_differences_of_exceedance_by_common_seeds(comparisons):
    for root, found, first, second in all_differences(comparisons):
        if first is None or second is None:
            continue
        both = ~np.isnan(first) & ~np.isnan(second)
        for at in root.threshold.values:
            difference = (second[both] > at).astype(int) - (first[both] > at)
            point = found.sel(threshold=at)
            close(point.exceedance_difference, difference.mean())
            close(point.exceedance_difference_ci, again.share_difference_interval(difference, root.attrs["confidence"]))


def test_bounds_of_differences_are_those_of_the_extremes(comparisons):
    def extremes(first, second):
        def known_or(values, otherwise):
            return np.where(np.isnan(values), otherwise, values)
        return ((known_or(second, 0) - known_or(first, 1)).mean(), (known_or(second, 1) - known_or(first, 0)).mean())

    for root, found, first, second in all_differences(comparisons):
        if first is None or second is None:
            continue
        close(found.difference_bounds, extremes(first, second))
        for at in root.threshold.values:
            over = (np.where(np.isnan(values), np.nan, values > at) for values in (first, second))
            close(found.exceedance_difference_bounds.sel(threshold=at), extremes(*over))


def test_axes_with_more_than_one_value_have_a_sensitivity(sensitivity):
    root, found = sensitivity
    assert list(found.axis.values) == [axis for axis in root.attrs["axes"].split() if root.sizes[axis] > 1]
    effects = again.MainEffects(root.burn_fraction.values)
    assert (found.attrs["seeds"], found.attrs["scenarios"]) == (effects.seeds, effects.scenarios)
    close(found.attrs["chance_of_mean"], effects.chance)


def quantities(root, found):
    """For the mean and for the exceedance of each threshold its name, datasets by axis, and effects computed again."""
    yield "mean", found, again.MainEffects(root.burn_fraction.values)
    for at in root.threshold.values:
        yield "exceedance", found.sel(threshold=at), again.MainEffects(root.burn_fraction.values, at)


def test_effects_and_shares_of_every_axis(sensitivity):
    root, found = sensitivity
    axes = root.attrs["axes"].split()
    for prefix, of_quantity, effects in quantities(root, found):
        for axis in found.axis.values:
            effect = of_quantity.sel(axis=axis)
            means = effects.profile(axes.index(axis)).mean(axis=1)
            close(effect[f"{prefix}_effect"], means.max() - means.min())
            close(effect[f"{prefix}_effect_ci"], effects.effect_interval(axes.index(axis), root.attrs["confidence"]))
            if effects.variance == 0:
                assert np.isnan(effect[f"{prefix}_effect_normalised"]) and np.isnan(effect[f"{prefix}_share"])
                continue
            close(effect[f"{prefix}_effect_normalised"], (means.max() - means.min()) / np.sqrt(effects.variance))
            close(effect[f"{prefix}_share"], effects.share(axes.index(axis)))


def test_lowest_and_highest_means_and_where_they_are(sensitivity):
    root, found = sensitivity
    effects = again.MainEffects(root.burn_fraction.values)
    for axis in found.axis.values:
        means = effects.profile(root.attrs["axes"].split().index(axis)).mean(axis=1)
        effect = found.sel(axis=axis)
        close([effect.mean_lowest, effect.mean_highest], [means.min(), means.max()])
        labels = [value if isinstance(value, str) else f"{value:g}" for value in root[axis].values]
        assert effect.mean_lowest_at == labels[means.argmin()]
        assert effect.mean_highest_at == labels[means.argmax()]


def test_intervals_of_shares_are_bca_up_to_their_monte_carlo_error(full, patchy):
    for path in (full, patchy):
        root, found = opened(path, "sensitivity")
        for prefix, of_quantity, effects in quantities(root, found):
            for axis in found.axis.values:
                place = root.attrs["axes"].split().index(axis)
                assert again.within_monte_carlo_error(
                    of_quantity.sel(axis=axis)[f"{prefix}_share_ci"].values,
                    lambda rng: effects.share_interval(place, root.attrs["confidence"], rng), 20), (prefix, axis)


def test_there_is_no_group_where_there_is_nothing_to_compare(many, firesweep):
    one = firesweep.run("one-level", """
        landscape: {width: 9, height: 9}
        matrix: {danger_level: [high], humidity: [10, 20], seed: {first: 1, count: 2}}
    """)
    with xr.open_dataset(one, engine="h5netcdf"), pytest.raises(OSError):
        xr.open_dataset(one, engine="h5netcdf", group="paired")
    with pytest.raises(OSError):
        xr.open_dataset(many, engine="h5netcdf", group="sensitivity")
