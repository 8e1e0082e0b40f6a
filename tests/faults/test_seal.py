"""The seal that published files end in: who reads them does not see it, and who damages them breaks it."""

import hashlib
import re
import subprocess

import h5py
import netCDF4
import numpy
import pytest
import xarray

from conftest import content_of, finished

SEAL_SIZE = 83


@pytest.fixture
def sealed(case, undisturbed):
    """A case with half its results."""
    case.results.write_bytes(undisturbed[0])
    return case


def is_sealed(path):
    return path.read_bytes()[-SEAL_SIZE:].startswith(b"\nfiresweep seal 1 ")


def test_anybody_can_check_the_seal(sealed):
    content = sealed.results.read_bytes()
    digest = hashlib.sha256(content[:-SEAL_SIZE]).hexdigest()
    assert content[-SEAL_SIZE:] == f"\nfiresweep seal 1 {digest}\n".encode()
    shell = subprocess.run(f'test "$(head -c -83 tiny.h5 | sha256sum | cut -c -64)" = "$(tail -c 65 tiny.h5)"',
                           shell=True, cwd=sealed.victim)
    assert shell.returncode == 0


def test_every_reader_opens_a_sealed_file_as_one_without(sealed, tmp_path):
    bare = tmp_path / "tiny.h5"
    bare.write_bytes(sealed.results.read_bytes()[:-SEAL_SIZE])
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(sealed.results, engine=engine) as one, xarray.open_dataset(bare, engine=engine) as other:
            assert one.identical(other)
    with netCDF4.Dataset(sealed.results) as one, h5py.File(bare) as other:
        assert numpy.array_equal(one["burn_fraction"][:].filled(numpy.nan), other["burn_fraction"][()], equal_nan=True)
    for tool in (["h5dump"], ["ncdump"], ["h5ls", "-rv"]):
        said = [subprocess.run([*tool, "tiny.h5"], cwd=folder, capture_output=True, check=True).stdout
                for folder in (sealed.victim, tmp_path)]
        one, other = (re.sub(rb"DATASET \d+ ", b"", text) for text in said)  # where h5dump itself holds it in memory
        assert one == other
    subprocess.run(["h5diff", sealed.results, bare], check=True)
    subprocess.run(["h5repack", sealed.results, tmp_path / "repacked.h5"], check=True)
    assert content_of(tmp_path / "repacked.h5") == content_of(sealed.results)
    assert is_sealed(sealed.results)


def touch(file):
    pass


def change_a_note(file):
    file.attrs["note"] = "seen"


def add_a_dataset(file):
    file["checked"] = numpy.arange(5)


@pytest.mark.parametrize("edit", [touch, change_a_note, add_a_dataset])
def test_an_edited_file_has_no_seal_and_is_gone_on_with(sealed, undisturbed, edit):
    with h5py.File(sealed.results, "r+") as file:
        edit(file)
    assert not is_sealed(sealed.results)
    code, errors = sealed.run()
    assert code == 0 and "damaged" not in errors  # what is not firesweep's is no part of the content
    assert content_of(sealed.results) == undisturbed[1]
    assert is_sealed(sealed.results)


def test_a_changed_number_is_noticed_although_the_seal_is_gone(sealed):
    with h5py.File(sealed.results, "r+") as file:
        file["steps"][0, 0, 0] += 1
    code, errors = sealed.run()
    assert code == 5
    assert "victim/tiny.h5" in errors and "damaged" in errors


def test_a_file_that_a_notebook_is_writing_is_not_touched(sealed):
    with h5py.File(sealed.results, "r+"):
        code, errors = sealed.run()
        assert code == 5
        assert "another program has it open for writing" in errors


def test_reading_a_file_in_a_notebook_disturbs_nobody(sealed, undisturbed):
    with h5py.File(sealed.results, "r") as file:
        assert sealed.run() == (0, "")
        assert file.attrs["runs_missing"] == 0 and file.attrs["runs_ok"] == 6  # what was opened stays as it was
    assert content_of(sealed.results) == undisturbed[1]


def test_no_damage_gets_past_the_program(sealed):
    """Bits flipped and ends cut: refused with exit code 5 by all that opens the file, and the file stays as it is."""
    good = sealed.results.read_bytes()
    step = len(good) // 12
    damaged = [good[:at] + bytes([good[at] ^ 4]) + good[at + 1:] for at in range(5, len(good), step)]
    damaged += [good[:length] for length in range(0, len(good), step)]
    for number, content in enumerate(damaged):
        sealed.results.write_bytes(content)
        for command in (["show"], ["status"], ["run", "tiny.yaml", "-o"]):
            done = sealed.command(*command, "victim/tiny.h5")
            code, errors = finished(done)
            assert code == 5, (number, command, errors)
            assert "victim/tiny.h5" in errors and len(errors.splitlines()) == 1
        assert sealed.results.read_bytes() == content


def test_without_a_seal_a_flipped_bit_in_any_dataset_is_noticed(sealed):
    """One in HDF5's own structures may crash or hang HDF5, which is what the seal is for."""
    bare = sealed.results.read_bytes()[:-SEAL_SIZE]
    with h5py.File(sealed.results) as file:
        numbers = [file[name].id for name in file if isinstance(file[name], h5py.Dataset) and file[name].dtype.kind != "O"]
        places = [dataset.get_offset() + dataset.get_storage_size() // 2 for dataset in numbers]
    assert len(places) > 20
    for at in places:
        sealed.results.write_bytes(bare[:at] + bytes([bare[at] ^ 1]) + bare[at + 1:])
        code, errors = sealed.run()
        assert code == 5, (at, errors)
        assert "victim/tiny.h5" in errors and "damaged" in errors
