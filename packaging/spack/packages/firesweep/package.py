"""firesweep for Spack, from a clone of it:

    spack repo add packaging/spack
    spack dev-build firesweep@main
"""

from spack.package import *


class Firesweep(CMakePackage):
    """Ensembles of bushfire simulations, from one YAML matrix to one HDF5 file."""

    maintainers = []

    version("main")

    variant("report", default=True, description="What `firesweep report` and the notebooks need of Python")

    generator("ninja")
    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("pkgconfig", type="build")

    depends_on("mpi")
    depends_on("hdf5@1.10: +hl ~mpi")   # one process writes
    depends_on("libdeflate@1.7:")
    depends_on("zlib-api")
    depends_on("gdal@3:")
    depends_on("openssl")
    depends_on("yaml-cpp@0.7:")
    depends_on("fmt@9:")
    depends_on("boost@1.74: +math")
    depends_on("cli11")
    depends_on("nlohmann-json")
    depends_on("giflib")
    depends_on("libpng")

    with when("+report"):
        depends_on("python@3.9:", type="run")
        for package in ("xarray", "h5netcdf", "h5py", "scipy", "dask", "matplotlib", "pillow"):
            depends_on("py-" + package, type="run")

    conflicts("%gcc@:11", msg="firesweep is written in C++20")
    conflicts("%clang@:13", msg="firesweep is written in C++20")

    def cmake_args(self):
        return [self.define("BUILD_TESTING", False)]
