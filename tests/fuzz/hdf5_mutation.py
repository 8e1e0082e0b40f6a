"""Changes results files as another program might, by h5py."""

import sys
import pathlib

import h5py
import numpy as np

import text_mutation

sys.path.append(str(pathlib.Path(__file__).parents[1] / "cli"))
from forgery import documented_sha256  # noqa: E402

NUMBERS = [0, 1, -1, 2, 3, 7, 40, 255, 256, 65536, 2**31 - 1, 2**31, -2**31, 2**32, 2**53 + 1, 2**62, 2**63 - 1, -2**63, 2**64 - 1, 0.5, -0.5, 1.0000001,
           1e-320, 1e19, 1e38, 1e39, 1e300, -1e300, np.nan, np.inf, -np.inf]
TYPES = ["u1", "i1", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", ">u4", ">f8", "?", "c16", "S1", "S20", "V8", h5py.string_dtype(),
         h5py.string_dtype("ascii"), h5py.vlen_dtype("u4"), h5py.ref_dtype, h5py.enum_dtype({"a": 0, "b": 1}), [("x", "f8"), ("y", "u4")]]
# What all depends on is changed more often than it would be among hundreds of datasets.
TEXTS = ["yaml_as_resolved", "yaml_as_given"]


def items_of(file):
    names = []
    file.visit(names.append)
    return sorted(names)


def value_for(dice, dtype):
    if dtype.kind in "OSU":
        return text_mutation.some_text(dice).replace("\0", "")
    with np.errstate(all="ignore"):
        return np.array(dice.choice(NUMBERS), object if dtype.kind in "V" else "f8").astype(dtype)


def change_values(dice, file, name):
    item = file[name]
    if not isinstance(item, h5py.Dataset) or item.size == 0:
        return
    if item.shape == ():
        item[()] = value_for(dice, item.dtype)
        return
    many = dice.random() < 0.2
    for _ in range(dice.choice([1, 1, 2, 6])):
        place = tuple(dice.randrange(length) for length in item.shape)
        item[... if many else place] = value_for(dice, item.dtype)


def swap_values(dice, file, name):
    item = file[name]
    if isinstance(item, h5py.Dataset) and item.shape and item.size > 1:
        values = item[...]
        flat = values.reshape(-1)
        one, other = dice.randrange(flat.size), dice.randrange(flat.size)
        flat[one], flat[other] = flat[other], flat[one]
        item[...] = values


def other_shape(dice, shape):
    shape = list(shape)
    kind = dice.choice(["longer", "shorter", "none", "more", "fewer", "one", "turned", "huge"])
    at = dice.randrange(len(shape)) if shape else 0
    if not shape or kind == "more":
        shape.insert(at, dice.choice([1, 2]))
    elif kind == "longer":
        shape[at] += dice.choice([1, 2, 100])
    elif kind == "shorter":
        shape[at] = max(0, shape[at] - 1)
    elif kind == "none":
        shape[at] = 0
    elif kind == "fewer":
        del shape[at]
    elif kind == "one":
        shape = [1] * len(shape)
    elif kind == "turned":
        shape.reverse()
    else:
        shape[at] = dice.choice([2**20, 2**31, 2**32 + 1, 2**40, 2**60])
    return tuple(shape)


