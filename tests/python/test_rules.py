"""The rules by which a results file opens everywhere."""

import pathlib
import re

import h5py
import numpy as np
import pytest
import xarray as xr

DOCUMENT = pathlib.Path(__file__).parents[2] / "analysis" / "results-format.md"


def datasets(path):
    """All datasets of all groups by their full names."""
    found = {}
    with h5py.File(path, "r") as f:
        f.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
        yield from found.items()


def is_scale(dataset):
    return h5py.h5ds.is_scale(dataset.id)


def element(dataset):
    return "text" if dataset.dtype.kind == "O" else dataset.dtype.str[1:]


def test_every_dimension_has_a_scale_of_its_name(path):
    for name, dataset in datasets(path):
        if is_scale(dataset):
            assert dataset.ndim == 1
            assert dataset.attrs["NAME"].decode() == name.split("/")[-1]
        else:
            assert dataset.ndim > 0, name
            assert all(len(dimension) == 1 for dimension in dataset.dims), name


def test_scales_are_as_long_as_the_dimensions_they_are_on(path):
    for name, dataset in datasets(path):
        if not is_scale(dataset):
            assert dataset.shape == tuple(dimension[0].size for dimension in dataset.dims), name


def test_text_is_utf8_of_variable_length(path):
    for name, dataset in datasets(path):
        kind = h5py.check_string_dtype(dataset.dtype)
        if dataset.dtype.kind in "OS":
            assert kind is not None and kind.encoding == "utf-8" and kind.length is None, name


def test_the_yaml_is_a_variable_length_attribute(path):
    with h5py.File(path, "r") as f:
        yaml = f["provenance"].attrs.get_id("yaml_as_written")
        kind = h5py.check_string_dtype(yaml.dtype)
        assert kind.encoding == "utf-8" and kind.length is None
        assert f["provenance"].attrs["yaml_as_written"] == path.with_suffix(".yaml").read_text(encoding="utf-8")


def test_what_is_missing_is_told_to_every_reader(path):
    """NaN in floating-point numbers, -1 in the counts of a run; coordinates and totals always are."""
    for name, dataset in datasets(path):
        fill = dataset.attrs.get("_FillValue")
        if is_scale(dataset) or dataset.dtype.kind in "Ou":
            assert fill is None, name
        elif dataset.dtype.kind == "f":
            assert np.isnan(fill) and fill.dtype == dataset.dtype, name
        elif "seed" in [dimension[0].name.split("/")[-1] for dimension in dataset.dims]:
            assert fill == -1 and fill.dtype == dataset.dtype, name
        else:
            assert fill is None, name


def test_only_seeds_statuses_and_words_are_unsigned(path):
    unsigned = {name for name, dataset in datasets(path) if dataset.dtype.kind == "u"}
    assert unsigned <= {"seed", "status", "failures/run_seed", "sums/burning_cells_square_sum",
                        "sums/burnt_cells_square_sum"}


def test_status_explains_itself(path):
    with h5py.File(path, "r") as f:
        status = f["status"]
        assert status.dtype == np.uint8
        np.testing.assert_array_equal(status.attrs["flag_values"], [0, 1, 2])
        assert status.attrs["flag_values"].dtype == np.uint8
        assert status.attrs["flag_meanings"].split() == ["missing", "ok", "failed"]


def test_xarray_decodes_nothing_into_a_date_or_a_duration(path):
    with xr.open_dataset(path) as decoded, xr.open_dataset(path, decode_cf=False) as raw:
        for name in raw.variables:
            is_a_count_of_runs = raw[name].dtype.kind == "i" and "_FillValue" in raw[name].attrs
            assert decoded[name].dtype == (np.float64 if is_a_count_of_runs else raw[name].dtype), name


def test_every_dataset_has_units_and_a_long_name(path):
    for name, dataset in datasets(path):
        assert dataset.attrs["units"], name
        assert dataset.attrs["long_name"], name


def test_the_axes_come_first_in_the_order_of_the_experiment_then_the_seed(swept):
    with xr.open_dataset(swept) as d:
        assert d.burn_fraction.dims == ("wind_speed", "danger_level", "ignition_set", "seed")
        assert d.attrs["axes"].split() == ["wind_speed", "danger_level", "ignition_set"]
        assert d.burn_fraction_quantile_ci.dims[3:] == ("quantile", "bound")


def test_groups_use_the_scales_of_the_root(path):
    with h5py.File(path, "r") as f:
        for group in ("sums", "paired", "paired_ignition_set", "sensitivity"):
            if group not in f:
                continue
            for name, dataset in f[group].items():
                if is_scale(dataset):
                    assert name in ("word", "pair", "axis")
                    continue
                for scale in (dimension[0] for dimension in dataset.dims):
                    own = scale.name.startswith(f"/{group}/")
                    assert own == (scale.name.split("/")[-1] in ("word", "pair", "axis")), f"{group}/{name}"


