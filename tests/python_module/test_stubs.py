"""The stubs, the docstrings and the module have the same names and arguments."""

import ast
import inspect
import pathlib
import re

import firesweep

FOLDER = pathlib.Path(firesweep.__file__).parent


def stubs():
    return ast.parse((FOLDER / "__init__.pyi").read_text(encoding="utf-8")).body


def public(of):
    return {name for name in dir(of) if not name.startswith("_")}


def arguments(function):
    given = function.args
    names = [one.arg for one in given.posonlyargs + given.args if one.arg != "self"]
    return (names, [one.arg for one in given.kwonlyargs])


def documented(text):
    """The arguments of the first lines of a docstring that show the call."""
    call = ast.parse("def f" + re.match(r"[\w.]+(\(.*?\))(?: ->.*)?\n", text + "\n", re.S)[1].replace(
        "danger_level=..., ignition_set=..., seed=..., ...", "**coordinates") + ": ...").body[0]
    return arguments(call)


def test_the_stubs_have_every_name_and_no_other():
    names = {node.name for node in stubs() if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    types = {"Weather", "Stats", "Timing"}  # for type checkers only
    assert names - types == set(firesweep.__all__)
    for node in stubs():
        if isinstance(node, ast.ClassDef) and node.name not in types:
            members = {part.name for part in node.body if not part.name.startswith("_")}
            assert members == public(getattr(firesweep, node.name))


def test_docstrings_show_the_arguments_of_the_stubs():
    for node in stubs():
        if isinstance(node, ast.FunctionDef) and not inspect.isfunction(getattr(firesweep, node.name)):
            assert documented(getattr(firesweep, node.name).__doc__) == arguments(node), node.name
        if isinstance(node, ast.FunctionDef) and inspect.isfunction(getattr(firesweep, node.name)):
            signature = inspect.signature(getattr(firesweep, node.name)).parameters.values()
            assert [one.name for one in signature if one.kind == one.POSITIONAL_OR_KEYWORD] == arguments(node)[0]
            assert [one.name for one in signature if one.kind == one.KEYWORD_ONLY] == arguments(node)[1]
        if isinstance(node, ast.ClassDef) and node.name in firesweep.__all__:
            for part in node.body:
                text = getattr(getattr(firesweep, node.name), part.name).__doc__
                is_property = any(getattr(one, "id", "") == "property" for one in part.decorator_list)
                if not part.name.startswith("__"):
                    assert text, part.name
                    if not is_property:
                        assert documented(text) == arguments(part), part.name


def test_the_package_says_that_it_has_types():
    assert (FOLDER / "py.typed").exists()
    assert set(firesweep.__all__) <= set(dir(firesweep))
