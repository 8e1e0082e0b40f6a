"""What a file says of its design's parameters, computed again by numpy and scipy from its runs."""

import h5py
import numpy as np
import pytest
import scipy.stats

DESIGN = """
    name: {method}
    landscape: {{width: 40, height: 30}}
    design:
      method: {method}
      samples: {samples}
      {more}
      parameters:
        wind_speed: [20, 90]
        humidity: {{normal: {{mean: 20, sd: 6}}, within: [3, 60]}}
        vegetation_density: [0.7, 1]
    matrix:
      danger_level: [severe, catastrophic]
      seed: {{first: 1, count: 12}}
    assets:
      town: {{box: [25, 10, 30, 15], value: 3}}
    outputs: {{maps: false, curves: false, thresholds: [0.1, 0.5]}}
"""
COUNTS = {"sobol": 16, "morris": 10, "latin_hypercube": 40, "random": 40}
QUANTITIES = ["burn_fraction", "exceedance_0.1", "exceedance_0.5", "town_lost"]


@pytest.fixture(scope="module", params=COUNTS)
def designed(request, firesweep):
    """An open file of a design by each method."""
    method = request.param
    more = "second_order: true" if method == "sobol" else ""
    path = firesweep.run(f"designed-{method}", DESIGN.format(method=method, samples=COUNTS[method], more=more))
    with h5py.File(path) as file:
        yield file


def values_of(file, quantity):
    """Shape (danger levels, samples, seeds)."""
    if quantity.startswith("exceedance_"):
        return (file["burn_fraction"][:, 0] > float(quantity.removeprefix("exceedance_"))).astype(float)
    return file[quantity][:, 0].astype(float)


def noise(values):
    """What the seeds that there are add to the square of a mean over them: shape (..,) of values of shape (.., seeds)."""
    return values.var(-1, ddof=1) / values.shape[-1]


def test_quantities_and_parameters(designed):
    group = designed["sensitivity"]
    assert list(group["quantity"].asstr()) == QUANTITIES
    assert list(group["parameter"].asstr()) == ["wind_speed", "humidity", "vegetation_density"]
    assert group.attrs["method"] == designed.attrs["name"]
    for name in ("rows_used", "design_mean", "chance"):
        assert group[name].shape == (2, 1, 4)


def test_means(designed):
    group = designed["sensitivity"]
    for i, quantity in enumerate(QUANTITIES):
        values = values_of(designed, quantity)
        rows = COUNTS[designed.attrs["name"]]
        of_rows = values.reshape(2, rows, -1, values.shape[-1])
        if designed.attrs["name"] == "sobol":
            of_rows = of_rows[:, :, :2]  # A and B are the sample
        np.testing.assert_allclose(group["design_mean"][:, 0, i], of_rows.mean((1, 2, 3)), rtol=1e-9)
        assert (group["rows_used"][:, 0, i] == rows).all() and not group["rows_dropped"][:].any()


def test_sobol_indices(designed):
    if designed.attrs["name"] != "sobol":
        pytest.skip("of the method sobol")
    group = designed["sensitivity"]
    for i, quantity in enumerate(QUANTITIES):
        for level in range(2):
            y = values_of(designed, quantity)[level].reshape(16, 8, 12)
            sample = y[:, :2].mean(2)
            if not sample.var():
                continue
            variance = ((sample - sample.mean())**2).mean()
            centred = y[:, :2] - y[:, :2].mean((0, 1))
            corrected = variance - noise(centred).mean()
            for k in range(3):
                with_a, with_b = y[:, 0] - y[:, 2 + k], y[:, 1] - y[:, 2 + k]
                total = (with_a.mean(1)**2).mean() / 2
                first = (with_b.mean(1)**2).mean() / 2
                at = (level, 0, i, k)
                assert group["total_uncorrected"][at] == pytest.approx(total / variance, rel=1e-9)
                assert group["first_order_uncorrected"][at] == pytest.approx(1 - first / variance, rel=1e-9)
                if np.isnan(group["total"][at]):
                    continue
                assert group["total"][at] == pytest.approx((total - noise(with_a).mean() / 2) / corrected, rel=1e-9)
                assert group["first_order"][at] == pytest.approx(1 - (first - noise(with_b).mean() / 2) / corrected, rel=1e-9)
                low, high = group["total_ci"][at]
                assert low <= group["total"][at] <= high


def test_elementary_effects(designed):
    if designed.attrs["name"] != "morris":
        pytest.skip("of the method morris")
    group = designed["sensitivity"]
    parts = designed["sample_part"].asstr()[:].reshape(10, 4)
    places = np.column_stack([(designed["wind_speed"][:] - 20) / 70, designed["humidity"][:],
                              (designed["vegetation_density"][:] - 0.7) / 0.3]).reshape(10, 4, 3)
    parameters = list(group["parameter"].asstr())
    y = values_of(designed, "burn_fraction")[1].reshape(10, 4, 12)
    effects = np.zeros((10, 3, 12))
    for row in range(10):
        for step in range(1, 4):
            k = parameters.index(parts[row, step])
            rises = places[row, step, k] > places[row, step - 1, k]
            effects[row, k] = (y[row, step] - y[row, step - 1]) / (2 / 3 if rises else -2 / 3)
    means = effects.mean(2)
    np.testing.assert_allclose(group["mu"][1, 0, 0], means.mean(0), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(group["mu_star"][1, 0, 0], np.abs(means).mean(0), rtol=1e-9, atol=1e-12)
    inert = np.sqrt(2 / np.pi * noise(effects)).mean(0)
    np.testing.assert_allclose(group["mu_star_inert"][1, 0, 0], inert, rtol=1e-9, atol=1e-12)
    variance = means.var(0, ddof=1) - noise(effects - effects.mean(0)).sum(0) / (len(effects) - 1)
    np.testing.assert_allclose(group["sigma"][1, 0, 0], np.sqrt(variance.clip(0)), rtol=1e-9, atol=1e-9)


def standardised(columns):
    return (columns - columns.mean(0)) / columns.std(0)


def regression(inputs, outcome):
    return np.linalg.lstsq(standardised(inputs), standardised(outcome), rcond=None)[0]


def test_regressions(designed):
    if designed.attrs["name"] not in ("latin_hypercube", "random"):
        pytest.skip("of methods that are no rows")
    group = designed["sensitivity"]
    inputs = np.column_stack([designed[name][:] for name in group["parameter"].asstr()])
    for i, quantity in enumerate(QUANTITIES):
        values = values_of(designed, quantity)[1]
        outcome = values.mean(1)
        expected = outcome.var() - noise(values - values.mean(0)).mean()
        if not expected > 0:
            continue
        at = (1, 0, i)
        scale = np.sqrt(outcome.var() / expected)
        np.testing.assert_allclose(group["regression"][at], scale * regression(inputs, outcome), rtol=1e-7, atol=1e-9)
        ranks = np.column_stack([scipy.stats.rankdata(column) for column in inputs.T])
        of_ranks = scipy.stats.rankdata(outcome)
        np.testing.assert_allclose(group["rank_regression"][at], regression(ranks, of_ranks), rtol=1e-7, atol=1e-9)
        for k in range(3):
            others = np.column_stack([np.ones(len(ranks)), np.delete(ranks, k, 1)])
            left = [one - others @ np.linalg.lstsq(others, one, rcond=None)[0] for one in (ranks[:, k], of_ranks)]
            assert group["partial_rank_correlation"][(*at, k)] == pytest.approx(np.corrcoef(*left)[0, 1], abs=1e-7)