def test_missing_numbers_are_one_nan(path):
    missing = np.uint64(0x7FF8000000000000)
    for name, dataset in datasets(path):
        if dataset.dtype == np.float64 and name.split("/")[0] not in ("provenance", "performance"):
            values = dataset[()]
            assert (values[np.isnan(values)].view(np.uint64) == missing).all(), name


def test_large_datasets_are_chunked_shuffled_deflated_and_checksummed(full):
    for name, dataset in datasets(full):
        if dataset.size <= 1024:
            continue
        assert dataset.chunks is not None, name
        assert dataset.shuffle and dataset.compression == "gzip" and dataset.fletcher32, name
        dimensions = [dimension[0].name.split("/")[-1] for dimension in dataset.dims]
        if "y" in dimensions[1:]:
            assert dataset.chunks[:2] == (1, 1) and dataset.chunks[2:4] == (30, 40), name


def documented():
    """Rows of the document's tables of the reproducible content: name -> (dimensions, type, unit)."""
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = {}
    titles = {"## Datasets of the root": "", "## On the ground": ""}
    titles |= {f"## Group `/{group}`": f"{group}/" for group in ("sums", "failures", "paired", "sensitivity", "season")}
    for title, prefix in titles.items():
        section = text.split(title)[1].split("\n## ")[0]
        row = r"^\| `(\w+)` (†?) ?\| ([\w ]+) \| (\w+) \| ([^|]+) \|"
        for name, twin, dimensions, kind, unit in re.findall(row, section, re.M):
            for suffix in ("", "_given_start") if twin else ("",):
                rows[prefix + name + suffix] = (dimensions.split(), kind, unit)
    return rows


def as_documented(name, axis):
    """The name of a dataset of /paired_AXIS as it is in /paired, which the document describes."""
    return name.replace(f"paired_{axis}/", "paired/").replace(f"st_{axis}", "st_danger_level").replace(f"nd_{axis}", "nd_danger_level")


def test_every_dataset_is_documented_with_its_dimensions_type_and_unit(any_path):
    rows = documented()
    with h5py.File(any_path, "r") as f:
        axes = f.attrs["axes"].split()
        sampled = f.attrs["coordinates"].split() if "coordinates" in f.attrs else []
    stand_for = {"S": axes,
                 "Y": [axis for axis in axes if axis not in ("danger_level", "ignition_set")],
                 "D": [axis for axis in axes if axis != "sample"], "I": ["ignition_set"], "L": [axis for axis in axes if axis == "landscape"], "none": []}
    for name, dataset in datasets(any_path):
        if is_scale(dataset) or name.split("/")[0] in ("provenance", "performance"):
            continue
        compared = next((axis for axis in axes if name.startswith(f"paired_{axis}/")), "danger_level")
        stand_for["O"] = [axis for axis in axes if axis != compared]
        stand_for["P"] = [axis for axis in stand_for["Y"] if axis != compared]
        if name in sampled:  # as the document's "a parameter of a design"
            assert [dimension[0].name for dimension in dataset.dims] == ["/sample"], name
            continue
        dimensions, kind, unit = rows[as_documented(name, compared)]
        expected = stand_for.get(dimensions[0], dimensions[:1]) + dimensions[1:]
        assert [dimension[0].name.split("/")[-1] for dimension in dataset.dims] == expected, name
        assert element(dataset) == kind, name
        assert dataset.attrs["units"] == unit, name


def test_every_documented_dataset_exists(full, patchy, ground, jumping, year, sampled, sampled_otherwise):
    names = {name for path in (full, patchy, ground, jumping, year, sampled, *sampled_otherwise) for name, _ in datasets(path)}
    assert set(documented()) <= names | {re.sub(r"^paired_\w+/", "paired/", name) for name in names}


@pytest.mark.parametrize("name", ["embers", "embers_lost", "run_burnt_cells", "sums/burnt_cells_sum"])
def test_datasets_of_residence_and_embers_are_as_documented(full, jumping, name):
    dimensions, kind, unit = documented()[name]
    with h5py.File(full, "r") as without, h5py.File(jumping, "r") as f:
        assert name not in without
        found = [dimension[0].name.split("/")[-1] for dimension in f[name].dims]
        assert ["S", *found[len(f.attrs["axes"].split()):]] == dimensions
        assert element(f[name]) == kind and f[name].attrs["units"] == unit


def test_outputs_that_were_not_asked_for_are_absent(swept):
    names = {name for name, _ in datasets(swept)}
    for absent in ("burn_count", "burn_probability", "arrival_step_mean", "burning_cells_mean", "run_burning_cells",
                   "step", "y", "x", "empty_cells", "burn_fraction_vegetated"):
        assert absent not in names
