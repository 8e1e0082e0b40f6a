"""Fires on rasters of fuel and elevation: what they change, what they leave as it is, and what is refused."""

import json
import pathlib
import shutil
import struct
import subprocess

import h5py
import numpy as np
import pytest
from grounds import CELL, CLASSES, HEIGHT, LANDSCAPE, SOUTH, WEST, WIDTH, datasets, experiment, run, write_raster
from PIL import Image

VALLEY = pathlib.Path(__file__).parents[2] / "experiments" / "valley"

# What the ground adds to a results file, and what is otherwise where cells have a place.
OF_THE_GROUND = {"x", "y", "column", "row", "crs", "fuel_code", "elevation", "burnt_area"}


def exactly(values):
    return values.tolist() if values.dtype == object else values.tobytes()


def test_flat_uniform_rasters_change_nothing(program):
    write_raster(program, "fuel.asc", np.ones((HEIGHT, WIDTH), int))
    write_raster(program, "dem.asc", np.full((HEIGHT, WIDTH), 321.5))
    run(program, experiment(program, "{fuel: fuel.asc, elevation: dem.asc, fuel_classes: {1: {name: grass}}}"), "-o", "rasters.h5")
    run(program, experiment(program, f"{{width: {WIDTH}, height: {HEIGHT}}}", "plain.yaml"), "-o", "plain.h5")
    rasters, plain = datasets(program.folder / "rasters.h5"), datasets(program.folder / "plain.h5")
    assert set(rasters) - set(plain) <= OF_THE_GROUND and set(plain) <= set(rasters)
    for name in set(plain) - OF_THE_GROUND:
        assert exactly(rasters[name]) == exactly(plain[name]), name


