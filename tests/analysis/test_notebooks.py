"""Every notebook runs as it is, from files made in this test, and its numbers are those of numpy and scipy."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys

import nbformat
import numpy as np
import pytest
import scipy.stats
from conftest import OTHERS
from execute import HERE, set_parameters
from firesweep_analysis import open_results

NOTEBOOKS = sorted(HERE.glob("*.ipynb"))

TELLING = {
    "01_first_look": ("bare", "cut-off", "no-fire", "many-winds"),
    "02_exceedance_and_risk": ("wind-only", "bare", "cut-off", "no-fire"),
    "03_burn_probability_maps": ("bare", "no-fire", "one-wide", "many-winds"),
    "04_sensitivity": ("dry-edge", "wind-only", "bare", "no-fire"),
    "05_convergence": ("dry-edge", "no-fire", "alike", "many-winds"),
    "06_real_landscape": ("dry-edge", "bare", "no-fire"),
    "07_a_year_of_fires": ("bare",),
    "08_treatments": ("bare", "dry-edge", "town"),
    "09_one_fire": ("dry-edge", "no-fire", "cut-off"),
}
"""The files that ask something of a notebook that no other of its files does."""


@pytest.fixture
def in_this_process(monkeypatch, folder):
    """Runs a notebook's cells one after the other without a kernel, which would take seconds to start."""

    def run(path, **parameters):
        if path.stem == "09_one_fire":
            pytest.importorskip("firesweep", reason="the Python module is not built")
        content = nbformat.read(path, as_version=4)
        set_parameters(content, parameters)
        monkeypatch.setenv("FIRESWEEP_RESULTS", str(folder))
        monkeypatch.syspath_prepend(str(HERE.parent))
        variables = {}
        with contextlib.chdir(HERE):
            for cell in content.cells:
                if cell.cell_type == "code":
                    exec(compile(cell.source, f"{path.name}, cell {cell.id}", "exec"), variables)
        return variables

    return run


@pytest.fixture
def said(in_this_process):
    """Runs a notebook and returns an expression of its variables, by way of JSON."""
    return lambda name, expression: json.loads(json.dumps(eval(expression, in_this_process(HERE / f"{name}.ipynb")),
                                                          default=float))


@pytest.fixture
def centre(data):
    """The sizes of the fires that started."""
    return data.burn_fraction.where(data.ignitions >= 1).sel(ignition_set="centre")


def started(centre, level):
    return centre.sel(danger_level=level).dropna("seed").values


def test_01_first_look_tells_means_medians_and_escapes(said, centre):
    found = said("01_first_look", "{'mean': table['mean'].xs('centre', level='ignition_set').to_dict(), 'median': "
                                  "table['median'].xs('centre', level='ignition_set').to_dict(), 'escape': "
                                  "table['escape'].xs('centre', level='ignition_set').to_dict(), 'runs': [runs, started]}")
    for level in centre.danger_level.values:
        values = started(centre, level)
        assert found["mean"][level] == pytest.approx(scipy.stats.tmean(values), rel=1e-12)
        assert found["median"][level] == pytest.approx(np.median(values), rel=1e-12)
    assert found["escape"]["catastrophic"] == (started(centre, "catastrophic") > 0.1).mean()
    assert np.isnan(found["escape"]["high"])
    assert found["runs"][0] == 21 * 120 > found["runs"][1]


def test_02_exceedance_and_risk_has_wilson_and_dkw_and_alerts(said, centre):
    found = said("02_exceedance_and_risk", "{'curves': curves.exceedance.sel(danger_level='severe').values.tolist(), "
                 "'thresholds': curves.threshold.values.tolist(), 'ci': "
                 "at_large.exceedance_ci.values.tolist(), 'band': at_large.exceedance_band.values.tolist(), "
                 "'alerts': alerts['verdict'].astype(str).xs('centre', level='ignition_set').to_dict()}")
    severe = started(centre, "severe")
    np.testing.assert_allclose(found["curves"], [(severe > t).mean() for t in found["thresholds"]], atol=1e-12)
    for level, interval, band in zip(centre.danger_level.values, found["ci"], found["band"]):
        fires = started(centre, level)
        large = int((fires > 0.1).sum())
        expected = scipy.stats.binomtest(large, fires.size).proportion_ci(0.95, method="wilson")
        np.testing.assert_allclose(interval, [expected.low, expected.high], atol=1e-9)
        half = np.sqrt(np.log(40) / (2 * fires.size))
        np.testing.assert_allclose(band, np.clip([large / fires.size - half, large / fires.size + half], 0, 1), atol=1e-12)
        bounds = scipy.stats.binomtest(large, fires.size).proportion_ci(0.9, method="wilson")
        verdict = "alert" if bounds.low > 0.01 else "clear" if bounds.high <= 0.01 else "open"
        assert found["alerts"][level] == verdict


