"""Every notebook runs as it is, from files made in this test, and its numbers are those of numpy and scipy."""

import json
import pathlib

import nbformat
import numpy as np
import pytest
import scipy.stats
from execute import HERE, execute

NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
SAY = "import json\nprint(json.dumps({}, default=float))"


@pytest.fixture(scope="module")
def said(folder):
    """Executes a notebook and returns an expression of its variables, by way of JSON."""

    def run(name, expression):
        executed = execute(HERE / f"{name}.ipynb", folder, SAY.format(expression))
        return json.loads("".join(output.text for output in executed.cells[-1].outputs
                                  if output.get("name") == "stdout"))

    return run


@pytest.fixture
def centre(data):
    return data.burn_fraction.sel(ignition_set="centre")


def test_01_first_look_tells_means_medians_and_escapes(said, centre):
    found = said("01_first_look", "{'mean': table['mean'].xs('centre', level='ignition_set').to_dict(), 'median': "
                                  "table['median'].xs('centre', level='ignition_set').to_dict(), 'escape': "
                                  "table['escape'].xs('centre', level='ignition_set').to_dict()}")
    for level in centre.danger_level.values:
        values = centre.sel(danger_level=level).values
        assert found["mean"][level] == pytest.approx(scipy.stats.tmean(values), rel=1e-12)
        assert found["median"][level] == pytest.approx(np.median(values), rel=1e-12)
    assert found["escape"]["catastrophic"] == (centre.sel(danger_level="catastrophic") > 0.1).mean()
    assert np.isnan(found["escape"]["high"])


def test_02_exceedance_and_risk_has_wilson_and_dkw_and_alerts(said, centre):
    found = said("02_exceedance_and_risk", "{'curves': curves.exceedance.sel(danger_level='severe').values.tolist(), "
                 "'thresholds': curves.threshold.values.tolist(), 'large': large.loc['extreme'].tolist(), "
                 "'ci': centre.exceedance_ci.sel(threshold=0.1).values.tolist(), 'band': "
                 "centre.exceedance_band.sel(threshold=0.1).values.tolist(), "
                 "'alerts': alerts['verdict'].astype(str).xs('centre', level='ignition_set').to_dict()}")
    severe = centre.sel(danger_level="severe").values
    np.testing.assert_allclose(found["curves"], [scipy.stats.percentileofscore(-severe, -t, "strict") / 100
                                                 for t in found["thresholds"]],
                               atol=1e-12)
    for level, interval, band in zip(centre.danger_level.values, found["ci"], found["band"]):
        large = int((centre.sel(danger_level=level) > 0.1).sum())
        expected = scipy.stats.binomtest(large, 120).proportion_ci(0.95, method="wilson")
        np.testing.assert_allclose(interval, [expected.low, expected.high], atol=1e-9)
        half = np.sqrt(np.log(40) / 240)
        np.testing.assert_allclose(band, np.clip([large / 120 - half, large / 120 + half], 0, 1), atol=1e-12)
        bounds = scipy.stats.binomtest(large, 120).proportion_ci(0.9, method="wilson")
        verdict = "alert" if bounds.low > 0.01 else "clear" if bounds.high <= 0.01 else "open"
        assert found["alerts"][level] == verdict


def test_03_burn_probability_maps_tells_alerts_and_the_replayed_fire(said, data):
    found = said("03_burn_probability_maps", "{'share': share, 'burnt': int(course.burnt[-1]), 'width': "
                                             "float(width.max()), 'gif': len(animation.getvalue())}")
    burnt = data.burn_count.sel(danger_level="severe", ignition_set="centre").values
    lower = {count: scipy.stats.binomtest(int(count), 120).proportion_ci(0.9, method="wilson").low
             for count in np.unique(burnt)}
    assert found["share"]["yes"] == pytest.approx(np.mean([lower[count] > 0.01 for count in burnt.ravel()]))
    record = data.sel(danger_level="extreme", ignition_set="centre", seed=5)
    assert found["burnt"] == int(record.burnt_cells)
    widths = [scipy.stats.binomtest(int(count), 120).proportion_ci(0.95, method="wilson") for count in np.unique(burnt)]
    assert found["width"] == pytest.approx(max(ci.high - ci.low for ci in widths) / 2, rel=1e-5)
    assert found["gif"] > 1000


def test_04_sensitivity_finds_the_threshold_between_severe_and_extreme(said, weather):
    found = said("04_sensitivity", "{'effects': table['effect'].to_dict(), 'thresholds': {str(k): v for k, v in "
                                   "thresholds.items()}, 'together': together.together.values.tolist(), 'wind': "
                                   "tipping.crossing.values.tolist()}")
    for axis, effect in found["effects"].items():
        means = weather.burn_fraction.mean([dim for dim in weather.burn_fraction.dims if dim != axis]).values
        assert effect == pytest.approx(means.max() - means.min(), rel=1e-9)
    severe, extreme = 0.2733, 0.3248  # the formula with one burning neighbour
    assert severe < found["thresholds"]["0.85"] < extreme
    assert found["thresholds"]["0.95"] < found["thresholds"]["0.85"] < found["thresholds"]["0.75"]
    response = weather.exceedance.sel(threshold=0.1, danger_level="extreme",
                                      vegetation_density=0.85).isel(ignition_set=0).values
    additive = response.mean(1, keepdims=True) + response.mean(0, keepdims=True) - response.mean()
    np.testing.assert_allclose(found["together"], response - additive, atol=1e-12)
    speeds = weather.wind_speed.values
    assert found["wind"][0] == pytest.approx(np.interp(0.5, response[:, 0], speeds), rel=1e-9)


def test_05_convergence_has_standard_errors_and_paired_differences(said, data, centre):
    found = said("05_convergence", "{'error': course.standard_error.isel(seeds=-1).values.tolist(), 'mean': "
                                   "centre.burn_fraction_mean.values.tolist(), 'pairs': near[['second', "
                                   "'difference', 'variance reduction']].values.tolist(), 'needed': needed['for the "
                                   "mean'].tolist()}")
    values = centre.transpose("danger_level", "seed").values
    np.testing.assert_allclose(found["error"], scipy.stats.sem(values, axis=1), rtol=1e-9)
    levels = list(centre.danger_level.values)
    for second, difference, reduction in found["pairs"]:
        one, other = values[levels.index(second) - 1], values[levels.index(second)]
        assert difference == pytest.approx((other - one).mean(), rel=1e-9)
        assert reduction == pytest.approx((one.var(ddof=1) + other.var(ddof=1)) / (other - one).var(ddof=1), rel=1e-9)
    spread = data.burn_fraction.values.std(axis=-1, ddof=1).ravel()
    np.testing.assert_array_equal(found["needed"], np.ceil((scipy.stats.norm.ppf(0.975) * spread / 0.02) ** 2))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_is_small_and_shows_what_it_computed(path):
    content = nbformat.read(path, as_version=4)
    nbformat.validate(content)
    assert path.stat().st_size < 500_000
    outputs = [output for cell in content.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert all(output.output_type != "error" for output in outputs)
    assert all(output.get("name") != "stderr" for output in outputs)
    assert str(pathlib.Path.home()) not in path.read_text(encoding="utf-8")