def test_missing_cells_are_no_land_and_fractions_are_of_what_burns(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    found = datasets(program.folder / "ground.h5")
    land, burns = patchy != -9999, np.isin(patchy, [1, 2])
    with h5py.File(program.folder / "ground.h5") as file:
        assert file.attrs["land_cells"] == land.sum() and file.attrs["burnable_cells"] == burns.sum()
        assert file.attrs["cell_area"] == 0.0625
    np.testing.assert_array_equal(np.isnan(found["burn_probability"]), np.broadcast_to(~land, found["burn_probability"].shape))
    assert (found["burn_count"][..., ~land] == -1).all() and (found["burn_count"][..., land & ~burns] == 0).all()
    np.testing.assert_array_equal(found["burn_fraction"], found["burnt_cells"] / burns.sum())
    np.testing.assert_array_equal(found["burnt_area"], found["burnt_cells"] * 0.0625)
    np.testing.assert_array_equal(found["burn_count"][..., burns].sum(axis=-1), found["burnt_cells"].sum(axis=-1))
    assert (found["empty_cells"] + found["vegetation_cells"] + found["burnt_cells"] == burns.sum()).all()
    assert (found["burn_count"][:, 0, 22:] == 0).all(), "two rows of water stop a fire that starts north of them"


def test_the_file_says_where_it_lies(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    found = datasets(program.folder / "ground.h5")
    np.testing.assert_array_equal(found["x"], WEST + CELL * (np.arange(WIDTH) + 0.5))
    np.testing.assert_array_equal(found["y"], SOUTH + CELL * (HEIGHT - np.arange(HEIGHT) - 0.5))
    np.testing.assert_array_equal(found["fuel_code"], np.where(patchy == -9999, -1, patchy))
    with h5py.File(program.folder / "ground.h5") as file:
        assert file["burn_probability"].attrs["grid_mapping"] == "crs"
        assert "MGA zone 55" in file["crs"].attrs["crs_wkt"] or "MGA_Zone_55" in file["crs"].attrs["crs_wkt"]


def test_a_fire_is_made_again_from_the_file_alone(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    for name in ("fuel.asc", "dem.asc"):
        (program.folder / name).unlink()
    done = program("verify", "ground.h5", "--sample", "all")
    assert done.returncode == 0 and "160 of 160 made again, all the same" in done.stdout
    done = program("replay", "ground.h5", "--scenario", "danger_level=severe,ignition_set=centre", "--seed", "7")
    assert done.returncode == 0 and "(identical)" in done.stdout, done.stderr


def test_ranks_and_kernels_make_the_same_fires(program, patchy):
    path = experiment(program, LANDSCAPE, more="model: {wind_directionality: 0.02}\nweather: {wind_direction: 300}")
    run(program, path, "-o", "one.h5")
    run(program, path, "-o", "three.h5", ranks=3)
    run(program, path, "-o", "dense.h5", "--kernel", "dense")
    for other in ("three.h5", "dense.h5"):
        assert program("diff", "one.h5", other).returncode == 0


def test_a_changed_raster_is_another_experiment(program, patchy):
    path = experiment(program, LANDSCAPE)
    run(program, path)
    patchy[10, 10] = 2
    write_raster(program, "fuel.asc", patchy)
    done = program("run", path)
    assert done.returncode == 5 and "landscape.fuel.sha256" in done.stderr
    assert "landscape.fuel.file" not in done.stderr


def test_a_moved_raster_is_the_same_experiment(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    for kind in ("asc", "prj"):
        shutil.move(program.folder / f"fuel.{kind}", program.folder / f"moved.{kind}")
    done = program("run", experiment(program, LANDSCAPE.replace("fuel.asc", "moved.asc")))
    assert done.returncode == 0 and "160 runs (160 were there)" in done.stdout


def test_the_resolved_experiment_of_a_file_runs_again(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    with h5py.File(program.folder / "ground.h5") as file:
        resolved = file["provenance"].attrs["yaml_as_resolved"]
    program.write("again.yaml", resolved)
    run(program, "again.yaml", "-o", "again.h5")
    assert program("diff", "ground.h5", "again.h5").returncode == 0


def test_landscapes_are_an_axis(program, patchy):
    treated = np.where(patchy == 2, 9, patchy)
    write_raster(program, "treated.asc", treated)
    path = experiment(program, f"{{elevation: dem.asc, fuel_classes: {CLASSES}}}",
                      ignition="landscape: {today: {fuel: fuel.asc}, treated: {fuel: treated.asc}}\n  ignition_set: {centre: [[20, 15]]}")
    run(program, path)
    found = datasets(program.folder / "ground.h5")
    assert [name.decode() for name in found["landscape"]] == ["today", "treated"]
    assert found["burn_fraction"].shape == (2, 2, 1, 40)
    burns = np.isin(patchy, [1, 2]).sum()
    np.testing.assert_array_equal(found["burn_fraction"], found["burnt_cells"] / burns)  # of what burns in either
    assert (found["burn_count"][:, 1][..., treated == 9] == 0).all()
    assert found["fuel_code"].shape == (2, HEIGHT, WIDTH)
    done = program("verify", "ground.h5")
    assert done.returncode == 0, done.stdout


def test_no_alternative_shrinks_what_burn_fractions_are_of(program, patchy):
    for name, place in (("west", np.s_[:, :10]), ("east", np.s_[:, 30:])):
        treated = patchy.copy()
        treated[place] = np.where(treated[place] == -9999, -9999, 9)
        write_raster(program, f"{name}.asc", treated)
    path = experiment(program, f"{{fuel_classes: {CLASSES}}}",
                      ignition="landscape: {west: {fuel: west.asc}, east: {fuel: east.asc}}\n  ignition_set: {centre: [[20, 15]]}")
    run(program, path)
    found = datasets(program.folder / "ground.h5")
    with h5py.File(program.folder / "ground.h5") as file:
        assert file.attrs["burnable_cells"] == np.isin(patchy, [1, 2]).sum(), "each has what the other lacks"
        burns = file.attrs["burnable_cells"]
    np.testing.assert_array_equal(found["burn_fraction"], found["burnt_cells"] / burns)


def test_an_alternative_has_classes_and_a_density_of_its_own_and_the_rest_of_the_landscape(program, patchy):
    slow = CLASSES.replace("{name: grass}", "{name: grass, spread: 0.6, burn_steps: 2}")
    (program.folder / "slow.csv").write_text("code,name,spread,density,burnable,burn_steps\n"
                                             "1,grass,0.6,,yes,2\n2,forest,0.5,0.7,yes,1\n9,water,,,no,\n")
    alternatives = "landscape: {today: {fuel: fuel.asc}, slow: {fuel_classes: slow.csv}, thin: {vegetation_density: 0.5}}"
    path = experiment(program, LANDSCAPE, ignition=alternatives + "\n  ignition_set: {centre: [[20, 15]]}")
    run(program, path)
    together = datasets(program.folder / "ground.h5")
    for place, landscape in enumerate((LANDSCAPE, LANDSCAPE.replace(CLASSES, slow),
                                       LANDSCAPE.replace("{fuel:", "{vegetation_density: 0.5, fuel:"))):
        run(program, experiment(program, landscape, "alone.yaml", ignition="ignition_set: {centre: [[20, 15]]}"), "-o", f"{place}.h5")
        alone = datasets(program.folder / f"{place}.h5")
        for name in ("burnt_cells", "steps", "burn_count"):
            np.testing.assert_array_equal(together[name][:, place], alone[name], err_msg=f"{name} of {place}")
    assert program("verify", "ground.h5", "--sample", "all").returncode == 0
    with h5py.File(program.folder / "ground.h5") as file:
        program.write("again.yaml", file["provenance"].attrs["yaml_as_resolved"])
        assert set(file) >= {"paired", "paired_landscape"}
    run(program, "again.yaml", "-o", "again.h5")
    assert program("diff", "ground.h5", "again.h5").returncode == 0
    done = program("run", experiment(program, LANDSCAPE, ignition=alternatives.replace("0.5", "0.6")
                                     + "\n  ignition_set: {centre: [[20, 15]]}"))
    assert done.returncode == 5 and "matrix.landscape.thin.vegetation_density" in done.stderr
    assert "density 0.6" in program("validate", path).stdout


@pytest.mark.parametrize("alternatives, more, what", [
    ("{today: {}}", "", "says nothing"),
    ("{today: {fuel: fuel.asc}, thin: {vegetation_density: 2}}", "", "matrix.landscape.thin.vegetation_density"),
    ("{today: {fuel: fuel.asc}, thin: {vegetation_density: 0.4}}", "vegetation_density: [0.5, 0.6]\n  ", "swept in matrix as well"),
    ("{today: {fuel: fuel.asc}, odd: {fuel_classes: {1: {name: grass}}}}", "", "codes without a class")])
def test_an_alternative_that_makes_no_sense_is_refused(program, patchy, alternatives, more, what):
    path = experiment(program, LANDSCAPE, ignition=f"landscape: {alternatives}\n  {more}ignition_set: {{centre: [[20, 15]]}}")
    done = program("validate", path)
    assert done.returncode == 2 and what in done.stderr


def test_fires_start_at_places_on_the_map(program, patchy):
    place = [WEST + CELL * 20.2, SOUTH + CELL * (HEIGHT - 15.7)]
    run(program, experiment(program, LANDSCAPE, ignition=f"ignition_set: {{town: {{at: [{place}]}}}}"), "-o", "at.h5")
    run(program, experiment(program, LANDSCAPE, ignition="ignition_set: {town: [[20, 15]]}"), "-o", "cell.h5")
    np.testing.assert_array_equal(datasets(program.folder / "at.h5")["burnt_cells"], datasets(program.folder / "cell.h5")["burnt_cells"])


def test_maps_overlay_the_rasters(program, patchy):
    gdalinfo = shutil.which("gdalinfo")
    if gdalinfo is None:
        pytest.skip("gdalinfo is not installed")
    run(program, experiment(program, LANDSCAPE))
    assert program("export", "ground.h5", "--geotiff", "--grid", "--netcdf", "ground.nc", "-o", "maps").returncode == 0
    for path in ("maps/burn_probability_severe_centre.tif", "maps/burn_probability_severe_centre.asc", "NETCDF:ground.nc:burn_probability"):
        told = json.loads(subprocess.run([gdalinfo, "-json", path], cwd=program.folder, capture_output=True, text=True).stdout)
        assert told["geoTransform"] == [WEST, CELL, 0.0, SOUTH + CELL * HEIGHT, 0.0, -CELL], path
        assert "MGA" in told["coordinateSystem"]["wkt"], path
        assert told["bands"][0]["noDataValue"] in ("NaN", -9999.0), path


def pictures(program, landscape, more=""):
    """The picture of the map of severe, and the animation of one of its fires."""
    run(program, experiment(program, landscape, more=more), "--fresh")
    assert program("export", "ground.h5", "--maps", "-o", "maps").returncode == 0
    assert program("replay", "ground.h5", "--danger-level", "severe", "--ignition-set", "centre", "--seed", 2, "--no-states",
                   "--gif", "fire.gif").returncode == 0
    return (Image.open(program.folder / "maps/burn_probability_severe_centre.png"), Image.open(program.folder / "fire.gif"))


def colours(image):
    return {tuple(colour) for colour in np.asarray(image.convert("RGB")).reshape(-1, 3)}


def test_pictures_show_the_ground(program, patchy):
    plain_map, plain_fire = pictures(program, f"{{width: {WIDTH}, height: {HEIGHT}}}")
    placed_map, placed_fire = pictures(program, f"{{width: {WIDTH}, height: {HEIGHT}, cell_size: 25 m}}")
    hilly_map, hilly_fire = pictures(program, LANDSCAPE)
    assert len(colours(plain_fire)) <= 6 < len(colours(placed_fire)) < len(colours(hilly_fire))
    assert hilly_map.size == placed_map.size and hilly_fire.size == placed_fire.size
    assert placed_fire.height > plain_fire.height
    shared = plain_map.height - 16  # below are a scale bar and arrows
    np.testing.assert_array_equal(np.asarray(plain_map)[:shared], np.asarray(placed_map)[:shared])
    assert placed_map.height > plain_map.height and (np.asarray(placed_map)[shared:] > 0).any()


def test_every_landscape_has_its_own_relief(program, patchy):
    write_raster(program, "west.asc", np.tile(np.arange(WIDTH)[::-1] * 4, (HEIGHT, 1)))  # rises westwards
    path = experiment(program, f"{{fuel: fuel.asc, fuel_classes: {CLASSES}}}",
                      ignition="landscape: {east: {elevation: dem.asc}, west: {elevation: west.asc}}\n  ignition_set: {centre: [[20, 15]]}")
    run(program, path)
    assert program("export", "ground.h5", "--maps", "-o", "maps").returncode == 0
    river = []
    for name in ("east", "west"):
        image = Image.open(program.folder / f"maps/burn_probability_severe_landscape-{name}_centre.png").convert("L")
        river.append(image.getpixel((16 + 12 * 20, 48 + 12 * 20 + 5)))
    assert river[0] > river[1] + 20  # what rises eastwards faces the sun


def test_missing_land_is_plain_in_pictures_and_unburnable_land_has_a_colour_of_its_own(program, patchy):
    hilly_map, hilly_fire = pictures(program, LANDSCAPE)
    side = 12  # pixels of a cell in a map of 40 x 30 cells, which begins at 16, 48
    unmapped = np.asarray(hilly_map.convert("RGB"))[48:48 + 6 * side, 16:16 + 8 * side]
    assert len(np.unique(unmapped.reshape(-1, 3), axis=0)) == 1
    first = np.asarray(hilly_fire.convert("RGB"))
    side = 768 // WIDTH
    river, corner, land = (first[row * side + 5, column * side + 5] for row, column in ((20, 10), (2, 2), (12, 10)))
    assert river[2] > river[0]  # blue
    assert len(set(corner)) == 1 and tuple(corner) != tuple(land)


def test_the_wind_has_an_arrow_where_it_turns_fires(program, patchy):
    still, _ = pictures(program, LANDSCAPE)
    windy, _ = pictures(program, LANDSCAPE, "weather: {wind_direction: 315}\nmodel: {wind_directionality: 0.02}")
    foot = 48 + 12 * HEIGHT + 4
    inked = [(np.asarray(image.convert("L"))[foot:] < 100).sum() for image in (still, windy)]
    assert inked[1] > 1.5 * inked[0]


def test_show_takes_a_place_on_the_map(program, patchy):
    run(program, experiment(program, LANDSCAPE))
    by_cell = program("show", "ground.h5", "--cell", "20,15").stdout
    assert "the cell at x 20, y 15 (easting 440512.5, northing 5980362.5)" in by_cell
    assert program("show", "ground.h5", "--at", "440500,5980374.9").stdout == by_cell
    told = json.loads(program("show", "ground.h5", "--at", "440524.9,5980350.1", "--json").stdout)["scenarios"][0]["cell"]
    assert (told["x"], told["y"], told["easting"], told["northing"]) == (20, 15, 440512.5, 5980362.5)


@pytest.mark.parametrize("place, complaint", [
    ("440000", "--at 440000: this is not a place, e.g. 374000,5843000"),
    ("440000,x", "--at 440000,x: this is not a place"),
    ("439999,5980010", "--at 439999,5980010: the landscape has eastings from 440000 to 441000 and northings from 5980000 to 5980750"),
    ("440010,5980740", "--at 440010,5980740: there is no land; a raster of the landscape has no data at x 0, y 0"),
])
def test_a_place_off_the_land_is_refused(program, patchy, place, complaint):
    run(program, experiment(program, LANDSCAPE))
    done = program("show", "ground.h5", "--at", place)
    assert done.returncode == 2 and complaint in done.stderr, done.stderr


def test_a_place_needs_ground(program, small):
    run(program, small)
    done = program("show", "small.h5", "--at", "1,2")
    assert done.returncode == 2 and "does not say where its landscape lies; ask for a cell with --cell X,Y" in done.stderr
    assert "choose one" in program("show", "small.h5", "--at", "1,2", "--cell", "1,2").stderr
    assert "burnable" not in program("show", "small.h5").stdout


def test_show_says_what_a_percent_and_a_step_are(program, patchy):
    run(program, experiment(program, LANDSCAPE, more="model: {step_length: 5 min}"))
    burnable = int(np.isin(patchy, (1, 2)).sum())
    area = burnable * 0.0625
    text = program("show", "ground.h5").stdout
    assert f"{burnable // 1000} {burnable % 1000:03} burnable cells, {area:.0f} ha: 1 % is {area / 100:.2g} ha; a step takes 5 min 0 s" in text
    assert "1 % is" not in program("show", "ground.h5", "--metric", "steps").stdout


# Of a landscape -> what standard error must hold.
REFUSED = {
    "{fuel: fuel.asc}": "landscape.fuel_classes is missing (what are the codes 1 (",
    "{fuel: fuel.asc, fuel_classes: {1: {name: grass}, 2: {name: forest}}}":
        "fuel.asc: has codes without a class: 9 (80 cells); add them to landscape.fuel_classes, or set "
        "landscape.other_codes: nonburnable",
    "{fuel: fuel.asc, fuel_classes: {1: {spread: -1}}}": "landscape.fuel_classes.1.spread must be a number from 0 to",
    "{fuel: fuel.asc, fuel_classes: {grass: {}}}": "a key of landscape.fuel_classes must be a whole number",
    f"{{fuel: fuel.asc, width: 41, fuel_classes: {CLASSES}}}": "landscape.width is 41, but the rasters have 40; remove it",
    f"{{fuel: fuel.asc, cell_size: 25 m, fuel_classes: {CLASSES}}}": "landscape.cell_size comes from the rasters; remove it",
    "{fuel: absent.asc, fuel_classes: anderson_13}": "absent.asc",
    "{fuel: fuel.asc, fuel_classes: absent.csv}": "ground.yaml:2:29: absent.csv: cannot be read",
    "{elevation: dem.asc, fuel_classes: anderson_13}": "landscape.fuel_classes without a fuel raster say nothing",
    f"{{fuel: {{file: fuel.asc, sha256: '0'}}, fuel_classes: {CLASSES}}}": "is another file than the one that is asked for",
    "{fuel: fuel.asc, fuel_classes: {1: {burnable: false}, 2: {burnable: false}, 9: {burnable: false}}}":
        "nothing of the landscape can burn",
    "{crs: 'EPSG:28355'}": "landscape.crs needs landscape.cell_size, e.g. 25 m",
    "{cell_size: 25 m, crs: 'EPSG:4326'}": "has no cells of one size in metres",
    "{cell_size: 25 m, crs: nonsense}": "'nonsense' is no coordinate system",
    "{other_codes: error}": "landscape.other_codes without rasters says nothing",
}


@pytest.mark.parametrize("landscape", REFUSED)
def test_what_makes_no_sense_is_refused_with_its_remedy(program, patchy, landscape):
    before = program.files()
    path = experiment(program, landscape)
    done = program("run", path)
    assert done.returncode == 2 and REFUSED[landscape] in done.stderr, done.stderr
    assert program.files() == sorted({*before, path})


@pytest.mark.parametrize("ignition, complaint", [
    ("ignition_set: {town: [[2, 2]]}", "ignition point [2, 2] of 'town' lies where the rasters have no data"),
    ("ignition_set: {town: {at: [[1, 2]]}}", "ignition point [1, 2] of 'town' lies outside the landscape (easting 440000 to 441000"),
    ("ignition_set: {town: {random: 5000}}", "that can burn"),
])
def test_points_off_the_land_are_refused(program, patchy, ignition, complaint):
    done = program("validate", experiment(program, LANDSCAPE, ignition=ignition))
    assert done.returncode == 2 and complaint in done.stderr, done.stderr


def test_what_was_read_is_said_back(program, patchy):
    path = experiment(program, LANDSCAPE, more="model: {wind_directionality: 0.02}\nweather: {wind_direction: 300}")
    for command in ("validate", "plan"):
        done = program(command, path)
        assert done.returncode == 0, done.stderr
        for words in ("40 x 30 cells of 25 x 25 m", "MGA", "degrees", "burns", "0 to 156 m", "water (does not burn)",
                      "from 300 drives fires towards 120"):
            assert words in done.stdout, (command, words)


@pytest.mark.parametrize("command", ["validate", "plan", "run"])
def test_ground_too_steep_for_the_rule_is_refused_before_anything_is_made(program, patchy, command):
    write_raster(program, "dem.asc", np.tile(np.arange(WIDTH) ** 2, (HEIGHT, 1)))
    path = experiment(program, LANDSCAPE, more="model: {slope_coefficient: 0.2}")
    before = program.files()
    done = program(command, path)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    for words in ("severe, centre: wind and slope would multiply the spread from all sides by 2.", "may by less than 256; "
                  "lower slope_coefficient (up to 0.077 is always possible)", "(4 scenarios are like this)"):
        assert words in done.stderr, done.stderr
    assert program.files() == before


def test_cells_that_only_one_raster_has_are_counted(program, patchy):
    heights = np.tile(np.arange(WIDTH) * 4, (HEIGHT, 1))
    heights[-1, -3:] = -9999
    write_raster(program, "dem.asc", heights)
    done = program("validate", experiment(program, LANDSCAPE))
    assert done.returncode == 0
    assert "48 cells with elevation but no fuel: no land" in done.stdout
    assert "3 cells with fuel but no elevation: no land" in done.stdout
    assert "dem.asc: warning: has no elevation for 3 cells that have a fuel, and so no land there" in done.stderr


def test_a_uniform_landscape_may_have_a_place(program):
    path = experiment(program, "{width: 40, height: 30, cell_size: 25 m, corner: [440000, 5980000], crs: 'EPSG:28355'}",
                      more="model: {step_length: 5 min}")
    run(program, path)
    found = datasets(program.folder / "ground.h5")
    assert found["x"][0] == WEST + CELL / 2 and found["minutes"][3] == 15.0
    np.testing.assert_array_equal(found["burnt_area"], found["burnt_cells"] * 0.0625)
    assert program("verify", "ground.h5").returncode == 0


def test_the_library_that_reads_rasters_says_nothing_of_its_own(program):
    tiff = (VALLEY / "fuel.tif").read_bytes()
    texts_of_the_crs, unknown = (struct.pack("<HH", tag, 2) for tag in (34737, 65000))
    assert tiff.count(texts_of_the_crs) == 1
    (program.folder / "fuel.tif").write_bytes(tiff.replace(texts_of_the_crs, unknown))
    program.write("fuel.yaml", f"landscape: {{fuel: fuel.tif, fuel_classes: {VALLEY / 'fuels.csv'}}}\nmatrix: {{danger_level: [low]}}\n")
    done = program("validate", "fuel.yaml")
    assert "ERROR" not in done.stderr and "Warning" not in done.stderr, done.stderr