def replace_dataset(dice, file, name):
    """The dataset with another shape, type or filter, and its attributes."""
    old = file[name]
    if not isinstance(old, h5py.Dataset):
        return
    attributes = {key: old.attrs[key] for key in old.attrs if key not in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME")}
    shape = other_shape(dice, old.shape) if dice.random() < 0.6 else old.shape
    dtype = dice.choice(TYPES) if dice.random() < 0.5 else old.dtype
    values = old[...]
    size = int(np.prod([float(length) for length in shape])) if shape else 1
    options = {}
    if shape and 0 not in shape:
        if size > 10**6:
            options["chunks"] = tuple(min(length, 16) for length in shape)
        else:
            options = dice.choice([{}, {"chunks": True}, {"compression": "gzip"}, {"compression": "lzf"}, {"fletcher32": True},
                                   {"shuffle": True}, {"maxshape": tuple([None] * len(shape)), "chunks": True}])
    del file[name]
    new = file.create_dataset(name, shape=shape, dtype=dtype, **options)
    for key, value in attributes.items():
        new.attrs[key] = value
    if size <= 10**6 and 0 not in shape and values.size:
        new[...] = np.resize(values, shape).astype(dtype)


def change_attribute(dice, file, name):
    item = file[name]
    names = sorted(item.attrs)
    if not names:
        return
    key = dice.choice(names)
    old = item.attrs[key]
    kind = dice.choice(["value", "value", "value", "type", "delete", "move", "shape"])
    if kind == "value" and isinstance(old, str):
        changed = text_mutation.some_text(dice) if dice.random() < 0.6 else text_mutation.broken_bytes(dice, old.encode()).decode(errors="replace")
        item.attrs[key] = changed.replace("\0", "")
    elif kind == "value" and isinstance(old, (np.generic, np.ndarray)) and old.dtype.kind in "iuf":
        with np.errstate(all="ignore"):
            item.attrs.modify(key, np.full(np.shape(old), dice.choice(NUMBERS), "f8").astype(old.dtype))
    elif kind == "delete":
        del item.attrs[key]
    elif kind == "move":
        item.attrs[dice.choice(names)] = old
    elif kind == "shape":
        item.attrs[key] = dice.choice([np.zeros(0), h5py.Empty("f8"), h5py.Empty(h5py.string_dtype()), np.resize(np.asarray(old), 2),
                                       np.resize(np.asarray(old), (2, 3)), np.zeros(5000)])
    else:
        item.attrs[key] = dice.choice([text_mutation.some_text(dice).replace("\0", "")[:60_000], dice.choice(NUMBERS[:20]), np.float32(dice.choice([0.5, np.nan])),
                                       True, ["a", "b"], np.bytes_("abc"), np.arange(3)])


def change_text(dice, file, yamls):
    """The experiment that the file says it is of."""
    provenance = file["provenance"]
    names = [name for name in TEXTS if isinstance(provenance.attrs.get(name), str)]
    if names:
        name = dice.choice(names)
        broken = text_mutation.broken_yaml(dice, provenance.attrs[name], yamls)
        provenance.attrs[name] = broken.decode(errors="replace").replace("\0", "")


def relink(dice, file, name):
    others = items_of(file)
    kind = dice.choice(["delete", "delete", "soft", "hard", "gone", "itself", "outside", "root", "move", "group", "data", "null"])
    if kind == "move":
        file.move(name, name + "_moved")
        return
    target = dice.choice(others)
    links = {"soft": h5py.SoftLink("/" + target), "gone": h5py.SoftLink("/nowhere"), "itself": h5py.SoftLink("/" + name),
             "outside": h5py.ExternalLink("elsewhere.h5", "/"), "root": file["/"], "hard": file[target]}
    del file[name]
    if kind in links:
        file[name] = links[kind]
    elif kind == "group":
        file.create_group(name)
    elif kind == "data":
        file[name] = dice.choice(NUMBERS)
    elif kind == "null":
        file[name] = h5py.Empty(dice.choice(["f8", "u4"]))


def change_once(dice, file, yamls):
    names = items_of(file)
    name = dice.choice(names)
    kind = dice.choice(["values", "values", "values", "swap", "dataset", "dataset", "attribute", "root", "root", "text", "text", "link"])
    if kind == "values":
        change_values(dice, file, name)
    elif kind == "swap":
        swap_values(dice, file, name)
    elif kind == "dataset":
        replace_dataset(dice, file, name)
    elif kind == "attribute":
        change_attribute(dice, file, name)
    elif kind == "root":
        change_attribute(dice, file, dice.choice(["/", "provenance"]))
    elif kind == "text":
        change_text(dice, file, yamls)
    else:
        relink(dice, file, name)


def break_file(dice, path, yamls):
    """Changes the file once to three times; half of the time its hashes fit what it holds then."""
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        try:
            with h5py.File(path, "r+") as file:
                change_once(dice, file, yamls)
        except (OSError, RuntimeError, KeyError, ValueError, TypeError, OverflowError, AttributeError, MemoryError):
            pass  # h5py refuses some of what is tried
    if dice.random() < 0.5:
        try:
            with h5py.File(path, "r") as file:
                largest = max((file[name].size or 0 for name in items_of(file) if isinstance(file.get(name), h5py.Dataset)), default=0)
            if largest <= 10**6:
                hashes = {which: documented_sha256(path, which) for which in ("content_sha256", "estimates_sha256")}
                with h5py.File(path, "r+") as file:
                    for which, right in hashes.items():
                        file.attrs[which] = right
        except Exception:  # what holds no results any more has no hash
            pass
