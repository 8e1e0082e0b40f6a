"""The report is one page that needs nothing else, says what the file says, and can be read without seeing."""

import html.parser
import re

import h5py
import numpy as np
import pytest
from conftest import firesweep
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
def text(folder):
    return report.build(folder / "danger-levels.h5")


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


def test_names_within_the_page_are_unique(page):
    assert len(page.ids) == len(set(page.ids))


def test_the_same_file_gives_the_same_page(folder, text):
    same = report.build(folder / "danger-levels.h5") == text
    assert same


def test_the_key_table_has_every_scenario_with_the_files_numbers(data, text):
    table = text[text.index("<tbody>"):text.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    assert len(rows) == 21
    share = 100 * float(data.exceedance.sel(danger_level="extreme", ignition_set="centre", threshold=0.1))
    row = next(row for row in rows if "extreme" in row and "centre" in row)
    assert f"{share:.3g}\u00a0%" in row


def test_the_findings_state_likelihood_tipping_point_and_two_kinds(folder, data):
    paired = open_results(folder / "danger-levels.h5", "paired")
    chosen = results.at(data, ignition_set="centre")
    said = " ".join(findings.findings(data, chosen, paired))
    assert re.search(r"Extreme: \S+\s% of the fires burn more than 10\s% of the landscape \(95\s% confidence: \S+ to "
                     r"\S+\s%\)", said)
    assert "Between severe and extreme lies a tipping point" in said
    assert "There are two kinds of fire at catastrophic" in said
    assert "At low, moderate, high, very high and severe no fire did" in said
    centre = data.burn_fraction.sel(ignition_set="centre")
    points = 100 * float((centre.sel(danger_level="extreme") - centre.sel(danger_level="severe")).mean())
    assert f"burn {points:.3g} percentage points more of the landscape at extreme than at severe" in said


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


def test_failed_runs_are_in_the_readers_sight(data):
    failed = data.assign_attrs(runs_failed=np.int64(3))
    assert "3 runs failed and 0 are missing" in " ".join(findings.certainty(failed))


def test_provenance_and_the_experiment_are_in_the_page(folder, text, data):
    assert data.attrs["content_sha256"] in text
    assert "How much of the landscape burns at each fire danger level" in text  # a comment of the experiment
    assert "matrix.seed.count=120" in text


def test_the_strongest_axis_is_shown_if_there_are_many(folder, weather):
    effects = open_results(folder / "wind-humidity.h5", "sensitivity")
    chosen = report.chosen_series(weather, effects)
    assert results.series_axis(chosen) in ("wind_speed", "vegetation_density")
    page = report.build(folder / "wind-humidity.h5", danger_level="extreme")
    assert "danger level extreme" in page and "<summary>All 294 scenarios</summary>" in page


def test_a_file_with_hardly_anything_in_it_has_a_report(tmp_path):
    source = tmp_path / "alone.yaml"
    source.write_text(ALONE)
    firesweep("run", source, "-o", tmp_path / "alone.h5", "--quiet")
    assert report.main([str(tmp_path / "alone.h5")]) == 0
    assert "alone: how likely is a large fire?" in (tmp_path / "alone.html").read_text(encoding="utf-8")


def test_problems_are_told_in_words(folder, tmp_path, capsys):
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["x"] = 1
    assert report.main([str(tmp_path / "foreign.h5")]) == 2
    assert "not a results file of firesweep" in capsys.readouterr().err
    assert report.main([str(folder / "danger-levels.h5"), "--at", "ignition_set=nowhere", "-o",
                        str(tmp_path / "x.html")]) == 2
    assert "ignition_set has no value nowhere; there are centre, ridge, lightning" in capsys.readouterr().err
    assert report.main([str(tmp_path / "missing.h5")]) == 2
    everything = ["--at=ignition_set=centre", "--at=danger_level=low"]
    assert report.main([str(folder / "danger-levels.h5"), *everything, "-o", str(tmp_path / "x.html")]) == 2
    assert "leave one for the pictures to compare" in capsys.readouterr().err
