"""The report is one page that needs nothing else, says what the file says, and can be read without seeing."""

import functools
import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest
from conftest import SOURCE, firesweep
from firesweep_analysis import findings, open_results, report, results

ALONE = """
    name: alone
    landscape: {width: 30, height: 20}
    matrix:
      danger_level: [extreme]
      humidity: [4, 60]
      seed: {first: 1, count: 12}
    exclude: [{humidity: 60}]
    outputs: {maps: false, curves: false, thresholds: [0.3], quantiles: [0.5]}
"""


class Page(html.parser.HTMLParser):
    """What is in a page: its elements, the ids, the words for each figure."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.ids, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]


@pytest.fixture(scope="module")
def built(others):
    """The page of one of the results files, made once."""
    return functools.cache(lambda name: report.build(others / f"{name}.h5"))


@pytest.fixture(scope="module")
def text(built):
    return built("danger-levels")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_page_loads_nothing_and_runs_nothing(text, page):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "img"}
    for _, attributes in page.elements:
        for name in ("src", "href", "xlink:href"):
            assert attributes.get(name, "#").startswith(("#", "data:")), attributes
    assert not re.search(r"@import|url\((?!#)", text)


def test_every_figure_has_words_for_those_who_cannot_see_it(text, page):
    pictures = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(pictures) == sum(tag == "figure" for tag, _ in page.elements) == 10
    for attributes in pictures:
        assert attributes["role"] == "img"
        words = re.search(rf"<title id='{attributes['aria-labelledby']}'>([^<]*)</title>", text).group(1)
        assert len(words) > 60


def test_a_report_of_real_ground_has_hectares_hours_and_its_fuels(folder):
    text = report.build(folder / "valley.h5")
    assert "300 x 240 cells, of which 4\N{NARROW NO-BREAK SPACE}402\N{NO-BREAK SPACE}ha can burn: 1 % is 44\N{NO-BREAK SPACE}ha" in text
    data = open_results(folder / "valley.h5")
    mean = float(data.burn_fraction_mean.sel(danger_level="extreme", ignition_set="road"))
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", text) if "extreme" in row and "road" in row)
    assert f"<small>{mean * 4402.1875:.0f}\N{NO-BREAK SPACE}ha</small>" in row
    for words in ("<h3>What grows</h3>", "Map of fuel: cured grass", "Grey ground never burnt"):
        assert words in text
    assert re.search(r"The longest fire took \d+ steps, \d+:\d\d\N{NO-BREAK SPACE}h", text)
    assert len(Page(text).ids) == len(set(Page(text).ids))


def test_names_within_the_page_are_unique(page):
    assert len(page.ids) == len(set(page.ids))


def test_the_key_table_has_every_scenario_with_the_files_numbers(data, text):
    table = text[text.index("<tbody>"):text.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    assert len(rows) == 21
    share = 100 * float(data.exceedance_given_start.sel(danger_level="extreme", ignition_set="centre", threshold=0.1))
    row = next(row for row in rows if "extreme" in row and "centre" in row)
    assert f"{share:#.3g}\u00a0%" in row


def test_the_findings_state_likelihood_tipping_point_and_two_kinds(data):
    chosen = results.at(data, ignition_set="centre")
    said = " ".join(findings.findings(data, chosen))
    assert re.search(r"Extreme: \S+\s% of the fires that start burn more than 10\s% of the landscape \(95\s% confidence: "
                     r"\S+ to \S+\s%\); of all runs, started or not, \S+\s%", said)
    assert "Between severe and extreme lies a tipping point" in said
    assert "There are two kinds of fire at catastrophic" in said
    assert "At low, moderate, high, very high and severe no fire did" in said
    centre = data.burn_fraction.where(data.ignitions >= 1).sel(ignition_set="centre")
    points = 100 * float((centre.sel(danger_level="extreme") - centre.sel(danger_level="severe")).mean())
    assert f"burn {points:#.3g} percentage points more of the landscape at extreme than at severe" in said


@pytest.mark.parametrize("text", [object, str])
def test_a_file_says_the_same_however_xarray_holds_its_texts(data, text):
    held = data.assign_coords({axis: data[axis].astype(text) for axis in ("danger_level", "ignition_set")})
    chosen = report.chosen_series(held)
    assert results.conditions(chosen) == "ignition set centre"
    assert findings.findings(held, chosen) == findings.findings(data, results.at(data))
    between_places = results.at(held, "ignition_set", danger_level="extreme")
    between_places.exceedance.values[:] = np.array([0, 0.9, 0.9])[:, None]
    between_places.exceedance_ci.values[:] = np.array([[0, 0.1], [0.8, 1], [0.8, 1]])[:, None]
    assert findings.tipping(between_places) == []


def test_what_spoils_estimates_is_said_before_any(data, others):
    failed = data.assign_attrs(runs_failed=np.int64(3), runs_missing=np.int64(1))
    said = findings.findings(failed, results.at(failed))
    assert said[0].startswith("3 runs failed and 1 is missing. They are in no estimate")
    assert re.match(r"In \d+ of 2\s520 runs \(\S+\s%\) no fire started, as no point", said[1])
    assert said[2].startswith("Catastrophic: ")
    cut = open_results(others / "cut-off.h5")
    said = findings.findings(cut, results.at(cut).load())
    assert re.match(rf"{int(cut.runs_cut_off.sum())} of \d+ fires were cut off: max_steps \(10\) ended them", said[0])


def test_estimates_of_fires_cut_off_are_bounds(others, built):
    cut = open_results(others / "cut-off.h5")
    said = " ".join(findings.findings(cut, results.at(cut).load()))
    assert "how likely one is, this file cannot say" in said and "likelihood of one is below" not in said
    assert "tipping point" not in said and "known to" not in said
    assert re.search(r"burn at least \S+\s% of the landscape on average", said)
    some = cut.assign(exceedance_given_start=cut.exceedance_given_start * 0 + 0.2)
    assert "Severe: at least 20.0\u00a0% of the fires that start burn more" in " ".join(
        findings.likelihoods(results.at(some).load()))
    page = built("cut-off")
    table = page[page.index("<tbody>"):page.index("</tbody>")]
    assert "<th scope='col'>cut off</th>" in page and table.count("≥&nbsp;") >= 8
    assert page.count("Fires cut off count with what they had burnt") == page.count("<figure>")
    assert "cut off" not in "".join(re.findall("<svg.*?</svg>", page)) or "none seen" not in page


def test_certainty_does_not_come_from_nothing(others):
    alike = open_results(others / "alike.h5")
    said = findings.certainty(results.given_start(alike))
    assert said == ["In 1 scenario all fires burnt the same, so that no interval can be given: after 20 fires, another kind of "
                    "fire may still come in up to 16\u00a0% of them (95\u00a0% confidence)."]
    none = open_results(others / "no-fire.h5")
    assert findings.findings(none, results.at(none)) == [
        "No fire started in any of 40 runs, as no point of ignition lay on vegetation. Nothing is known about fires."]


@pytest.mark.parametrize("name", ["dry-edge", "wind-only", "no-fire", "alike"])
def test_every_file_has_a_report(others, name, capsys, tmp_path):
    assert report.main([str(others / f"{name}.h5"), "-o", str(tmp_path / "page.html")]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("options", [["--set", "matrix.seed.count=1"], ["--set", "matrix.seed.count=1", "--shard", "1/2"],
                                     ["--set", "matrix.seed.count=4", "--shard", "1/2"]],
                         ids=["one seed", "half of one seed", "scenarios without a common seed"])
def test_a_file_of_hardly_any_runs_has_a_report(others, options, capsys, tmp_path):
    firesweep("run", others / "cut-off.yaml", "--quiet", "-o", tmp_path / "few.h5", *options)
    assert report.main([str(tmp_path / "few.h5"), "-o", str(tmp_path / "page.html")]) == 0
    assert capsys.readouterr().err == ""


def test_many_values_of_an_axis_are_shown_in_a_small_page_that_is_made_in_little_time(built):
    before = time.process_time()
    text = built("many-winds")
    assert len(text) < 2_500_000
    assert time.process_time() - before < 20
    assert "How likely is a large fire at each wind speed?" in text and "Of 400 values of wind speed some are shown" in text
    assert text[:text.index("</tbody>")].count("<tr>") == 41 and "All 400 scenarios" in text


def test_provenance_and_the_experiment_are_in_the_page(folder, text, data):
    assert data.attrs["content_sha256"] in text
    assert "How much of the landscape burns at each fire danger level" in text  # a comment of the experiment
    assert "matrix.seed.count=120" in text


def test_the_strongest_axis_is_shown_if_there_are_many(folder, weather):
    effects = open_results(folder / "wind-humidity.h5", "sensitivity")
    chosen = report.chosen_series(weather, effects)
    assert results.series_axis(chosen) in ("wind_speed", "vegetation_density")
    page = report.build(folder / "wind-humidity.h5", temperature=50)
    assert "temperature 50\u00a0°C" in page and "<summary>All 294 scenarios</summary>" in page


def test_a_file_with_hardly_anything_in_it_has_a_report(tmp_path):
    source = tmp_path / "alone.yaml"
    source.write_text(ALONE)
    firesweep("run", source, "-o", tmp_path / "alone.h5", "--quiet")
    assert report.main([str(tmp_path / "alone.h5")]) == 0
    assert "alone: how likely is a large fire?" in (tmp_path / "alone.html").read_text(encoding="utf-8")


def test_problems_are_told_in_words(folder, tmp_path, capsys):
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["x"] = 1
    assert report.main([str(tmp_path / "foreign.h5")]) == 5
    assert "not a results file of firesweep" in capsys.readouterr().err
    assert report.main([str(folder / "danger-levels.h5"), "--at", "ignition_set=nowhere", "-o",
                        str(tmp_path / "x.html")]) == 2
    assert "ignition_set has no value nowhere; there are centre, ridge, lightning" in capsys.readouterr().err
    assert report.main([str(tmp_path / "missing.h5")]) == 2
    everything = ["--at=ignition_set=centre", "--at=danger_level=low"]
    assert report.main([str(folder / "danger-levels.h5"), *everything, "-o", str(tmp_path / "x.html")]) == 2
    assert "leave one for the pictures to compare" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["exceedance", "burn_fraction"])
def test_a_file_that_lacks_what_all_have_is_damaged(folder, tmp_path, capsys, name):
    shutil.copy(folder / "danger-levels.h5", tmp_path / "less.h5")
    with h5py.File(tmp_path / "less.h5", "r+") as file:
        del file[name]
    assert report.main([str(tmp_path / "less.h5"), "-o", str(tmp_path / "page.html")]) == 5
    said = capsys.readouterr().err
    assert f"less.h5 is damaged: it has no dataset '{name}'" in said and len(said.splitlines()) == 1


def test_the_same_file_gives_the_same_page_where_matplotlib_has_no_folder_to_write_to(others, built, tmp_path):
    done = subprocess.run([sys.executable, "-m", "firesweep_analysis.report", others / "bare.h5", "-o",
                           tmp_path / "page.html"], capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(SOURCE / "analysis"), "MPLCONFIGDIR": "/proc/nowhere"})
    assert (done.returncode, done.stderr) == (0, "")
    same = (tmp_path / "page.html").read_text(encoding="utf-8") == built("bare")
    assert same


MEASURE = """<script>
const found = [];
for (const [paper, width] of [["A4", "182mm"], ["Letter", "187.9mm"]]) {
  document.documentElement.style.width = width;
  const limit = document.documentElement.getBoundingClientRect().right + 1;
  for (const one of document.querySelectorAll("th, td, svg, figcaption, li, pre, h1"))
    if (one.getBoundingClientRect().right > limit) found.push(paper + " cuts " + one.tagName + " " + one.textContent.slice(0, 40));
  for (const one of document.querySelectorAll("svg"))
    if (one.getBoundingClientRect().height > 360) found.push(paper + " high " + one.getBoundingClientRect().height);
}
document.title = JSON.stringify(found);
</script>"""
"""Lists what a page of paper, with the margins of report.css, would cut, or show in more than a third of its height."""

LOOK = """<script>
const found = [];
for (const one of document.querySelectorAll("svg"))
  if (one.getBoundingClientRect().height > 900) found.push("high " + one.getBoundingClientRect().height);