def test_03_burn_probability_maps_tells_alerts_and_the_replayed_fire(said, data):
    found = said("03_burn_probability_maps", "{'share': share, 'burnt': int(course.burnt[-1]), 'width': "
                                             "float(width.max()), 'html': animation._repr_html_()[:200], "
                                             "'scales': [axes.images[0].get_clim() for axes in "
                                             "maps.plot_differences(steps).axes[:3]]}")
    at = data.sel(danger_level="severe", ignition_set="centre")
    fires = int(at.runs_started)
    intervals = {count: scipy.stats.binomtest(int(count), fires).proportion_ci(0.9, method="wilson")
                 for count in np.unique(at.burn_count)}
    assert found["share"]["yes"] == pytest.approx(np.mean([intervals[count].low > 0.01 for count in
                                                           at.burn_count.values.ravel()]))
    record = data.sel(danger_level="extreme", ignition_set="centre", seed=5)
    assert found["burnt"] == int(record.burnt_cells)
    widths = [scipy.stats.binomtest(int(count), fires).proportion_ci(0.95, method="wilson")
              for count in np.unique(at.burn_count)]
    assert found["width"] == pytest.approx(max(ci.high - ci.low for ci in widths) / 2, rel=1e-5)
    assert found["html"].startswith("<img alt=") and "data:image/gif;base64," in found["html"]
    assert len({tuple(scale) for scale in found["scales"]}) == 1  # so that the maps can be compared


def test_04_sensitivity_finds_the_threshold_between_severe_and_extreme(said, weather):
    found = said("04_sensitivity", "{'effects': table['effect'].to_dict(), 'thresholds': {str(k): v for k, v in "
                                   "thresholds.items()}, 'levels': levels, 'wind': tipping.crossing.values.tolist()}")
    for axis, effect in found["effects"].items():
        means = weather.burn_fraction.mean([dim for dim in weather.burn_fraction.dims if dim != axis]).values
        assert effect == pytest.approx(means.max() - means.min(), rel=1e-9)
    severe, extreme = 0.2733, 0.3248  # the formula with one burning neighbour
    assert severe == pytest.approx(found["levels"]["severe"], abs=1e-4)
    assert severe < found["thresholds"]["0.85"] < extreme
    assert found["thresholds"]["0.95"] < found["thresholds"]["0.85"] < found["thresholds"]["0.75"]
    response = weather.exceedance.sel(threshold=0.1, temperature=50, vegetation_density=0.85).isel(ignition_set=0).values
    assert found["wind"][0] == pytest.approx(np.interp(0.5, response[:, 0], weather.wind_speed.values), rel=1e-9)


def test_05_convergence_has_standard_errors_and_paired_differences(said, data, centre):
    found = said("05_convergence", "{'error': course.standard_error.isel(seeds=-1).values.tolist(), 'pairs': "
                                   "near[['difference', 'variance reduction']].values.tolist(), 'needed': "
                                   "needed['for the mean'].tolist()}")
    levels = list(centre.danger_level.values)
    np.testing.assert_allclose(found["error"], [scipy.stats.sem(started(centre, level)) for level in levels], rtol=1e-9)
    values = centre.transpose("danger_level", "seed").values
    for place, (difference, reduction) in enumerate(found["pairs"]):
        one, other = values[place:place + 2, ~np.isnan(values).any(axis=0)]
        assert difference == pytest.approx((other - one).mean(), rel=1e-9)
        assert reduction == pytest.approx((one.var(ddof=1) + other.var(ddof=1)) / (other - one).var(ddof=1), rel=1e-9)
    assert len(found["pairs"]) == 6
    assert min(found["needed"]) == 93  # as many as show that a fire not seen yet is rare: never a single one


def test_06_real_landscape_tells_hectares_and_what_burns_of_each_fuel(said, folder):
    found = said("06_real_landscape", "{'mean': table['mean [ha]'].to_dict(), 'grass': of_fuel.loc['cured grass'].to_dict(), "
                                      "'reached': reached.values.tolist(), 'near': int(close.sum())}")
    valley = open_results(folder / "valley.h5").sel(ignition_set="lightning")
    fuel = valley.fuel_code.values
    for level in valley.danger_level.values:
        at = valley.sel(danger_level=level)
        cells = at.burnt_cells.where(at.ignitions >= 1).mean().item()
        assert found["mean"][level] == pytest.approx(cells * 25 * 25 / 10_000, rel=1e-9)
    burnt = valley.burn_count.sel(danger_level="extreme").values / int(valley.runs_started.sel(danger_level="extreme"))
    assert found["grass"]["extreme"] == pytest.approx(burnt[fuel == 1].mean())
    assert found["grass"]["area [ha]"] == (fuel == 1).sum() / 16
    assert found["near"] > 0 and found["reached"] == sorted(found["reached"])  # common random numbers: worse days reach further


