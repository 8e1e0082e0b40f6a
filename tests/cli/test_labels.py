"""No label gets in the way of exported files."""


def test_no_two_maps_differ_in_capitals_only(program):
    program.write("odd.yaml", """
        name: odd
        landscape: {width: 12, height: 8}
        matrix:
          danger_level: [low]
          ignition_set: {Ridge: [[1, 3]], ridge: [[2, 3]], RIDGE: [[3, 3]], "20,30": [[4, 4]]}
          seed: [1, 2]
        """)
    assert program("run", "odd.yaml", "--quiet").returncode == 0
    assert program("export", "odd.h5", "--grid", "-o", "out").returncode == 0
    names = {path.name.lower() for path in (program.folder / "out").iterdir()}
    assert names == {f"burn_probability_low_{name}.asc" for name in ("ridge", "ridge_1", "ridge_2", "20-30")}
