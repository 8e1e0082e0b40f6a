"""`firesweep export --netcdf`, as the programs of others read it."""

import json
import shutil
import subprocess

import h5py
import netCDF4
import numpy as np
import pytest
import xarray as xr

WIDTH, HEIGHT = 24, 10
TEXTS = ["top", "a,b", "B\u00f6\u0161"]


@pytest.fixture
def results(program):
    program.write("north.yaml", f"""
        name: north
        landscape: {{width: {WIDTH}, height: {HEIGHT}}}
        matrix:
          danger_level: [low, catastrophic]
          ignition_set: {{top: [[4, 1]], "a,b": [[20, 8]], "B\u00f6\u0161": [[12, 5]]}}
          wind_speed: [30.5, 60]
          seed: {{first: 1, count: 30}}
        exclude: [{{danger_level: low, wind_speed: 60}}]
        outputs: {{arrival: true}}
        """)
    assert program("run", "north.yaml", "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": "7"}).returncode == 4
    return "north.h5"


def export(program, results, *arguments):
    done = program("export", results, "--netcdf", "north.nc", *arguments)
    assert done.returncode == 0, done.stderr
    return program.folder / "north.nc", done


def ran(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def needs(tool):
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed (Debian: gdal-bin, cdo)")


def flat(file, name, planned):
    """A dataset over all axes and more, as over the scenarios that have runs."""
    data = file[name][()]
    return data.reshape((-1,) + data.shape[3:])[planned]


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_all_numbers_are_those_of_the_results(program, results, engine):
    path, _ = export(program, results)
    with h5py.File(program.folder / results) as file, xr.open_dataset(path, engine=engine) as data:
        planned = file["runs_planned"][()].ravel() > 0
        assert data.sizes["scenario"] == planned.sum() == 9
        np.testing.assert_array_equal(data.scenario, np.arange(1, 10))
        for name in ("burn_probability", "burn_count", "arrival_step_mean"):
            assert data[name].dims == ("scenario", "y", "x")
            np.testing.assert_array_equal(data[name], flat(file, name, planned), err_msg=name)
        interval = flat(file, "burn_probability_ci", planned)
        np.testing.assert_array_equal(data.burn_probability_ci_lower, interval[..., 0])
        np.testing.assert_array_equal(data.burn_probability_ci_upper, interval[..., 1])
        started = ((file["ignitions"][()] >= 1) & (file["status"][()] == 1)).sum(axis=-1).ravel()[planned]
        assert (started < 29).any()
        np.testing.assert_array_equal(data.runs_started, started)
        np.testing.assert_array_equal(data.burn_probability_given_start,
                                      (flat(file, "burn_count", planned) / started[:, None, None]).astype("f4"))
        np.testing.assert_array_equal(data.runs_ok, 29)
        np.testing.assert_array_equal(data.burn_fraction_mean, file["burn_fraction_mean"][()].ravel()[planned])
        np.testing.assert_array_equal(data.burn_fraction_mean_ci_upper, flat(file, "burn_fraction_mean_ci", planned)[:, 1])
        np.testing.assert_array_equal(data.wind_speed, [30.5] * 3 + [30.5, 60] * 3)
        assert data.attrs["results_content_sha256"] == file.attrs["content_sha256"]


def test_labels_say_what_scenarios_are(program, results):
    path, _ = export(program, results)
    expected = [f"low, {text}, wind_speed 30.5" for text in TEXTS]
    expected += [f"catastrophic, {text}, wind_speed {wind}" for text in TEXTS for wind in ("30.5", "60")]
    with netCDF4.Dataset(path) as file:
        file.set_auto_chartostring(False)  # which cuts text of several bytes a letter at the wrong places (1.6.2)
        assert [row.tobytes().rstrip(b"\0").decode() for row in file["scenario_label"][:].filled(b"\0")] == expected
        assert file["scenario_label"].dimensions == ("scenario", "label_length")
        assert list(file.variables)[-1] == "scenario_label"
    with xr.open_dataset(path, engine="h5netcdf") as data:
        assert [str(label) for label in data.scenario_label.values] == expected


def test_the_layout_is_what_other_programs_can_read(program, results):
    path, _ = export(program, results, "--cell-size", "30", "--corner", "440000,5980000.5")
    with netCDF4.Dataset(path) as file:
        assert (file.Conventions, file.node_offset) == ("CF-1.8", 1)
        assert list(file.dimensions) == ["scenario", "y", "x", "label_length"]
        for name, variable in file.variables.items():
            assert variable.dtype in ("i4", "f4", "f8", "S1"), name
            assert not any(isinstance(value, list) for value in variable.__dict__.values())
            if variable.dtype.kind == "f" and name not in ("x", "y"):
                assert np.isnan(variable._FillValue) and variable._FillValue.dtype == variable.dtype, name
            if name in file.dimensions:  # beside node_offset GDAL takes the range of centres for that of edges
                assert not hasattr(variable, "actual_range")
            elif variable.dtype.kind != "S":
                values = variable[:].compressed() if np.ma.isMaskedArray(variable[:]) else variable[:]
                np.testing.assert_array_equal(variable.actual_range, [values.min(), values.max()], err_msg=name)
        for axis, last in (("x", 440015 + 23 * 30), ("y", 5980015.5)):
            assert (file[axis].standard_name, file[axis].units) == (f"projection_{axis}_coordinate", "m")
            assert file[axis][-1] == last
            assert not hasattr(file[axis], "axis")  # ParaView takes x and y with it for degrees
        assert (np.diff(file["y"][:]) == -30).all()
        assert not hasattr(file["burn_probability"], "grid_mapping")
    with h5py.File(path) as file:  # text that readers of netCDF-3 know
        for item in (file, *file.values()):
            for name in item.attrs:
                if name not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                    assert h5py.check_vlen_dtype(item.attrs.get_id(name).dtype) is None, name


def test_what_is_not_placed_has_no_metres_and_says_so(program, results):
    path, done = export(program, results)
    assert "maps lie at 0, 0 with cells of 1, which R's terra takes for degrees; --cell-size and --corner" in done.stderr
    with netCDF4.Dataset(path) as file:
        assert "Nobody has said where" in file.comment
        assert not {"units", "axis"} & (set(file["x"].ncattrs()) | set(file["y"].ncattrs()))
        np.testing.assert_array_equal(file["y"][:], HEIGHT - 0.5 - np.arange(HEIGHT))
    assert export(program, results, "--cell-size", "30")[1].stderr == ""


def test_scenarios_may_be_chosen_and_the_same_is_the_same_bytes(program, results):
    path, _ = export(program, results, "--scenario", 'ignition_set="a,b",danger_level=catastrophic')
    with netCDF4.Dataset(path) as file:
        assert list(file["scenario_label"][:]) == ["catastrophic, a,b, wind_speed 30.5", "catastrophic, a,b, wind_speed 60"]
    first, _ = export(program, results)
    once = first.read_bytes()
    assert export(program, results)[0].read_bytes() == once


def test_what_nobody_knows_is_missing(program):
    program.write("none.yaml", """
        name: none
        landscape: {width: 5, height: 4, vegetation_density: 0}
        matrix: {danger_level: [low], ignition_set: {centre: [[2, 2]]}, seed: {first: 1, count: 3}}
        """)
    assert program("run", "none.yaml", "--quiet").returncode == 0
    path, _ = export(program, "none.h5")
    with xr.open_dataset(path) as data:
        assert (data.burn_probability == 0).all() and (data.burn_count == 0).all()
        assert data.burn_probability_given_start.isnull().all()
        assert data.runs_started == 0
        assert "actual_range" not in data.burn_probability_given_start.attrs


@needs("gdalinfo")
@pytest.mark.parametrize("placement, transform", [
    (("--cell-size", "30", "--corner", "440000,5980000"), [440000, 30, 0, 5980300, 0, -30]),
    ((), [0, 1, 0, HEIGHT, 0, -1]),
])
def test_gdal_finds_the_maps_north_up_with_what_is_missing(program, results, placement, transform):
    path, _ = export(program, results, *placement)
    for name in ("burn_probability", "arrival_step_mean", "burn_count"):
        source = f"NETCDF:{path}:{name}"
        info = json.loads(ran("gdalinfo", "-json", "-stats", "--config", "GDAL_PAM_ENABLED", "NO", source))
        assert info["geoTransform"] == transform
        assert info["size"] == [WIDTH, HEIGHT]
        assert len(info["bands"]) == 9
        with h5py.File(program.folder / results) as file:
            last = file[name][1, 2, 1]
        mean = float(info["bands"][8]["metadata"][""]["STATISTICS_MEAN"])  # "mean" is rounded
        assert mean == pytest.approx(np.nanmean(last), rel=1e-6), name
        row, column = np.unravel_index(np.nanargmax(last), last.shape)
        assert float(ran("gdallocationinfo", "-valonly", "-b", "9", source, str(column), str(row))) == pytest.approx(np.nanmax(last))
    listed = json.loads(ran("gdalinfo", "-json", str(path)))["metadata"]["SUBDATASETS"]
    assert listed["SUBDATASET_1_NAME"].endswith(":burn_probability")


@needs("cdo")
def test_cdo_reads_every_number(program, results):
    path, _ = export(program, results, "--cell-size", "30", "--corner", "440000,5980000")
    shown = ran("cdo", "-s", "sinfon", str(path))
    shown = shown.replace("[m]", "m")  # newer ones write brackets
    assert "levels=9" in shown and "440015 to 440705 by 30 m" in shown and "5980285 to 5980015 by -30 m" in shown
    with xr.open_dataset(path) as data:
        for name in ("burn_probability", "arrival_step_mean", "runs_ok"):
            told = [float(text) for text in ran("cdo", "-s", "output", "-fldmean", f"-selname,{name}", str(path)).split()]
            values = data[name].mean(("y", "x")) if data[name].ndim == 3 else data[name]
            np.testing.assert_allclose(told, values, rtol=1e-5)


def test_grids_and_pictures_are_placed_as_well(program, results):
    placed = ("--cell-size", "30", "--corner", "440000,5980000")
    done = program("export", results, "--grid", "--maps", "--scenario", "danger_level=low,ignition_set=top", "-o", "out", *placed)
    assert (done.returncode, done.stderr) == (0, "")
    name = program.folder / "out" / "burn_probability_low_top_wind_speed-30.5"
    head = name.with_name(name.name + ".asc").read_text().splitlines()[:5]
    assert head == ["ncols 24", "nrows 10", "xllcorner 440000", "yllcorner 5980000", "cellsize 30"]
    pixel, *zero, down, west, north = map(float, name.with_name(name.name + ".pgw").read_text().split())
    side = 480 // WIDTH  # pixels of a cell; the map begins 16 pixels from the left and 48 from the top
    assert (pixel, zero, down) == (30 / side, [0, 0], -30 / side)
    assert west + 15.5 * pixel == pytest.approx(440000)
    assert north - 47.5 * pixel == pytest.approx(5980300)


@pytest.mark.parametrize("arguments, message", [
    (["--corner", "1,2"], "--corner: needs --cell-size"),
    (["--cell-size", "0"], "--cell-size 0: is not a length in metres above 0"),
    (["--cell-size", "nan"], "--cell-size nan: is not a length"),
    (["--cell-size", "30m"], "--cell-size 30m: is not a length"),
    (["--cell-size", "30", "--corner", "440000"], "--corner 440000: is not an easting and a northing"),
    (["--cell-size", "30", "--corner", "1,2,3"], "--corner 1,2,3: is not an easting and a northing"),
    (["--runs", "--cell-size", "30"], "--cell-size: places maps on the ground"),
    (["--netcdf", "a.nc", "-o", "out"], "-o: --netcdf writes the file that it names"),
])
def test_options_without_sense_are_refused_before_anything_is_written(program, results, arguments, message):
    before = program.files()
    done = program("export", results, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert program.files() == before


def test_results_are_not_overwritten(program, results):
    shutil.copy(program.folder / results, program.folder / "other.h5")
    for place in (results, "other.h5"):
        before = (program.folder / place).read_bytes()
        done = program("export", results, "--netcdf", place)
        assert done.returncode == 5
        assert place in done.stderr
        assert (program.folder / place).read_bytes() == before
    assert export(program, results)[1].returncode == export(program, results)[1].returncode == 0


def test_a_full_disk_leaves_nothing_behind(program, results):
    before = program.files()
    done = program("export", results, "--netcdf", "north.nc", launcher=("prlimit", "--fsize=4096"))
    assert done.returncode == 5
    assert "north.nc: cannot be written (could not write the file: File too large)" in done.stderr
    assert program.files() == before


def test_thousands_of_maps_are_written_to_one_file_unless_others_are_asked_for(program):
    sets = ", ".join(f"s{i}: [[1, 1]]" for i in range(1001))
    program.write("many.yaml", f"""
        name: many
        landscape: {{width: 3, height: 2}}
        matrix: {{danger_level: [low], ignition_set: {{{sets}}}, seed: [1]}}
        """)
    assert program("run", "many.yaml", "--quiet").returncode == 0
    done = program("export", "many.h5", "-o", "out")
    assert done.returncode == 0
    assert "maps of 1 001 scenarios would be 2 002 files, so they are in one, out/burn_probability.nc" in done.stderr
    assert sorted(path.name for path in (program.folder / "out").iterdir()) == ["burn_probability.nc", "runs.csv", "summary.csv"]
    path, _ = export(program, "many.h5")
    assert path.read_bytes() == (program.folder / "out/burn_probability.nc").read_bytes()
    with netCDF4.Dataset(path) as file:
        assert file["burn_probability"].shape == (1001, 2, 3)
