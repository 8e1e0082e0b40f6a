"""What `firesweep diff` says of two results files."""

import re
import shutil

import h5py
import pytest

from forgery import change_element


@pytest.fixture
def whole(program, small):
    assert program("run", small, "--quiet", "-o", "whole.h5").returncode == 0
    return "whole.h5"


def test_the_same_content_is_no_difference_whatever_made_it(program, small, whole):
    assert program("run", small, "--quiet", "--kernel", "dense", "-o", "again.h5", ranks=2).returncode == 0
    done = program("diff", whole, "again.h5")
    assert done.returncode == 0
    assert done.stdout.startswith("the same content (")


def test_a_run_that_differs_is_named_with_both_values(program, small, whole):
    program("run", small, "--quiet", "-o", "other.h5")
    change_element(program.folder / "other.h5", "ignitions", (1, 1, 8), 2)
    done = program("diff", whole, "other.h5")
    assert done.returncode == 1
    assert "experiment: the same" in done.stdout
    assert "runs: 240 in both, 1 of them different; 0 only in whole.h5, 0 only in other.h5" in done.stdout
    with h5py.File(program.folder / whole) as file:
        ignitions = file["ignitions"][1, 1, 8]
    assert f"  severe, lightning, seed 9: ignitions {ignitions} and {ignitions + 2}" in done.stdout


def test_keys_and_statistics_that_differ_stand_side_by_side(program, small, whole):
    program("run", small, "--quiet", "-o", "sparse.h5", "--set", "landscape.vegetation_density=0.5",
            "--set", "outputs.thresholds=[0.2]")
    done = program("diff", whole, "sparse.h5")
    assert done.returncode == 1
    assert "experiment: 2 keys differ" in done.stdout
    assert re.search(r"landscape\.vegetation_density +0\.85 +0\.5$", done.stdout, re.M)
    assert re.search(r"outputs\.thresholds +\[0\.01, 0\.1, 0\.5\] +\[0\.2\]$", done.stdout, re.M)
    with h5py.File(program.folder / whole) as file:
        mean = file["burn_fraction"][2, 0].mean()
    with h5py.File(program.folder / "sparse.h5") as file:
        sparse = file["burn_fraction"][2, 0].mean()
    row, below = re.search(r"^(catastrophic +centre +whole\.h5.*)\n(.*)$", done.stdout, re.M).groups()
    assert f"{100 * mean:.1f} %" in row
    assert f"{100 * sparse:.3g} %" in below


def test_runs_of_only_one_file_are_counted(program, small, whole):
    program("run", small, "--quiet", "-o", "more.h5", "--set", "matrix.seed={first: 3, count: 43}",
            "--set", "matrix.danger_level=[severe, low, extreme, catastrophic]")
    done = program("diff", whole, "more.h5")
    assert done.returncode == 1
    only_in_more = 2 * 4 * 43 - 6 * 38
    assert (f"runs: 228 in both, 0 of them different; 12 only in whole.h5, {only_in_more} only in more.h5"
            in done.stdout)
    assert re.search(r"matrix\.seed +1, 2 +left out$", done.stdout, re.M)
    assert re.search(r"matrix\.danger_level +left out +extreme$", done.stdout, re.M)


def test_a_shard_lacks_runs_of_the_whole(program, small, whole):
    program("run", small, "--quiet", "--shard", "1/4")
    text = program("diff", "small.shard-1-of-4.h5", whole).stdout
    in_both, only_in_whole = map(int, re.search(r"runs: (\d+) in both, 0 of .* (\d+) only in whole", text).groups())
    assert in_both + only_in_whole == 240


def test_another_order_of_the_matrix_is_told(program, small, whole):
    program("run", small, "--quiet", "-o", "turned.h5", "--set", "matrix.danger_level=[catastrophic, low, severe]")
    done = program("diff", whole, "turned.h5")
    assert done.returncode == 1
    assert "runs: 240 in both, 0 of them different; 0 only in" in done.stdout
    assert "the matrix is in another order" in done.stdout


def test_other_axes_have_no_run_in_common(program, small, whole):
    program("run", small, "--quiet", "-o", "windy.h5", "--set", "matrix.wind_speed=[20, 40]")
    done = program("diff", whole, "windy.h5")
    assert done.returncode == 1
    assert "runs: 0 in both, 0 of them different; 240 only in whole.h5, 480 only in windy.h5" in done.stdout


def test_failures_differ_from_runs_that_went_well(program, small, whole):
    program("run", small, "--quiet", "-o", "failed.h5", environment={"FIRESWEEP_FAIL_SEEDS": "4"})
    done = program("diff", whole, "failed.h5")
    assert done.returncode == 1
    assert "240 in both, 6 of them different" in done.stdout
    assert "low, centre, seed 4: status ok and failed" in done.stdout


@pytest.mark.parametrize("arguments", [("whole.h5",), ("whole.h5", "none.h5"),
                                       ("whole.h5", "whole.h5", "--threshold", "1")])
def test_bad_input_is_said_to_be_so(program, whole, arguments):
    assert program("diff", *arguments).returncode == 2


def test_output_that_is_lost_is_no_difference(program, whole):
    with open("/dev/full", "w") as full:
        assert program.start("diff", whole, whole, stdout=full).wait(60) == 74


def test_a_damaged_file_is_not_compared(program, small, whole):
    path = program.folder / "cut.h5"
    path.write_bytes((program.folder / whole).read_bytes()[:-1000])
    assert program("diff", whole, "cut.h5").returncode == 5


def test_each_file_has_its_own_landscape(program, small, whole):
    program.write("smaller.yaml", small_with(program, "landscape: {width: 40, height: 30}", "landscape: {width: 20, height: 15}"))
    assert program("run", "smaller.yaml", "-o", "smaller.h5", "--quiet").returncode == 0
    text = program("diff", "whole.h5", "smaller.h5").stdout
    shares = [float(share) for share in re.findall(r"([\d.]+) %", text)]
    assert shares and max(shares) <= 100


def small_with(program, old, new):
    text = (program.folder / "small.yaml").read_text()
    assert old in text
    return text.replace(old, new).replace("[[20, 15]]", "[[10, 7]]")


@pytest.mark.parametrize("change, code, said", [(1e-15, 0, "up to last bits"), (1e-3, 1, "burn_fraction_mean differs by 0.001")])
def test_last_bits_of_estimates_are_told_from_differences(program, small, whole, change, code, said):
    shutil.copy(program.folder / "whole.h5", program.folder / "other.h5")
    change_element(program.folder / "other.h5", "burn_fraction_mean", (2, 0), change)
    done = program("diff", "whole.h5", "other.h5")
    assert done.returncode == code and "the same content" in done.stdout and said in done.stdout
    assert "has no seal" in done.stderr


def test_an_experiment_changed_in_the_provenance_is_noticed(program, small, whole):
    with h5py.File(program.folder / "whole.h5", "r+") as file:
        yaml = file["provenance"].attrs["yaml_as_resolved"]
        file["provenance"].attrs["yaml_as_resolved"] = yaml.replace("base_rate: 0.35", "base_rate: 0.36")
    for command in (["verify", "whole.h5"], ["run", "small.yaml", "-o", "whole.h5"]):
        done = program(*command)
        assert done.returncode == 5 and "experiment" in done.stderr
