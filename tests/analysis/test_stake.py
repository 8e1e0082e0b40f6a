"""What is at stake: every number again from the runs in numpy and scipy, and what people are told of it."""

import functools
import re
import textwrap

import numpy as np
import pytest
import scipy.stats
import xarray as xr
from conftest import OTHERS, firesweep
from firesweep_analysis import estimates, findings, open_results, origins, report, report_stake, results, season, stake

FIRES = np.array([40, 12, 4, 1]) * 0.005
"""Fires a year of each danger level of treatments.yaml."""


@functools.cache
def opened(path):
    """A file's root and its year or None, loaded."""
    year = season.open_season(path)
    return open_results(path).load(), year if year is None else year.load()


@pytest.fixture(scope="module")
def valley(treatments):
    return opened(treatments)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Assets without a year, treatments and random starts."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "town.yaml").write_text("name: town\n" + textwrap.dedent(OTHERS["town"]))
    firesweep("run", folder / "town.yaml", "--quiet", "-o", folder / "town.h5")
    return folder / "town.h5"


def yearly(data, landscape):
    """What each seed loses in a year, from its runs."""
    return FIRES @ data.houses_lost.sel(landscape=landscape).isel(ignition_set=0).transpose("danger_level", "seed").values


def test_the_table_has_the_shares_and_losses_of_the_runs(valley):
    data, _ = valley
    table = stake.table(data, "houses")
    assert table.index.names == ["danger_level", "landscape"] and len(table) == 16
    runs = data.houses_lost.sel(danger_level="extreme", landscape="block").values.ravel()
    row = table.loc[("extreme", "block")]
    assert row["reached"] == (runs > 0).mean() and row["worst"] == runs.max() and row["lost"] == pytest.approx(runs.mean())
    wilson = scipy.stats.binomtest(int((runs > 0).sum()), runs.size).proportion_ci(0.95, method="wilson")
    assert row["reached lower"] == pytest.approx(wilson.low) and row["reached upper"] == pytest.approx(wilson.high)


def test_seeds_lose_in_a_year_what_the_file_expects(valley):
    data, year = valley
    lost = stake.annual(data, year, "houses")
    np.testing.assert_allclose(lost.sel(landscape="mosaic").values.ravel(), yearly(data, "mosaic"), rtol=1e-12)
    np.testing.assert_allclose(lost.mean("seed"), year.houses_expected, rtol=1e-12)
    gone = data.assign(houses_lost=data.houses_lost.where(data.seed != 3))
    assert np.isnan(stake.annual(gone, year, "houses").sel(seed=3)).all()


def test_what_is_saved_is_the_mean_of_pairs_with_students_interval(valley):
    data, year = valley
    both, savings = stake.compared(data, year, "houses")
    assert savings.attrs["reference"] == "today" and list(savings.landscape.values) == ["block", "mosaic", "fuel_break"]
    for value in savings.landscape.values:
        pairs = yearly(data, "today") - yearly(data, value)
        expected = scipy.stats.t.interval(0.95, pairs.size - 1, pairs.mean(), scipy.stats.sem(pairs))
        np.testing.assert_allclose(savings.saved_ci.sel(landscape=value), expected, rtol=1e-9)
        assert float(savings.saved.sel(landscape=value)) == pytest.approx(pairs.mean())
    assert float(stake.best(savings).saved) == float(savings.saved.max())
    np.testing.assert_allclose(both.lost_ci, year.houses_expected_ci.isel(ignition_set=0).clip(min=0))


def test_a_reference_may_be_chosen_and_must_be_there():
    lost = xr.DataArray([[1.0, 3.0, np.nan], [1.0, 1.0, 5.0]], [("plan", ["a", "b"]), ("seed", [1, 2, 3])])
    against = stake.saved(lost, "plan", "b")
    assert float(against.saved) == -1 and int(against.seeds) == 2
    one = stake.saved(lost.isel(seed=[0]), "plan")
    assert float(one.saved) == 0 and np.isnan(one.saved_ci).all()
    with pytest.raises(ValueError, match="plan has no value c; there are a, b"):
        stake.saved(lost, "plan", "c")


@pytest.mark.parametrize("of, said", [
    ([2.0, 2.5, 2.2], "plan saves 2.23 (95\N{NO-BREAK SPACE}% confidence: 1.61 to 2.86) of the 2.23 cows lost a year with today."),
    ([-2.0, -2.5, -2.2], "plan costs 2.23 more (95\N{NO-BREAK SPACE}% confidence that it saves −2.86 to −1.61) than"),
    ([-2.0, 2.0, 0.1], "Whether plan saves any of the 0.0333 cows lost a year with today cannot be told from chance: 0.0333 ("),
])
def test_a_sentence_tells_gain_from_loss_and_from_chance(of, said):
    lost = xr.DataArray([of, [0.0] * 3], [("landscape", np.array(["today", "plan"], object)), ("seed", [1, 2, 3])])
    both = xr.Dataset(attrs={"unit": "cows", "name": "cows", "a year": 1})
    assert stake.saved_sentence(both, stake.saved(lost, "landscape")).startswith(said)


