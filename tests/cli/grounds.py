"""A landscape of rasters for tests: grass, forest in the east, a river across and a corner that nobody has mapped."""

import h5py
import numpy as np

HEIGHT, WIDTH = 30, 40
WEST, SOUTH, CELL = 440000.0, 5980000.0, 25.0
MGA_55 = ('PROJCS["GDA_1994_MGA_Zone_55",GEOGCS["GCS_GDA_1994",DATUM["D_GDA_1994",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
          'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
          'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",147.0],'
          'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')

CLASSES = "{1: {name: grass}, 2: {name: forest, spread: 0.5, density: 0.7}, 9: {name: water, burnable: false}}"
LANDSCAPE = f"{{fuel: fuel.asc, elevation: dem.asc, fuel_classes: {CLASSES}}}"


def write_raster(program, name, cells):
    head = (f"ncols {cells.shape[1]}\nnrows {cells.shape[0]}\nxllcorner {WEST}\nyllcorner {SOUTH}\ncellsize {CELL}\n"
            "NODATA_value -9999\n")
    program.write(name.replace(".asc", ".prj"), MGA_55)
    return program.write(name, head + "".join(" ".join(map(str, row)) + "\n" for row in cells))


def experiment(program, landscape, name="ground.yaml", more="", ignition="ignition_set: {centre: [[20, 15]], lightning: {random: 3}}"):
    return program.write(name, f"""\
name: ground
landscape: {landscape}
matrix:
  danger_level: [severe, catastrophic]
  {ignition}
  seed: {{count: 40}}
on_bare_ground: force
outputs: {{arrival: true, cell_counts: true}}
{more}
""")


def datasets(path):
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return {name: values for name, values in found.items() if not name.startswith(("provenance", "performance"))}


def run(program, *arguments, **options):
    done = program("run", *arguments, "--quiet", **options)
    assert done.returncode == 0, done.stderr
    return done


def write_patchy(program):
    """Writes fuel.asc and dem.asc, a slope that rises eastwards. Returns the codes of fuel."""
    fuel = np.ones((HEIGHT, WIDTH), int)
    fuel[:, 25:] = 2
    fuel[20, :] = fuel[21, :] = 9
    fuel[:6, :8] = -9999
    write_raster(program, "fuel.asc", fuel)
    write_raster(program, "dem.asc", np.tile(np.arange(WIDTH) * 4, (HEIGHT, 1)))
    return fuel
