"""Seeds: what fewer would have said, how many are needed, what they cost."""

import numpy as np
import pytest
import scipy.stats
import xarray as xr
from firesweep_analysis import convergence, exceedance, open_results


def test_the_first_seeds_say_what_numpy_and_scipy_say_of_them(data):
    fractions = data.burn_fraction.isel(ignition_set=0)
    course = convergence.running(fractions, 0.1, counts=[2, 50, 120])
    for n in (2, 50, 120):
        values = fractions.sel(danger_level="extreme").values[:n]
        at = course.sel(danger_level="extreme", seeds=n)
        assert float(at["mean"]) == pytest.approx(values.mean(), rel=1e-12)
        assert float(at.standard_error) == pytest.approx(scipy.stats.sem(values), rel=1e-9)
        np.testing.assert_allclose(at.mean_ci, scipy.stats.t.interval(0.95, n - 1, values.mean(),
                                                                      scipy.stats.sem(values)), rtol=1e-9)
        assert float(at.exceedance) == (values > 0.1).mean()
    np.testing.assert_allclose(course.sel(seeds=120)["mean"], data.burn_fraction_mean.isel(ignition_set=0), rtol=1e-12)


def test_failed_runs_are_left_out(fractions):
    course = convergence.running(fractions, 0.1, counts=[3, 5])
    assert float(course["mean"].sel(danger_level="extreme", seeds=5)) == pytest.approx((0 + 0.3 + 0.6 + 0.7) / 4)
    assert float(course.exceedance.sel(danger_level="extreme", seeds=5)) == pytest.approx(3 / 4)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("half_width", [0.01, 0.05, 0.2])
def test_seeds_for_a_share_are_the_fewest_that_suffice(share, half_width):
    n = int(convergence.seeds_for_share(share, half_width))

    def half(seeds):
        low, high = exceedance.wilson(xr.DataArray(share * seeds), xr.DataArray(seeds)).values
        return (high - low) / 2

    assert half(n) <= half_width * (1 + 1e-9)
    assert n == 1 or half(n - 1) > half_width * (1 - 1e-9)


def test_half_the_width_takes_four_times_the_seeds():
    assert convergence.seeds_for_mean(0.5, 0.01) == np.ceil((scipy.stats.norm.ppf(0.975) * 50) ** 2)
    assert convergence.seeds_for_mean(0.5, 0.005) / convergence.seeds_for_mean(0.5, 0.01) == pytest.approx(4, rel=1e-3)


def test_what_is_needed_is_told_for_every_scenario(data):
    table = convergence.needed(data, half_width=0.05, threshold=0.1)
    assert len(table) == 21
    assert not table.loc[("extreme", "centre"), "enough"] and table.loc[("low", "centre"), "enough"]


def test_fires_that_are_all_alike_do_not_make_one_seed_enough(data):
    table = convergence.needed(data, half_width=0.02, threshold=0.1)
    assert (table["for the mean"] >= 93).all()  # after 92 without one, 4 % of the fires may still be of another kind
    one = exceedance.wilson(xr.DataArray(0), xr.DataArray(93)).values
    assert one[1] / 2 <= 0.02 < exceedance.wilson(xr.DataArray(0), xr.DataArray(92)).values[1] / 2


def test_neighbours_are_compared_seed_by_seed(fractions):
    table = convergence.paired(fractions, "danger_level")
    one, other = (np.delete(values, 3) for values in fractions.values)  # the fourth failed at the second level
    row = table.iloc[0]
    assert (row["first"], row["second"], row["seeds"]) == ("severe", "extreme", 4)
    assert row["difference"] == pytest.approx((other - one).mean())
    interval = scipy.stats.t.interval(0.95, 3, (other - one).mean(), scipy.stats.sem(other - one))
    assert (row["lower"], row["upper"]) == pytest.approx(interval)
    assert row["correlation"] == pytest.approx(np.corrcoef(one, other)[0, 1])


def test_cost_grows_with_the_square_of_the_precision(folder):
    performance = open_results(folder / "danger-levels.h5", "performance")
    cost = convergence.cost(performance, 10, (0.02, 0.01))
    assert cost["core seconds"][0.01] / cost["core seconds"][0.02] == pytest.approx(4, rel=1e-2)
    a_run = float(performance.phase_seconds_total.sel(phase="compute")) / (21 * 120)
    assert cost["core seconds"][0.01] == pytest.approx(cost["runs"][0.01] * a_run)


def test_the_standard_error_is_drawn_beside_its_law(data):
    course = convergence.running(data.burn_fraction.isel(ignition_set=0), 0.1)
    axes = convergence.plot_standard_error(course)
    assert len(axes.lines) == 14
    law, error = axes.lines[-2:]
    assert law.get_ydata()[-1] == pytest.approx(error.get_ydata()[-1])
    assert len(convergence.plot_running(course).lines) == 7
