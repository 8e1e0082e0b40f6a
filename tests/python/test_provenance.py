"""Where a file comes from and how the work went."""

import hashlib
import re

import h5py
import numpy as np
import xarray as xr


def test_provenance_names_what_was_built_and_what_was_run(path):
    with h5py.File(path, "r") as f:
        provenance = dict(f["provenance"].attrs)
    assert re.fullmatch(r"\d+\.\d+\.\d+", provenance["version"])
    assert re.fullmatch(r"[0-9a-f]{40}|unknown", provenance["git_commit"])
    assert provenance["git_dirty"] in ("yes", "no", "unknown")
    for name in ("compiler", "compiler_flags", "build_type", "mpi_standard", "hdf5_version", "yaml_cpp_version",
                 "fmt_version", "boost_version", "openssl_version"):
        assert provenance[name], name
    assert "run" in provenance["command_line"] and str(path) in provenance["command_line"]
    assert provenance["experiment_path"] == str(path.with_suffix(".yaml"))
    written = path.with_suffix(".yaml").read_bytes()
    assert provenance["yaml_sha256"] == hashlib.sha256(written).hexdigest()


def test_the_resolved_experiment_gives_the_same_content(firesweep, path):
    with h5py.File(path, "r") as f:
        resolved = f["provenance"].attrs["yaml_as_resolved"]
        content = f.attrs["content_sha256"]
    again = firesweep.run(path.stem + "-again", resolved)
    with h5py.File(again, "r") as f:
        assert f.attrs["content_sha256"] == content


def test_a_session_is_recorded(path):
    with xr.open_dataset(path, group="provenance/sessions") as sessions:
        assert sessions.sizes["session"] == 1
        session = sessions.isel(session=0)
        assert session.host.item()
        assert session.ranks == 1 and session.threads >= 1
        stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
        assert re.fullmatch(stamp, session.start.item()) and re.fullmatch(stamp, session.end.item())
        assert session.start.item() <= session.end.item()
        with h5py.File(path, "r") as f:
            assert session.runs == f.attrs["runs_total"]


def test_there_is_no_table_of_failures_where_no_run_failed(path):
    with h5py.File(path, "r") as f:
        assert "failures" not in f["provenance"]


def test_counters_are_those_of_the_runs(path):
    with xr.open_dataset(path) as d, xr.open_dataset(path, group="performance") as p:
        assert p.runs.sum() == d.attrs["runs_total"] == p.attrs["total_runs"]
        for name in ("steps", "burnt_cells", "ignitions", "ignitions_failed"):
            assert p[name].sum() == d[name].sum() == p.attrs[f"total_{name}"], name


def test_timings_are_consistent(path):
    with xr.open_dataset(path, group="performance") as p:
        assert list(p.phase.values) == ["compute", "wait", "merge", "statistics", "write"]
        compute = p.sel(phase="compute")
        assert compute.phase_count > 0 and compute.phase_seconds_total > 0
        for prefix in ("phase", "rank_phase"):
            total, mean = p[f"{prefix}_seconds_total"], p[f"{prefix}_seconds_mean"]
            np.testing.assert_allclose(total, mean * p[f"{prefix}_count"], rtol=1e-9)
            used = p[f"{prefix}_count"] > 0
            assert (p[f"{prefix}_seconds_min"] <= mean * (1 + 1e-12)).where(used, True).all()
            assert (mean <= p[f"{prefix}_seconds_max"] * (1 + 1e-12)).where(used, True).all()
        np.testing.assert_allclose(p.phase_seconds_total, p.rank_phase_seconds_total.sum("rank"))


def test_memory_and_rates_are_told(path):
    with xr.open_dataset(path, group="performance") as p:
        assert (p.peak_memory > 1_000_000).all()
        assert p.attrs["wall_seconds"] > 0
        np.testing.assert_allclose(p.attrs["runs_per_second"], p.attrs["total_runs"] / p.attrs["wall_seconds"])
        np.testing.assert_allclose(p.attrs["burnt_cells_per_second"],
                                   p.attrs["total_burnt_cells"] / p.attrs["wall_seconds"])
