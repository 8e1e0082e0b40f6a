"""Every estimate, recomputed from the runs in the same file."""

import numpy as np
import pytest
import xarray as xr

import independent_statistics as again


@pytest.fixture(scope="module")
def d(any_path):
    with xr.open_dataset(any_path) as dataset:
        yield dataset.load()


def test_burn_fraction_is_burnt_cells_over_all_that_can_burn_where_ok_and_nan_elsewhere(d):
    cells = d.attrs.get("burnable_cells", d.attrs["width"] * d.attrs["height"])
    expected = np.where(d.status == 1, d.burnt_cells / cells, np.nan)
    np.testing.assert_array_equal(d.burn_fraction, expected)


def test_runs_are_counted_by_status(d):
    np.testing.assert_array_equal(d.runs_ok, (d.status == 1).sum("seed"))
    np.testing.assert_array_equal(d.runs_failed, (d.status == 2).sum("seed"))
    assert d.attrs["runs_total"] == d.runs_planned.sum()
    assert d.attrs["runs_ok"] == d.runs_ok.sum()
    assert d.attrs["runs_failed"] == d.runs_failed.sum()
    assert d.attrs["runs_missing"] == d.attrs["runs_total"] - d.attrs["runs_ok"] - d.attrs["runs_failed"]


def test_a_fire_that_never_started_is_told_from_a_small_one(d):
    """Estimates given a start are those of the runs with an ignition or more, whatever their burn fraction."""
    confidence = d.attrs["confidence"]
    for s, values in scenarios(d):
        ignitions = s.ignitions.values[~np.isnan(s.burn_fraction.values)]
        started = values[ignitions >= 1]
        assert s.runs_started == len(started) and s.runs_cut_off == (s.burning_cells > 0).sum()
        assert s.started == len(started) / len(values)
        close(s.started_ci, again.wilson(len(started), len(values), confidence))
        if len(started) < 2:
            continue
        close(s.burn_fraction_mean_given_start, started.mean())
        close(s.burn_fraction_sd_given_start, started.std(ddof=1))
        close(s.burn_fraction_mean_ci_given_start, again.t_interval(started, confidence))
        close(s.burn_fraction_quantile_given_start, np.quantile(started, d["quantile"].values))
        close(s.burn_fraction_cvar_given_start, [again.worst_share_mean(started, q) for q in d["quantile"].values])
        unknown = int(s.runs_planned) - len(values)
        close(s.burn_fraction_mean_bounds_given_start, again.either_way(np.mean, started, unknown))
        for at in s.threshold.values:
            over = int((started > at).sum())
            point = s.sel(threshold=at)
            assert point.exceedance_given_start == over / len(started)
            close(point.exceedance_ci_given_start, again.wilson(over, len(started), confidence))


def test_differences_of_counts_do_not_wrap_and_means_are_over_the_runs_there_are(patchy):
    with xr.open_dataset(patchy) as d, xr.open_dataset(patchy, decode_cf=False) as raw:
        assert (d.status != 1).any()
        known = d.steps.where(d.status == 1)
        np.testing.assert_array_equal(d.steps.mean("seed"), known.mean("seed"))
        one, other = (raw.steps.sel(danger_level=level) for level in ("severe", "catastrophic"))
        assert (one - other).min() < 0 and abs(one - other).max() < 10000


def test_excluded_scenarios_have_no_runs_and_no_estimates(swept):
    with xr.open_dataset(swept) as d:
        excluded = d.sel(wind_speed=20, danger_level="high")
        assert (excluded.runs_planned == 0).all() and (excluded.status == 0).all()
        assert np.isnan(excluded.burn_fraction_mean).all() and np.isnan(excluded.exceedance_ci).all()
        assert d.runs_planned.sum() == 5 * 3


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def scenarios(d):
    """For every scenario with a run that is ok its datasets, and the burn fractions of these runs in the order of their seeds."""
    for place in np.ndindex(d.runs_ok.shape):
        values = d.burn_fraction.values[place]
        if d.runs_ok.values[place] > 0:
            yield d.isel(dict(zip(d.runs_ok.dims, place))), values[~np.isnan(values)]


def test_the_files_hold_what_the_tests_are_about(patchy, many):
    with xr.open_dataset(patchy) as d:
        assert d.attrs["runs_failed"] > 0 and d.attrs["runs_missing"] > 0
        assert 3 <= d.escape_border.notnull().sum() <= 10
        assert (d.runs_planned == 0).sum() == 2
    with xr.open_dataset(many) as d:
        assert (d.runs_ok == 2500).all()


def test_mean_standard_deviation_and_error(d):
    for s, values in scenarios(d):
        close(s.burn_fraction_mean, values.mean())
        close(s.burn_fraction_sd, values.std(ddof=1))
        close(s.burn_fraction_se, values.std(ddof=1) / np.sqrt(len(values)))


def test_interval_of_the_mean_is_students(d):
    for s, values in scenarios(d):
        close(s.burn_fraction_mean_ci, again.t_interval(values, d.attrs["confidence"]))


