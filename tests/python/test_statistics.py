"""Every estimate, recomputed from the runs in the same file."""

import numpy as np
import pytest
import scipy.stats
import xarray as xr


@pytest.fixture
def d(path):
    with xr.open_dataset(path) as dataset:
        yield dataset.load()


def scenarios(d):
    """For every scenario its place and the burn fractions of its runs with status ok, ascending."""
    shape = d.burn_fraction.shape[:-1]
    for place in np.ndindex(shape):
        values = d.burn_fraction.values[place]
        yield place, np.sort(values[d.status.values[place] == 1])


def wilson(successes, trials, confidence):
    interval = scipy.stats.binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def order_statistic_interval(values, q, confidence):
    n = len(values)
    lower = int(scipy.stats.binom.ppf((1 - confidence) / 2, n, q))
    upper = int(scipy.stats.binom.ppf((1 + confidence) / 2, n, q)) + 1
    return (values[lower - 1] if lower > 0 else 0.0), (values[upper - 1] if upper <= n else 1.0)


def worst_share_mean(values, q):
    """Mean of the worst (1 - q) share: the integral of the empirical quantile function from q to 1, over 1 - q."""
    n = len(values)
    edges = np.arange(n + 1) / n
    weights = np.clip(edges[1:] - np.maximum(edges[:-1], q), 0.0, None)
    return np.sum(values * weights) / (1 - q)


def test_burn_fraction_is_burnt_cells_over_all_cells_where_ok_and_nan_elsewhere(d):
    cells = d.attrs["width"] * d.attrs["height"]
    expected = np.where(d.status == 1, d.burnt_cells / cells, np.nan)
    np.testing.assert_array_equal(d.burn_fraction, expected)


def test_runs_are_counted_by_status(d):
    np.testing.assert_array_equal(d.runs_ok, (d.status == 1).sum("seed"))
    np.testing.assert_array_equal(d.runs_failed, (d.status == 2).sum("seed"))
    assert d.attrs["runs_total"] == d.runs_planned.sum()
    assert d.attrs["runs_ok"] == d.runs_ok.sum()
    assert d.attrs["runs_missing"] == d.attrs["runs_total"] - d.attrs["runs_ok"] - d.attrs["runs_failed"] == 0


def test_excluded_scenarios_have_no_runs_and_no_estimates(swept):
    with xr.open_dataset(swept) as d:
        excluded = d.sel(wind_speed=20, danger_level="high")
        assert (excluded.runs_planned == 0).all() and (excluded.status == 0).all()
        assert np.isnan(excluded.burn_fraction_mean).all() and np.isnan(excluded.exceedance_ci).all()
        assert d.runs_planned.sum() == 5 * 3


def test_mean_standard_deviation_and_error(d):
    for place, values in scenarios(d):
        n = len(values)
        mean = values.mean() if n else np.nan
        sd = values.std(ddof=1) if n > 1 else np.nan
        np.testing.assert_allclose(d.burn_fraction_mean.values[place], mean, rtol=1e-12)
        np.testing.assert_allclose(d.burn_fraction_sd.values[place], sd, rtol=1e-10, atol=1e-15)
        np.testing.assert_allclose(d.burn_fraction_se.values[place], sd / np.sqrt(max(n, 1)), rtol=1e-10, atol=1e-15)


