"""Rasters that are not quite what is wanted, by GDAL."""

import numpy as np
from osgeo import gdal

import text_mutation

gdal.UseExceptions()

NUMBERS = [0, 1, -1, 0.5, 25, 1e-9, 1e9, 440000, 5980000, 2**31, -9999, 1e38, 1e300, float("nan"), float("inf"), -1e300]
CODES = [0, 1, 2, 9, 255, -9999, 32767, -32768, 0.5, 2**31, 1e10, float("nan"), float("inf"), -1e30]
TYPES = [gdal.GDT_Byte, gdal.GDT_Int16, gdal.GDT_UInt16, gdal.GDT_Int32, gdal.GDT_UInt32, gdal.GDT_Float32, gdal.GDT_Float64, gdal.GDT_CFloat32, gdal.GDT_CInt16]
SYSTEMS = ["", "EPSG:28355", "EPSG:4326", "EPSG:3857", "EPSG:5070", "EPSG:2193", "EPSG:3031", "EPSG:2277", 'LOCAL_CS["site",UNIT["metre",1]]',
           "+proj=ortho +lat_0=50", "+proj=tmerc +k=0 +units=m", "+proj=utm +zone=55 +south +units=us-ft", "+proj=geocent", "+proj=lcc +lat_1=30 +lat_2=60"]
OPTIONS = [[], [], ["TILED=YES"], ["COMPRESS=DEFLATE"], ["COMPRESS=LZW", "PREDICTOR=2"], ["SPARSE_OK=TRUE"], ["INTERLEAVE=BAND"], ["PROFILE=BASELINE"]]


def write_broken(dice, path):
    """A GeoTIFF in the place of a grid, under the same name, with one to four things that differ."""
    source = gdal.Open(str(path))
    cells, transform, system = source.ReadAsArray().astype(float), list(source.GetGeoTransform()), source.GetProjection()
    nodata = source.GetRasterBand(1).GetNoDataValue()
    source = None
    dtype, bands, names, options, scale, unit = gdal.GDT_Float32, 1, [], dice.choice(OPTIONS), None, None
    for _ in range(dice.choice([1, 1, 2, 4])):
        kind = dice.choice(["cell", "cell", "cells", "transform", "transform", "system", "size", "type", "nodata", "bands", "scale", "unit", "mask"])
        if kind == "cell":
            cells[dice.randrange(cells.shape[0]), dice.randrange(cells.shape[1])] = dice.choice(CODES)
        elif kind == "cells":
            cells[:] = dice.choice(CODES)
        elif kind == "transform":
            transform[dice.randrange(6)] = dice.choice(NUMBERS)
        elif kind == "system":
            system = dice.choice(SYSTEMS)
        elif kind == "size":
            cells = np.resize(cells, dice.choice([(1, 1), (1, 12), (10, 13), (9, 12), (12, 10), (300, 2)]))
        elif kind == "type":
            dtype = dice.choice(TYPES)
        elif kind == "nodata":
            nodata = dice.choice([None, *CODES])
        elif kind == "bands":
            bands, names = dice.choice([2, 3, 9]), [dice.choice(["fuel", "elevation", "Fuel model", text_mutation.some_text(dice)[:500]]) for _ in range(9)]
        elif kind == "scale":
            scale = (dice.choice(NUMBERS), dice.choice(NUMBERS))
        elif kind == "unit":
            unit = dice.choice(["m", "ft", "feet", "degree", "parsec", ""])
    path.unlink()
    try:
        driver = gdal.GetDriverByName("GTiff")
        file = driver.Create(str(path), cells.shape[1], cells.shape[0], bands, dtype, options)
        file.SetGeoTransform(transform)
        set_system(file, system)
        for number in range(1, bands + 1):
            fill(file.GetRasterBand(number), cells, nodata, names[number - 1:number], scale, unit)
        file = None
    except (RuntimeError, ValueError, TypeError, OverflowError):
        file = None
        if not path.exists():
            path.write_bytes(b"")


def set_system(file, system):
    from osgeo import osr
    osr.UseExceptions()
    reference = osr.SpatialReference()
    if system:
        reference.SetFromUserInput(system)
        file.SetProjection(reference.ExportToWkt())


def fill(band, cells, nodata, name, scale, unit):
    if name:
        band.SetDescription(name[0].replace("\0", ""))
    if nodata is not None:
        band.SetNoDataValue(nodata)
    if scale:
        band.SetScale(scale[0])
        band.SetOffset(scale[1])
    if unit is not None:
        band.SetUnitType(unit)
    band.WriteArray(cells)
