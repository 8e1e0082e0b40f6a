"""Valid input of every kind, small, and the command lines that read it."""

import gzip
import pathlib
import shutil

SOURCES = pathlib.Path(__file__).parents[2]
WIDTH, HEIGHT, CELL, WEST, SOUTH = 12, 10, 25, 440000, 5980000
MGA_55 = ('PROJCS["GDA_1994_MGA_Zone_55",GEOGCS["GCS_GDA_1994",DATUM["D_GDA_1994",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
          'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
          'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",147.0],'
          'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')


def grid(value):
    """An ESRI ASCII grid of value(x, y)."""
    rows = [" ".join(str(value(x, y)) for x in range(WIDTH)) for y in range(HEIGHT)]
    return (f"ncols {WIDTH}\nnrows {HEIGHT}\nxllcorner {WEST}\nyllcorner {SOUTH}\ncellsize {CELL}\nNODATA_value -9999\n" + "\n".join(rows) + "\n")


RASTERS = {"fuel.asc": grid(lambda x, y: -9999 if x + y < 3 else 9 if y == 7 else 1 + (x > 7)), "dem.asc": grid(lambda x, y: 4 * x + y),
           "density.asc": grid(lambda x, y: x * y % 5), "houses.asc": grid(lambda x, y: int(x > 8 and y < 4) * 2), "burnt.asc": grid(lambda x, y: int(x > 5)),
           "fuel.prj": MGA_55, "dem.prj": MGA_55, "density.prj": MGA_55, "houses.prj": MGA_55, "burnt.prj": MGA_55}
SQUARE = f"[[[{WEST + 60},{SOUTH + 60}],[{WEST + 200},{SOUTH + 60}],[{WEST + 200},{SOUTH + 160}],[{WEST + 60},{SOUTH + 60}]]]"
POLYGONS = {"perimeter.geojson": '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28355"}},"features":'
            f'[{{"type":"Feature","properties":{{"name":"a"}},"geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}}]}}'}
TABLES = {"fuels.csv": "code,name,spread,density,burnable,burn_steps\n1,grass,1,0.9,yes,1\n2,forest,0.5,0.7,yes,3\n9,water,,,no,\n",
          "cells.csv": "x,y\n6,5\n7,5\n", "places.csv": f"easting,northing,note\n{WEST + 130},{SOUTH + 120},a\n{WEST + 180},{SOUTH + 90},b\n",
          "cases.csv": "wind_speed [km/h],humidity [%]\n20,30\n40,20\n60,10\n70,8\n80,5\n"}
STATIONS = {"own.csv": "time,temperature (degC),humidity (%),wind_speed (km/h),wind_from,drought_factor\n2019-12-30T15:00,42,9,65,330,9\n2019-12-30T15:30,40,12,50,N,9\n"
            "2019-12-30T16:00,30,30,calm,,9\n2019-12-30T16:30,28,40,20,SW,\n",
            "bom.csv": '"Daily Weather Observations for Somewhere for December 2019"\n"The "official" site has another name."\n\n'
            ',"Date","Minimum temperature (°C)","Rainfall (mm)","Direction of maximum wind gust ","Speed of maximum wind gust (km/h)",'
            '"9am Temperature (°C)","9am relative humidity (%)","9am wind direction","9am wind speed (km/h)",'
            '"3pm Temperature (°C)","3pm relative humidity (%)","3pm wind direction","3pm wind speed (km/h)"\n'
            ",2019-12-1,12.0,0,NNW,70,20.0,40,N,11,36.5,17,NW,43\n,2019-12-2,15.0,0,,,22.0,60, ,Calm,30.0,20,N,30\n",
            "synoptic.csv": "# STATION: XXXX1\n# STATION NAME: SOMEWHERE\n"
            "Station_ID,Date_Time,air_temp_set_1,relative_humidity_set_1,wind_speed_set_1,wind_direction_set_1,wind_gust_set_1\n,,Celsius,%,m/s,Degrees,m/s\n"
            "XXXX1,2019-12-30T15:00:00Z,35.0,12.0,9.0,330.0,14.0\nXXXX1,2019-12-30T16:00:00Z,36.0,11.0,10.0,340.0,\n",
            "raws.wxs": "RAWS_UNITS: Metric\nRAWS_ELEVATION: 792\nRAWS: 2\n2019 12 30 1500 36 12 0.00 30 330 0\n2019 12 30 1600 37 10 0.00 33 335 10\n"}

GROUND = "landscape: {fuel: fuel.asc, elevation: dem.asc, fuel_classes: fuels.csv, missing: nonburnable}\n"
EVERYTHING = ("outputs: {arrival: true, cell_counts: true, run_curves: true, paired_maps: true, thresholds: [0.01, 0.2], quantiles: [0.5, 0.9], "
              "compare: [danger_level, ignition_set]}\n")