def test_interval_of_the_mean_is_students(d):
    confidence = d.attrs["confidence"]
    for place, values in scenarios(d):
        if len(values) < 2:
            assert np.isnan(d.burn_fraction_mean_ci.values[place]).all()
            continue
        half = scipy.stats.t.ppf((1 + confidence) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
        expected = [values.mean() - half, values.mean() + half]
        np.testing.assert_allclose(d.burn_fraction_mean_ci.values[place], expected, rtol=1e-9, atol=1e-14)


def test_quantiles_are_numpys_default(d):
    for place, values in scenarios(d):
        expected = np.quantile(values, d["quantile"].values) if len(values) else np.nan
        np.testing.assert_allclose(d.burn_fraction_quantile.values[place], expected, rtol=1e-12, atol=1e-15)


def test_intervals_of_quantiles_are_order_statistics(d):
    for place, values in scenarios(d):
        for i, q in enumerate(d["quantile"].values):
            expected = order_statistic_interval(values, q, d.attrs["confidence"]) if len(values) else np.nan
            np.testing.assert_array_equal(d.burn_fraction_quantile_ci.values[place][i], expected)


def test_cvar_is_the_mean_of_the_worst_share(d):
    for place, values in scenarios(d):
        for i, q in enumerate(d["quantile"].values):
            expected = worst_share_mean(values, q) if len(values) else np.nan
            np.testing.assert_allclose(d.burn_fraction_cvar.values[place][i], expected, rtol=1e-10, atol=1e-15)


def test_exceedance_with_wilsons_interval(d):
    for place, values in scenarios(d):
        for i, threshold in enumerate(d.threshold.values):
            if len(values) == 0:
                assert np.isnan(d.exceedance.values[place][i])
                continue
            over = int((values > threshold).sum())
            assert d.exceedance.values[place][i] == over / len(values)
            np.testing.assert_allclose(d.exceedance_ci.values[place][i],
                                       wilson(over, len(values), d.attrs["confidence"]), rtol=1e-9, atol=1e-12)


def test_burn_probability_is_burn_count_over_runs_with_wilsons_interval(full):
    with xr.open_dataset(full) as d:
        np.testing.assert_array_equal(d.burn_probability, (d.burn_count / d.runs_ok).astype("f4"))
        counts = np.unique(d.burn_count)
        assert len(counts) > 10
        for count in counts:
            expected = wilson(int(count), 60, d.attrs["confidence"])
            found = d.burn_probability_ci.values[d.burn_count.values == count]
            np.testing.assert_allclose(found, np.broadcast_to(expected, found.shape), rtol=1e-6, atol=1e-7)


def spread_probability(wind, humidity, temperature, base=0.35, combination="linear"):
    factor = base * (1 + wind / 120) * (1.15 - humidity / 100) * (0.85 + temperature / 120) * 0.45
    cap = np.where(wind > 65, 0.7, 0.6)[..., np.newaxis]
    n = np.arange(9)
    if combination == "linear":
        return np.minimum(factor[..., np.newaxis] * n, cap)
    return np.minimum(1 - (1 - np.clip(factor, 0, 1))[..., np.newaxis] ** n, cap)


def test_ignition_probability_follows_the_linear_formula(full):
    with xr.open_dataset(full) as d:
        expected = spread_probability(d.wind_speed.values, d.humidity.values, d.temperature.values)
        np.testing.assert_allclose(d.ignition_probability, expected, rtol=1e-12)
        catastrophic = d.ignition_probability.sel(danger_level="catastrophic", burning_neighbours=2)
        np.testing.assert_allclose(catastrophic, 0.7)


def test_ignition_probability_follows_the_independent_formula_and_the_swept_wind(swept):
    with xr.open_dataset(swept) as d:
        wind = np.broadcast_to(d.wind_speed.values[:, np.newaxis, np.newaxis], d.humidity.shape)
        expected = spread_probability(wind, d.humidity.values, d.temperature.values, 0.5, "independent")
        np.testing.assert_allclose(d.ignition_probability, expected, rtol=1e-12)


def test_the_conditions_are_those_of_the_danger_levels(full):
    with xr.open_dataset(full) as d:
        for level, wind, humidity, temperature in (("low", 15, 65, 25), ("severe", 50, 15, 45), ("catastrophic", 80, 5, 50)):
            scenario = d.sel(danger_level=level)
            assert (scenario.wind_speed == wind).all()
            assert (scenario.humidity == humidity).all()
            assert (scenario.temperature == temperature).all()


def test_cell_counts_add_up_to_the_landscape(full):
    with xr.open_dataset(full) as d:
        cells = d.empty_cells + d.vegetation_cells + d.burnt_cells + d.burning_cells
        assert (cells == 40 * 30).all()
        vegetated = 40 * 30 - d.empty_cells
        np.testing.assert_allclose(d.burn_fraction_vegetated, d.burnt_cells / vegetated)
        assert (d.empty_cells.isel(danger_level=0) == d.empty_cells).all()  # a seed grows the same vegetation


def test_every_ignition_point_is_made_or_failed(full, swept):
    with xr.open_dataset(full) as d:
        points = xr.DataArray([1, 4], dims="ignition_set")
        assert (d.ignitions + d.ignitions_failed == points).all()
    with xr.open_dataset(swept) as d:
        assert (d.ignitions + d.ignitions_failed == 2 * (d.status == 1)).all()


def test_fires_cut_short_are_still_burning(swept):
    with xr.open_dataset(swept) as d:
        assert d.steps.max() == 3
        assert (d.burning_cells > 0).any()
        assert (d.burning_cells.where(d.steps < 3, 0) == 0).all()