def test_without_a_year_what_is_saved_is_that_of_the_fire_that_takes_most(valley):
    data, _ = valley
    both, savings = stake.compared(data, None, "houses")
    worst = data.houses_lost_mean.max("landscape").argmax("danger_level").item()
    runs = data.houses_lost.isel(danger_level=worst, ignition_set=0)
    expected = (runs.sel(landscape="today") - runs.sel(landscape="block")).mean()
    assert float(savings.saved.sel(landscape="block")) == pytest.approx(float(expected))
    assert "lost in a fire (danger level" in stake.saved_sentence(both, savings)


def test_the_curve_goes_through_the_rates_of_the_file(valley):
    data, year = valley
    curve = stake.curve(data, year, "houses", data.houses_threshold.values)
    np.testing.assert_allclose(curve.rate, year.houses_exceedance_rate, rtol=1e-12)
    np.testing.assert_allclose(curve.rate_ci, year.houses_exceedance_rate_ci, rtol=1e-9, atol=1e-15)
    over = FIRES @ (data.houses_lost.sel(landscape="today").isel(ignition_set=0) > 30).transpose("danger_level", "seed").mean("seed").values
    assert float(stake.curve(data, year, "houses", [30]).rate.sel(landscape="today").item()) == pytest.approx(over)
    axes = stake.plot_curve(data, year, "houses")
    assert axes.get_xlabel() == "loss of houses x [houses]" and len([line for line in axes.lines if line.get_drawstyle() == "steps-post"]) == 8


def test_origins_add_up_to_the_loss_of_the_year(valley):
    data, year = (part.isel(landscape=0) for part in valley)
    found = origins.of_losses(data, "houses", year, across=6)
    assert found.loss.shape == (5, 6) and int(found.fires.sum()) == data.sizes["seed"]
    assert float(found.share.sum()) == pytest.approx(1)
    x, y = (data[name].isel(danger_level=0, ignition_set=0).values for name in ("ignition_x", "ignition_y"))
    here = (x < 50) & (y >= 48) & (y < 96)
    lost = FIRES @ data.houses_lost.isel(ignition_set=0).transpose("danger_level", "seed").values
    assert int(found.fires[1, 0]) == here.sum()
    assert float(found.share[1, 0]) == pytest.approx(lost[here].sum() / lost.sum())
    if here.any():
        assert float(found.loss[1, 0]) == pytest.approx(lost[here].mean() / FIRES.sum())
    assert origins.sentence(data, found).startswith("Half of the loss of houses comes from fires that begin on ")
    origins.plot(data, found)
    few = found.assign_attrs(reaching=2)
    assert "is not known: 2 starting points" in origins.sentence(data, few)


def test_annual_maps_of_alternative_landscapes_lie_on_their_relief(valley):
    figure = season.plot_maps(*valley)
    assert [axes.get_title(loc="left") for axes in figure.axes[:4]] == ["today", "block", "mosaic", "fuel_break"]


def test_amounts_keep_sign_and_unit():
    assert stake.amount(-0.3) == "−0.300" and stake.amount(5.19, "houses") == "5.19\N{NO-BREAK SPACE}houses"
    assert stake.amount(0.00005) == "0.0000500" and stake.amount(np.nan, "houses") == "–"
    assert estimates.between(1.0, np.inf, stake.amount) == "1.00 or more"


def test_sentences_say_how_likely_how_much_where_what_helps_and_how_sure(valley):
    data, year = valley
    said = stake.sentences(data, year)
    assert re.match(r"Houses: \S+\s% \(\S+ to \S+\s%\) of the runs reach any at danger level catastrophic, landscape today", said[0])
    assert f"{float(year.houses_expected.sel(landscape='today').item()):#.3g}\N{NO-BREAK SPACE}houses (" in said[1]
    assert said[2].startswith("Hospital: ")
    assert any("of the houses" in text or "houses lost a year with today" in text for text in said)
    assert said[-1].startswith("These intervals come from up to 40 runs of each scenario")
    chosen = report.chosen_series(data, choice={"landscape": "today"})
    assert findings.findings(data, chosen, year=year)[:len(said)] == said


def test_assets_without_a_year_have_a_section_of_fires_alone(town):
    data, year = opened(town)
    assert year is None and stake.compared(data, None, "houses") is None and not origins.known(data)
    said = stake.sentences(data)
    assert said[0].startswith("Houses: ") and len(said) == 3
    section = "".join(report_stake.section(data, year))
    assert section.count("<figure>") == 1 and section.count("<table") == 2 and "of a year" not in section.lower()
    none = data.assign(bridge_hit=data.bridge_hit * 0)
    assert "Bridge: no run reaches any; at most " in stake.sentences(none)[1]


def test_a_file_without_assets_has_nothing_at_stake(data):
    assert stake.sets(data) == [] and list(report_stake.section(data, None)) == []


def test_the_section_has_tables_and_pictures_of_moderate_size(valley):
    data, year = valley
    section = "".join(report_stake.section(data, year))
    assert section.count("<figure>") == 4 and section.count("<table") == 4 and section.count("<details>") == 2 and len(section) < 900_000
    for words in ("<h2>What is at stake</h2>", "What would help?", "Where do the fires that hurt begin?", "reached in a year"):
        assert words in section
    assert results.conditions(stake.reference(data, year)[0]) == "landscape today, ignition set lightning"