@pytest.mark.parametrize("name, notebook", [(name, notebook) for notebook, names in TELLING.items() for name in names])
def test_a_notebook_runs_on_any_results_file(in_this_process, others, name, notebook):
    in_this_process(HERE / f"{notebook}.ipynb", file=f"{name}.h5", choice={},
                    **({"replayed": "none.h5"} if "03" in notebook else {}))


def test_every_notebook_and_every_results_file_is_tried():
    assert set(TELLING) == {path.stem for path in NOTEBOOKS}
    assert {name for names in TELLING.values() for name in names} == set(OTHERS)


def test_notebooks_are_executed_by_this_python_whatever_is_first_on_the_path(folder, tmp_path):
    false = tmp_path / "python3"
    false.write_text("#!/bin/sh\necho the wrong python >&2\nexit 1\n")
    false.chmod(0o755)
    kernel = tmp_path / "jupyter/kernels/python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(
        {"argv": [str(false), "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "x", "language": "x"}))
    done = subprocess.run([sys.executable, HERE / "execute.py", folder, HERE / "05_convergence.ipynb", "--file",
                           "wind-only.h5", "-o", tmp_path / "out"], capture_output=True, text=True, timeout=600,
                          env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}",
                                            "JUPYTER_PATH": str(tmp_path / "jupyter")})
    assert done.returncode == 0, done.stderr
    assert "wind_speed" in (tmp_path / "out/05_convergence.ipynb").read_text()


@pytest.mark.parametrize("script", [HERE / "execute.py", HERE.parent / "overview.py"], ids=lambda path: path.name)
def test_a_python_without_the_packages_is_told_in_a_sentence(script):
    done = subprocess.run([sys.executable, "-S", "-E", script, "x"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "has no module" in done.stderr and "/usr/bin/python3" in done.stderr and len(done.stderr.splitlines()) == 1


def test_07_a_year_of_fires_adds_up_what_scenarios_contribute(said, folder):
    found = said("07_a_year_of_fires", "{'rates': year.fires_per_year.values.tolist(), 'fires': float(year.expected_fires)}")
    data = open_results(folder / "season.h5")
    days = np.array([150, 110, 60, 30, 10, 4, 1])
    np.testing.assert_allclose(found["rates"], days[:, None] * 0.02 * np.array([0.7, 0.3]))
    assert found["fires"] == pytest.approx(days.sum() * 0.02)
    assert data.sizes["danger_level"] == 7


def test_08_treatments_tells_what_each_saves_a_year_seed_by_seed(said, folder):
    found = said("08_treatments", "{'names': names, 'saved': found[1].saved.to_series().to_dict(), 'low': "
                                  "found[1].saved_ci.sel(bound='lower').to_series().to_dict(), 'lost': found[0].lost.to_series().to_dict()}")
    data = open_results(folder / "treatments.h5").isel(ignition_set=0)
    fires = np.array([40, 12, 4, 1]) * 0.005
    lost = {value: fires @ data.houses_lost.sel(landscape=value).transpose("danger_level", "seed").values for value in data.landscape.values}
    assert found["names"][0] == "houses" and set(found["saved"]) == {"block", "mosaic", "fuel_break"}
    for value, saved in found["saved"].items():
        difference = lost["today"] - lost[value]
        assert saved == pytest.approx(difference.mean(), rel=1e-9)
        expected = scipy.stats.t.interval(0.95, difference.size - 1, difference.mean(), scipy.stats.sem(difference))
        assert found["low"][value] == pytest.approx(expected[0], rel=1e-9)
        assert found["lost"][value] == pytest.approx(lost[value].mean(), rel=1e-9)


def test_09_one_fire_is_the_run_of_the_file_until_its_weather_changes(said, data):
    found = said("09_one_fire", "{'seed': seed, 'burnt': (as_it_was >= 2).sum(('y', 'x')).values.tolist(), 'changed': "
                                "fire.history.sum(axis=1).tolist(), 'step': change, 'was': was.tolist(), 'after': changed.tolist()}")
    runs = data.sel(danger_level="extreme", ignition_set="centre")
    assert found["burnt"][-1] == int(runs.burnt_cells.max()) == int(runs.burnt_cells.sel(seed=found["seed"]))
    assert found["changed"][:found["step"] + 1] == found["burnt"][:found["step"] + 1]
    assert found["changed"][-1] < found["burnt"][-1] / 2
    assert found["was"] == runs.burnt_cells.values[:100].tolist()
    assert np.mean(found["after"]) < np.mean(found["was"]) and np.less_equal(found["after"], found["was"]).mean() > 0.9


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