EXPERIMENTS = {
    "plain.yaml": "name: plain\nlandscape: {width: 12, height: 10, cell_size: 25 m, corner: [440000, 5980000], crs: 'EPSG:28355'}\nmatrix:\n"
                  "  danger_level: [low, severe, catastrophic]\n  ignition_set: {centre: [[6, 5]], box: {box: [1, 1, 4, 4], random: 2}, lightning: {random: 3}}\n"
                  "  seed: {first: 1, count: 12}\nexclude: [{danger_level: low, ignition_set: box}]\non_bare_ground: skip\nmax_failed: 0.9\n" + EVERYTHING,
    "ground.yaml": "name: ground\n" + GROUND + "model: {wind_directionality: 0.015, slope_coefficient: 0.069, step_length: 5 min}\nweather: {wind_direction: 315}\n"
                   "matrix:\n  danger_level: [severe, catastrophic]\n  landscape: {today: {vegetation_density: 0.9}, bare: {vegetation_density: 0.5}}\n"
                   "  ignition_set: {density: {raster: density.asc, random: 1}, table: {points: places.csv}}\n  seed: {first: 1, count: 10}\non_bare_ground: nearest\n"
                   "assets:\n  houses: {raster: houses.asc, unit: houses}\n  park: {polygon: perimeter.geojson}\n  hut: {at: [[440130, 5980120]]}\n"
                   "outputs: {arrival: true, asset_thresholds: {houses: [1, 5]}}\nseason:\n  days_per_year: {severe: 10, catastrophic: 1}\n  fires_per_day: 0.02\n"
                   "  share: {ignition_set: {density: 0.7, table: 0.3}}\n  return_periods: [10, 50]\n",
    "design.yaml": "name: design\nlandscape: {width: 12, height: 10}\ndesign:\n  method: sobol\n  samples: 4\n  seed: 2\n  parameters:\n    wind_speed: [20, 80]\n"
                   "    humidity: {normal: {mean: 20, sd: 8}, within: [5, 60]}\n    temperature: {triangular: [25, 33, 46]}\n"
                   "    fuel_scale: {lognormal: {median: 1, sigma: 0.25}, within: [0.4, 2.5]}\nmatrix: {seed: {first: 1, count: 5}}\non_bare_ground: force\n",
    "cases.yaml": "name: cases\nlandscape: {width: 12, height: 10}\nweather: {temperature: 30}\ndesign: {file: cases.csv}\n"
                  "matrix: {ignition_set: {table: {points: cells.csv}}, seed: {count: 5}}\non_bare_ground: force\n",
    "until.yaml": "name: until\nlandscape: {width: 12, height: 10}\nmatrix:\n  danger_level: [high, extreme]\n  ignition_set: {line: {line: [[0, 5], [11, 7]], random: 1}}\n"
                  "  seed: {first: 1, count: 20, until: [{exceedance: 0.1, half_width: 0.1}, {mean: burn_fraction, relative_half_width: 0.5}], most: 80}\non_bare_ground: force\n",
    "change.yaml": "name: change\nlandscape: {width: 12, height: 10, cell_size: 50 m}\nmodel:\n  step_length: 2 min\n  wind_directionality: 0.02\n"
                   "  spotting: {rate: 0.02, distance: {median: 100 m, sigma: 0.6}, spread_angle: 10, ignition: 0.3}\nmatrix:\n  weather:\n"
                   "    northerly: {wind_speed: 60, wind_direction: 330, humidity: 9, temperature: 41, known_until: 40}\n"
                   "    front: {wind_speed: 60, wind_direction: 330, humidity: 9, temperature: 41, changes: [{after: 20 min, wind_direction: 225, humidity: 30}]}\n"
                   "    station: {series: own.csv, from: '2019-12-30T15:00'}\n  vegetation_density: {from: 0.6, to: 0.9, count: 2}\n  seed: [3, 5, 8, 13]\non_bare_ground: force\n",
    "days.yaml": "name: days\nlandscape: {width: 12, height: 10}\nmatrix:\n  weather: bom.csv\n  change_step: [5, 9]\nweather: {changes: [{step: 4, wind_speed: 5}]}\n"
                 "model: {form: alexandridis, combination: independent}\nmax_steps: 50\non_failure: stop\n",
}
OF_THE_REPOSITORY = ["danger_levels", "season", "southerly_change", "treatments", "until_known", "valley", "valley_treated", "what_matters", "wind_humidity"]

