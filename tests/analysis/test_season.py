"""A year of fires: every number of the file again from its runs, in numpy, and what people are told of it."""

import functools
import textwrap

import numpy as np
import pytest
from conftest import firesweep
from firesweep_analysis import findings, open_results, report, report_season, results, season

import independent_statistics as again

WEATHER = {"severe": (20, 0.1), "extreme": (5, 0.25), "catastrophic": (0, 1)}
"""Days in a year, and fires on such a day."""
SHARES = {"centre": 0.75, "edge": 0.25}
MATRIX = {
    "shares": """
        landscape: {width: 48, height: 40, cell_size: 30}
        matrix:
          danger_level: [severe, extreme, catastrophic]
          ignition_set: {centre: [[24, 20]], edge: [[2, 20]]}
          seed: {first: 1, count: 60}
        season:
          days_per_year: {severe: 20, extreme: 5, catastrophic: 0}
          fires_per_day: {severe: 0.1, extreme: 0.25, catastrophic: 1}
          share: {ignition_set: {centre: 0.75, edge: 0.25}}
          return_periods: [0.1, 0.5, 1, 2, 1000]
        outputs: {thresholds: [0.001, 0.01, 0.2, 0.95], confidence: 0.9}
        """,
    "kept": """
        landscape: {width: 48, height: 40}
        matrix:
          ignition_set: {centre: [[24, 20]], edge: [[2, 20]]}
          danger_level: [severe, extreme, catastrophic]
          seed: {first: 1, count: 60}
        season:
          days_per_year: {severe: 20, extreme: 5, catastrophic: 0}
          fires_per_day: {severe: 0.1, extreme: 0.25, catastrophic: 1}
        outputs: {thresholds: [0.001, 0.2]}
        """,
    "once": """
        landscape: {width: 48, height: 40}
        matrix:
          danger_level: [extreme]
          seed: {first: 1, count: 40}
        season: {days_per_year: {extreme: 1}, fires_per_day: 1, return_periods: [1.5]}
        outputs: {thresholds: [0.01, 0.3]}
        """,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The results files of `MATRIX`; "failed", that of "shares" with failed runs and more seeds of which most are missing; and
    "unknown", a shard of it without a seed that is known in every scenario."""
    folder = tmp_path_factory.mktemp("seasons")
    for name, experiment in MATRIX.items():
        (folder / f"{name}.yaml").write_text(f"name: {name}\n{textwrap.dedent(experiment)}")
        firesweep("run", folder / f"{name}.yaml", "--quiet", "-o", folder / f"{name}.h5")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIRESWEEP_FAIL_SEEDS", "7,31")
        for more in ([], ["matrix.seed.count=90", "--shard", "1/3"]):
            firesweep("run", folder / "shares.yaml", "--quiet", "-o", folder / "failed.h5", "--set", "max_failed=0.5", *more,
                      code=3)
    firesweep("run", folder / "shares.yaml", "--quiet", "--shard", "1/2", "-o", folder / "unknown.h5")
    return folder


@functools.cache
def opened(files, name):
    """A file's root and its year, loaded."""
    return open_results(files / f"{name}.h5").load(), season.open_season(files / f"{name}.h5").load()


def years(data, year):
    """Yields for each year its place, its scenarios' places in the matrix, their rates, and their fires by scenario and
    seed, over the seeds known in all that have fires."""
    axes = results.axes_of(data)
    for place in np.ndindex(year.expected_fires.shape):
        kept = dict(zip(year.expected_fires.dims, place))
        scenarios, rates = [], []
        for scenario in np.ndindex(data.runs_ok.shape):
            at = dict(zip(axes, scenario))
            if any(at[axis] != where for axis, where in kept.items()):
                continue
            days, fires = WEATHER[data.danger_level.values[at["danger_level"]]] if len(data.danger_level) > 1 else (1, 1)
            share = SHARES[data.ignition_set.values[at["ignition_set"]]] if not kept and len(axes) > 1 and days != 1 else 1
            if days * fires > 0:
                scenarios.append(scenario)
                rates.append(days * fires * share)
        values = np.array([data.burn_fraction.values[scenario] for scenario in scenarios])
        yield place, scenarios, np.array(rates), values[:, ~np.isnan(values).any(axis=0)]


def rate_interval(values, rates, threshold, confidence):
    """The limits of a sum of rates times shares, Zou and Donner's, from its definition."""
    seeds = values.shape[1]
    over = values > threshold
    share = over.mean(axis=1)
    wilsons = np.array([again.wilson(int(one.sum()), seeds, confidence) for one in over])
    varies = np.outer(*2 * [(0 < share) & (share < 1)])
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.where(varies, np.atleast_2d(np.corrcoef(over)), np.eye(len(rates)))
    low, high = (np.sqrt(away @ correlation @ away) for away in (rates * (share - wilsons[:, 0]), rates * (wilsons[:, 1] - share)))
    return max(rates @ share - low, 0.0), min(rates @ share + high, sum(rates))


def sizes_once_in(values, rates, periods, confidence):
    """Size, its limits and the runs beyond for each return period, by trying every size that a fire had."""
    candidates = np.unique(np.append(values, 0.0))
    curves = [[rates @ (values > x).mean(axis=1), *rate_interval(values, rates, x, confidence)] for x in candidates]
    for years in periods:
        least = [candidates[curve <= 1 / years][0] if (curve <= 1 / years).any() else np.nan for curve in np.transpose(curves)]
        beyond = int((values > least[0]).sum())
        yield least if beyond >= 10 else [np.nan] * 3, beyond


def close(found, expected):
    np.testing.assert_allclose(np.asarray(found, float), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["shares", "kept", "failed", "once"])
def test_the_numbers_of_a_year_are_those_of_its_runs(files, name):
    data, year = opened(files, name)
    confidence = data.attrs["confidence"]
    for place, _, rates, values in years(data, year):
        one = year.isel(dict(zip(year.expected_fires.dims, place)))
        assert one.seeds == values.shape[1] > 20
        close(one.expected_fires, rates.sum())
        sums = rates @ values
        close(one.expected_burn_fraction, sums.mean())
        close(one.expected_burn_fraction_ci, again.t_interval(sums, confidence))
        for threshold in data.threshold.values:
            at = one.sel(threshold=threshold)
            rate, limits = rates @ (values > threshold).mean(axis=1), rate_interval(values, rates, threshold, confidence)
            close(at.exceedance_rate, rate)
            close(at.exceedance_rate_ci, limits)
            close(at.exceedance_chance, 1 - np.exp(-rate))
            close(at.exceedance_chance_ci, 1 - np.exp(-np.array(limits)))
            with np.errstate(divide="ignore"):
                close(at.exceedance_return_period, 1 / np.float64(rate))
                close(at.exceedance_return_period_ci, 1 / np.array(limits)[::-1])
        found = sizes_once_in(values, rates, year.return_period.values, confidence)
        for period, (sizes, beyond) in zip(year.return_period.values, found):
            at = one.sel(return_period=period)
            assert at.size_runs_beyond == beyond
            close([at["size"], *at.size_ci], sizes)


@pytest.mark.parametrize("name", ["shares", "kept"])
def test_the_bootstrap_of_a_year_is_bca_over_seeds_up_to_its_monte_carlo_error(files, name):
    data, year = opened(files, name)
    for place, _, rates, values in years(data, year):
        found = year.expected_burn_fraction_bootstrap_ci.values[place]
        assert again.within_monte_carlo_error(
            found, lambda rng: again.bca_mean_interval(rates @ values, data.attrs["confidence"], rng), repetitions=10)


@pytest.mark.parametrize("name", ["shares", "kept", "failed", "once"])
def test_the_annual_map_has_one_fire_or_more_in_a_year(files, name):
    data, year = opened(files, name)
    for place, scenarios, rates, _ in years(data, year):
        fires = sum(rate * data.burn_count.values[at] / data.runs_ok.values[at] for rate, at in zip(rates, scenarios))
        np.testing.assert_allclose(year.annual_burn_probability.values[place], 1 - np.exp(-fires), rtol=1e-6)  # floats


def test_areas_are_shares_of_the_land_that_can_burn(files):
    data, year = opened(files, "shares")
    hectares = 48 * 40 * 30 * 30 / 10_000
    for share, area in (("expected_burn_fraction", "expected_area"), ("expected_burn_fraction_ci", "expected_area_ci"),
                        ("size", "size_area"), ("size_ci", "size_area_ci")):
        close(year[area], year[share].values * hectares)
    assert "expected_area" not in opened(files, "kept")[1]


def test_with_one_level_and_one_fire_a_year_the_return_period_of_a_size_is_1_over_its_exceedance(files):
    data, year = opened(files, "once")
    close(year.exceedance_return_period.values.reshape(-1), 1 / data.exceedance.values.reshape(-1))
    close(year.exceedance_rate_ci.values.reshape(-1, 2), data.exceedance_ci.values.reshape(-1, 2))
    close(year.expected_burn_fraction_ci.values.reshape(2), data.burn_fraction_mean_ci.values.reshape(2))
    sizes = np.sort(data.burn_fraction.values.ravel())
    assert year["size"].item() == sizes[13]  # 26 of 40 fires are larger, and 27 would be more than 1 in 1.5


@pytest.mark.parametrize("name", ["shares", "kept", "once"])
def test_rates_of_scenarios_come_from_the_file(files, name):
    data, year = opened(files, name)
    assert year.fires_per_year.dims == tuple(results.axes_of(data))
    kept = year.expected_fires.dims
    np.testing.assert_allclose(year.fires_per_year.sum([axis for axis in year.fires_per_year.dims if axis not in kept]),
                               year.expected_fires, rtol=1e-12)
    for place, scenarios, rates, _ in years(data, year):
        close([year.fires_per_year.values[at] for at in scenarios], rates)


@pytest.mark.parametrize("name", ["shares", "kept", "failed"])
def test_the_curve_goes_through_the_points_of_the_file_and_falls(files, name):
    data, year = opened(files, name)
    at = season.curve(data, year, data.threshold.values)
    close(at.rate, year.exceedance_rate)
    close(at.rate_ci, year.exceedance_rate_ci)
    curve = season.curve(data, year)
    assert (curve.rate.diff("threshold") <= 1e-12).all() and (curve.rate.isel(threshold=-1).min() == 0)
    assert (curve.rate_ci.sel(bound="lower") <= curve.rate + 1e-12).all()
    axes = season.plot_curve(data, year)
    drawn = [line for line in axes.lines if line.get_drawstyle() == "steps-post"]
    assert len(drawn) == 2 * (1 if name != "kept" else 2)
    assert axes.get_ylabel() == "fires a year that burn more than x"


def test_a_curve_of_many_sizes_is_thinned_to_its_ends(files):
    data, year = opened(files, "shares")
    many = data.assign(burn_fraction=(data.burn_fraction.dims, np.random.default_rng(1).random(data.burn_fraction.shape)))
    curve = season.curve(many, year)
    assert 100 < curve.sizes["threshold"] <= season.MOST_STEPS + 1
    assert curve.threshold[0] == 0 and curve.rate.isel(threshold=-1) == 0


def test_tables_for_reading_say_what_is_not_known_and_why(files):
    data, year = opened(files, "shares")
    rates, sizes = season.written_rates(data, year), season.written_sizes(data, year)
    rate = float(year.exceedance_rate.sel(threshold=0.01))
    assert rates.loc["1\N{NO-BREAK SPACE}%", "fires a year"].startswith(f"{rate:#.3g} (")
    assert rates.loc["1\N{NO-BREAK SPACE}%", "area"] == "1.7\N{NO-BREAK SPACE}ha"
    unseen = rates.loc["95\N{NO-BREAK SPACE}%"]
    assert unseen["once in .. years"].startswith("more than ") and unseen["fires a year"].startswith("0 (0 to ")
    assert sizes.loc["1000 years", "burnt share"] == \
        f"not known: {int(year.size_runs_beyond[-1])} runs beyond it, and 10 are needed (more seeds)".replace("1 runs", "1 run")
    assert sizes.loc["1000 years", "area"] == "" and sizes.loc["1 years", "area"].endswith("\N{NO-BREAK SPACE}ha)")
    both = opened(files, "kept")
    assert list(season.written_rates(*both).index.names) == ["ignition set", "fires over"]


def test_sentences_have_the_answer_first(files):
    data, year = opened(files, "shares")
    said = season.sentences(data, year)
    assert said[0].startswith("In a year 3.25 fires are to be expected, which burn ") and "90\N{NO-BREAK SPACE}% confidence" in said[0]
    assert said[1].startswith("A fire of more than ") and "in a year, its chance is" in said[1]
    data, year = opened(files, "kept")
    starts = [sentence.split(" a year")[0] for sentence in season.sentences(data, year)]
    assert set(starts) >= {"centre: in", "edge: in"}
    cut = data.assign(runs_cut_off=data.runs_cut_off + 1)
    assert "which burn at least" in season.sentences(cut, year)[0] and "once in at most" in season.sentences(cut, year)[1]
    assert season.cut_off(data, year) == 0
    assert any("fires are to be expected" in sentence for sentence in
               findings.findings(data, results.at(data), year=year))


def test_a_year_of_which_nothing_is_known_says_so(files):
    data, year = opened(files, "unknown")
    assert season.sentences(data, year) == ["In a year 3.25 fires are to be expected; what they burn is not known, as no "
                                            "seed is known in every scenario."]
    assert season.written_sizes(data, year).iloc[0, 0] == "not known: no seed is known in every scenario"
    assert season.curve(data, year, [0.1]).rate.isnull().all()
    season.plot_curve(data, year)
    section = "".join(report_season.section(data, year))
    assert "leave 0 of 60 seeds" in section and "<figure>" not in section


def test_a_file_without_a_season_has_no_year(folder):
    assert season.open_season(folder / "danger-levels.h5") is None


def test_the_report_has_a_section_on_the_year(files, monkeypatch):
    monkeypatch.setattr(report.report_figures, "figures", lambda *_: [])  # those of all reports, which take seconds
    page = report.build(files / "failed.h5", opened(files, "failed")[0])
    section = page[page.index("<h2>A year of fires</h2>"):page.index("<h2>Pictures</h2>")]
    assert section.count("<figure>") == 2 and "independent of each other, and Poisson" in section
    assert "fires are to be expected" in section and "<th scope='col'>once in .. years</th>" in section
    assert f"leave {int(opened(files, 'failed')[1].seeds)} of 90 seeds" in section


def test_the_section_of_several_years_has_the_rows_of_each_together(files):
    data, year = opened(files, "kept")
    section = "".join(report_season.section(data, year))
    assert section.count("<th class='text' scope='row'>edge</th>") == 2 + 3
    assert list(season.sizes(year).index) == [(lit, years) for lit in ("centre", "edge") for years in (10, 50, 100)]
