"""What files of fires on the ground tell other programs: where they lie, what codes mean, and what read the rasters."""

import shutil
import subprocess

import h5py
import numpy as np
import pytest
from grounds import HEIGHT, LANDSCAPE, WIDTH, experiment, run

# Of a coordinate system -> the lower left corner of a grid in it, and what CF calls its projection.
PROJECTIONS = {
    28355: ([440000, 5980000], "transverse_mercator"),
    3111: ([2500000, 2400000], "lambert_conformal_conic"),
    2263: ([984250, 200000], "lambert_conformal_conic"),  # in US feet
    5070: ([1833825, 2600000], "albers_conical_equal_area"),
    3035: ([4321000, 3210000], "lambert_azimuthal_equal_area"),
    2056: ([2600000, 1200000], None),  # oblique
}


def place_in(program, code):
    corner, projection = PROJECTIONS[code]
    run(program, experiment(program, f"{{width: {WIDTH}, height: {HEIGHT}, cell_size: 25, corner: {corner}, crs: 'EPSG:{code}'}}"))
    assert program("export", "ground.h5", "--netcdf", "ground.nc").returncode == 0
    return projection


def without_wkt(program):
    """The files for readers that know no WKT."""
    for name in ("ground.h5", "ground.nc"):
        with h5py.File(program.folder / name, "r+") as file:
            for attribute in ("crs_wkt", "spatial_ref"):
                del file["crs"].attrs[attribute]


def proj4(program, of):
    """The words of the definition that GDAL finds, but for those that name or repeat what others say."""
    done = subprocess.run(["gdalsrsinfo", "-o", "proj4", of], cwd=program.folder, capture_output=True, text=True)
    return {word for word in done.stdout.split() if not word.startswith(("+datum", "+ellps", "+no_defs", "+type", "+towgs84", "+rf"))}


def expect_words_of_pyproj(code, told, projection):
    pyproj = pytest.importorskip("pyproj")
    expected = pyproj.CRS.from_epsg(code)
    assert pyproj.CRS.from_cf(told).equals(expected, ignore_axis_order=True)
    numbers = {key: value for key, value in expected.to_cf().items() if not isinstance(value, str)} if projection else {}
    numbers.pop("semi_minor_axis", None)  # which follows from the inverse flattening
    for key, value in numbers.items():
        if "false" not in key or code != 2263:  # which pyproj may have in metres there
            assert np.ravel(told[key]) == pytest.approx(np.ravel(value), rel=1e-12, abs=1e-12), key


@pytest.mark.parametrize("code", PROJECTIONS)
def test_other_programs_find_the_coordinate_system_with_and_without_wkt(program, code):
    projection = place_in(program, code)
    found = []
    for name in ("ground.h5", "ground.nc"):
        with h5py.File(program.folder / name) as file:
            assert {file[of].attrs["grid_mapping"] for of in ("burn_probability", "burn_count", "arrival_step_mean")} <= {"crs", b"crs"}
            told = {key: value.decode() if isinstance(value, bytes) else value for key, value in file["crs"].attrs.items()}
            assert told.get("grid_mapping_name") == projection
            units = file["x"].attrs["units"]
            assert (units.decode() if isinstance(units, bytes) else units) == ("US_survey_foot" if code == 2263 else "m")
            found.append(told)
    if shutil.which("gdalsrsinfo"):
        expected = proj4(program, f"EPSG:{code}")
        assert expected and proj4(program, "NETCDF:ground.nc:burn_probability") == expected
        without_wkt(program)
        assert (proj4(program, "NETCDF:ground.nc:burn_probability") == expected) == (projection is not None)
    for told in found:
        expect_words_of_pyproj(code, told, projection)


def test_the_versions_of_what_read_the_rasters_are_kept(program, patchy, small):
    run(program, experiment(program, LANDSCAPE))
    run(program, small)
    with h5py.File(program.folder / "ground.h5") as file:
        told = file["provenance"].attrs
        assert told["gdal_version"].count(".") == told["proj_version"].count(".") == 2
    with h5py.File(program.folder / "small.h5") as file:
        assert "gdal_version" not in file["provenance"].attrs and "proj_version" not in file["provenance"].attrs


def test_codes_of_fuel_say_what_they_mean(program, patchy):
    classes = "{9: {name: 'water, deep', burnable: false}, 1: {name: grass}, 2: {name: forêt}}"
    run(program, experiment(program, f"{{fuel: fuel.asc, fuel_classes: {classes}}}"))
    with h5py.File(program.folder / "ground.h5") as file:
        told = file["fuel_code"].attrs
        assert told["flag_values"].dtype == file["fuel_code"].dtype
        meanings = dict(zip(told["flag_values"].tolist(), told["flag_meanings"].split(" ")))
    assert meanings == {9: "water__deep", 1: "grass", 2: "for__t"}


def test_a_replayed_fire_lies_where_the_landscape_does(program, patchy):
    run(program, experiment(program, LANDSCAPE, more="model: {step_length: 5 min}"))
    done = program("replay", "ground.h5", "--danger-level", "severe", "--ignition-set", "centre", "--seed", 7, "--every", 3, "-o", "fire.h5", "--no-gif")
    assert done.returncode == 0, done.stderr
    with h5py.File(program.folder / "fire.h5") as fire, h5py.File(program.folder / "ground.h5") as results:
        for name in ("x", "y", "column", "row", "crs"):
            np.testing.assert_array_equal(fire[name][()], results[name][()], err_msg=name)
            assert fire[name].attrs["units"] == results[name].attrs["units"]
        for name in ("crs_wkt", "GeoTransform", "grid_mapping_name", "convergence"):
            assert fire["crs"].attrs[name] == results["crs"].attrs[name]
        assert fire["state"].attrs["grid_mapping"] == "crs"
        assert (fire.attrs["form"], fire.attrs["step_minutes"]) == ("firesweep", 5.0)
        np.testing.assert_array_equal(fire["minutes"][:], fire["step"][:] * 5.0)