READING = [["show", "{}"], ["show", "{}", "--json"], ["show", "{}", "--csv"], ["show", "{}", "--paired"], ["show", "{}", "--cell", "5,4"], ["status", "{}"],
           ["show", "{}", "--metric", "steps", "--threshold", "3", "--quantile", "0.8"], ["verify", "{}", "--sample", "3", "--pick", "1", "--threads", "1"],
           ["export", "{}", "-o", "out"], ["export", "{}", "-o", "out", "--netcdf", "out/maps.nc", "--geotiff", "--grid"], ["diff", "{}", "{valid}"],
           ["diff", "{valid}", "{}"], ["compare", "{}", "{valid}", "--json"], ["compare", "{valid}", "{}", "--csv"], ["merge", "{}", "-o", "out/merged.h5"],
           ["plan", "{experiment}", "--results", "{}"]]
ALSO_READING = {
    "plain": [["replay", "{}", "--danger-level", "severe", "--ignition-set", "centre", "--seed", "2", "-o", "out/states.h5", "--gif", "out/fire.gif", "--threads", "1"],
              ["score", "{}", "--observed", "burnt.asc", "--scenario", "danger_level=severe"], ["show", "{}", "--at", "440130,5980120"],
              ["compare", "{}", "--between", "danger_level=low,severe", "--json"], ["show", "{}", "--paired", "ignition_set", "--json"],
              ["compare", "{}", "--between", "danger_level=severe,catastrophic", "--scenario", "ignition_set=centre", "--map", "out/difference.tif"]],
    "ground": [["show", "{}", "--assets", "houses,park,hut"], ["show", "{}", "--season"], ["show", "{}", "--season", "--assets", "houses", "--json"],
               ["show", "{}", "--season", "--paired", "landscape"], ["score", "{}", "--observed", "perimeter.geojson", "--json", "--figure", "out/score.png"],
               ["export", "{}", "-o", "out", "--geotiff", "--percent", "--maps"], ["compare", "{}", "--between", "landscape=today,bare"]],
    "design": [["show", "{}", "--json"]], "change": [["show", "{}", "--at", "1,2"]], "until": [], "cases": []}
RESULTS = ["plain", "ground", "design", "until", "change", "cases"]


def users_of(name):
    """The command lines that read a raster, polygons, a table or a station's file."""
    users = [["validate", experiment] for experiment, text in EXPERIMENTS.items() if name.replace(".prj", ".asc") in text]
    if name.startswith(("burnt", "perimeter")):
        users.append(["score", "ground.h5", "--observed", name.replace(".prj", ".asc")])
    if name in TABLES:
        users.append(["weather", name])
    if name in STATIONS:
        users += [["weather", name], ["weather", name, "--json", "--per", "reading"], ["weather", name, "--last", "2 h", "--gust"], ["weather", name, "--as-axis"],
                  ["weather", name, "--csv", "--drought-factor", "9"], ["weather", name, "--time-format", "%Y-%m-%dT%H:%M"], ["weather", name, "--interval", "10 min"],
                  ["weather", name, "--column", "wind_speed=temperature [knots]"], ["validate", "change.yaml"]]
    return users


class Corpus:
    """All of it, in a folder, where programs run."""

    def __init__(self, folder, ask):
        """`ask` gives a command line to a program of its own in that folder and raises unless it succeeds."""
        self.folder = folder
        for files in (RASTERS, POLYGONS, TABLES, STATIONS, EXPERIMENTS):
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
        shutil.copytree(SOURCES / "experiments" / "valley", folder / "valley")
        for name in OF_THE_REPOSITORY:
            shutil.copy(SOURCES / "experiments" / f"{name}.yaml", folder / f"the_{name}.yaml")
        (folder / "out").mkdir()
        for name in RESULTS:
            ask(["run", f"{name}.yaml", "-o", f"{name}.h5", "--quiet", "--threads", "1"])
        with gzip.open(SOURCES / "tests" / "data" / "format-1.h5.gz") as file:
            (folder / "old.h5").write_bytes(file.read())
        self.valid = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self.experiments = [*EXPERIMENTS, *(f"the_{name}.yaml" for name in OF_THE_REPOSITORY)]
        self.yamls = [self.valid[name].decode() for name in self.experiments]

    def restore(self, name):
        (self.folder / name).write_bytes(self.valid[name])

    def readers_of_results(self, name):
        stem = name.removesuffix(".h5")
        experiment = f"{stem}.yaml" if stem in RESULTS else "plain.yaml"
        lines = READING + ALSO_READING.get(stem, [])
        return [[word.format(name, valid=f"valid_{name}", experiment=experiment) if "{" in word else word for word in line] for line in lines]