document.title = JSON.stringify(found);
</script>"""


@pytest.fixture
def shown(tmp_path):
    """What a script finds in a page that a browser shows."""
    browser = shutil.which("chromium")
    if not browser:
        pytest.skip("there is no chromium to show the page (Debian: apt-get install chromium)")

    def show(text, script):
        (tmp_path / "page.html").write_text(text.replace("</body>", f"{script}</body>"), encoding="utf-8")
        done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                               "--disable-component-update", "--disable-sync", "--no-first-run", "--window-size=1280,900",
                               f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom", f"file://{tmp_path}/page.html"],
                              capture_output=True, text=True, timeout=300)
        return json.loads(html.unescape(re.search("<title>(.*?)</title>", done.stdout).group(1)))

    return show


@pytest.mark.parametrize("name", ["danger-levels", "wind-humidity", "one-wide", "cut-off", "many-winds"])
def test_a_printed_page_has_all_its_columns_and_no_giant_figure(built, shown, name):
    text = built(name)
    assert shown(text, LOOK) == []
    assert shown(text.replace("@media print", "@media all"), MEASURE) == []


def test_a_report_says_when_the_weather_changes(tmp_path):
    source = tmp_path / "turning.yaml"
    source.write_text("landscape: {width: 30, height: 30}\nmodel: {step_length: 30 min}\n"
                      "weather: {changes: [{step: 6, wind_speed: 70, wind_direction: 225}]}\n"
                      "matrix: {danger_level: [severe, extreme], seed: {count: 4}}\n", encoding="utf-8")
    firesweep("run", source, "--quiet", "-o", tmp_path / "turning.h5")
    data = results.open_results(tmp_path / "turning.h5").load()
    said = findings.changes_of_weather(results.at(data))
    assert said == ["The weather changes while fires burn (extreme): from step 6 (3 h) on the wind blows at 70 km/h from "
                    "225 degrees, at 8 % humidity and 48 °C."]