def test_quantiles_are_numpys_default(d):
    for s, values in scenarios(d):
        close(s.burn_fraction_quantile, np.quantile(values, d["quantile"].values))


def test_intervals_of_quantiles_are_order_statistics(d):
    for s, values in scenarios(d):
        for at in s["quantile"].values:
            expected = again.order_statistic_interval(values, at, d.attrs["confidence"])
            np.testing.assert_array_equal(s.burn_fraction_quantile_ci.sel(quantile=at), expected)


def test_cvar_is_the_mean_of_the_worst_share(d):
    for s, values in scenarios(d):
        close(s.burn_fraction_cvar, [again.worst_share_mean(values, q) for q in d["quantile"].values])


def mean_size(values):
    return values.mean() if values.size else np.nan


def test_exceedance_with_wilsons_interval_and_the_dkw_band(d):
    confidence = d.attrs["confidence"]
    for s, values in scenarios(d):
        for at in s.threshold.values:
            over = int((values > at).sum())
            point = s.sel(threshold=at)
            assert point.exceedance == over / len(values)
            large, unknown = values[values > at], int(s.runs_planned) - len(values)
            close(point.exceedance_size_mean, mean_size(large))
            close(point.exceedance_size_ci, again.t_interval(large, confidence))
            close(point.exceedance_size_bounds, again.either_way(mean_size, large, unknown, lowest=at))
            close(point.exceedance_ci, again.wilson(over, len(values), confidence))
            close(point.exceedance_band, again.dkw_band(values, at, confidence))


def test_bounds_are_the_estimates_with_every_unknown_run_at_either_extreme(d):
    for s, values in scenarios(d):
        unknown = int(s.runs_planned) - len(values)
        close(s.burn_fraction_mean_bounds, again.either_way(np.mean, values, unknown))
        for at in s["quantile"].values:
            close(s.burn_fraction_quantile_bounds.sel(quantile=at),
                  again.either_way(lambda x: np.quantile(x, at), values, unknown))
            close(s.burn_fraction_cvar_bounds.sel(quantile=at),
                  again.either_way(lambda x: again.worst_share_mean(x, at), values, unknown))
        for at in s.threshold.values:
            close(s.exceedance_bounds.sel(threshold=at), again.either_way(lambda x: np.mean(x > at), values, unknown))


def test_without_a_run_there_are_no_estimates_and_bounds_only_where_runs_were_asked_for(d):
    nothing = d.where(d.runs_ok == 0, drop=True)
    estimates = [name for name in d.data_vars if name.startswith(("burn_fraction_", "exceedance", "escape_", "contained_"))]
    for name in set(estimates) - {"burn_fraction_vegetated"}:
        assert nothing[name].isnull().all(), name  # in these files the scenarios without runs are the excluded ones


def test_escape_is_over_the_border_between_two_modes(d):
    names = [name for name in d.data_vars if name.startswith("escape_") and not name.endswith("_given_start")]
    names.append("contained_size_mean")
    assert len(names) == 6
    for s, values in scenarios(d):
        border = again.mode_border(values)
        if border is None:
            assert all(s[name].isnull().all() for name in names)
            continue
        unknown = int(s.runs_planned) - len(values)
        escaped = values[values > border]
        assert s.escape_border == border
        assert s.escape_probability == len(escaped) / len(values)
        close(s.escape_probability_bounds, again.either_way(lambda x: np.mean(x > border), values, unknown))
        close(s.escape_size_mean, escaped.mean())
        close(s.escape_size_bounds, again.either_way(np.mean, escaped, unknown, lowest=border))
        close(s.contained_size_mean, values[values <= border].mean())


def test_the_bootstrap_of_the_mean_is_bca_up_to_its_monte_carlo_error(full, swept, patchy):
    for path in (full, swept, patchy):
        with xr.open_dataset(path) as d:
            for s, values in scenarios(d):
                assert again.within_monte_carlo_error(
                    s.burn_fraction_mean_bootstrap_ci.values,
                    lambda rng: again.bca_mean_interval(values, d.attrs["confidence"], rng)), values


def test_the_bootstrap_of_many_runs_is_abc(many):
    with xr.open_dataset(many) as d:
        for s, values in scenarios(d):
            close(s.burn_fraction_mean_bootstrap_ci, again.abc_mean_interval(values, d.attrs["confidence"]))


def test_burn_probability_is_burn_count_over_runs_with_wilsons_interval(full):
    with xr.open_dataset(full) as d:
        np.testing.assert_array_equal(d.burn_probability, (d.burn_count / d.runs_ok).astype("f4"))
        counts = np.unique(d.burn_count)
        assert len(counts) > 10
        for count in counts:
            expected = again.wilson(int(count), 60, d.attrs["confidence"])
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
        assert (d.ignitions + d.ignitions_failed).where(d.status == 1, 2).equals(2.0 + 0 * d.status)


def test_fires_cut_short_are_still_burning(swept):
    with xr.open_dataset(swept) as d:
        assert d.steps.max() == 3
        assert (d.burning_cells > 0).any()
        assert (d.burning_cells.where(d.steps < 3, 0) == 0).all()
