"""Breaks text: its YAML nodes, the cells of its tables, its numbers, its bytes."""

import copy
import re

import yaml

NUMBERS = ["0", "-0", "-1", "1", "2", "3", "7", "0.5", "1.5", "-0.5", "100", "255", "256", "65535", "65536", "65537", "2147483647", "2147483648",
           "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615",
           "18446744073709551616", "1" + "0" * 400, "1e5", "1e19", "1e308", "-1e308", "1e309", "1e-320", "5e-324", "nan", "-nan", "inf", ".nan",
           ".inf", "-.inf", "010", "0x10", "0o7", "1_000", "1,5", "+1", "1.", ".5", "1e", "--1", "1 000", "٣"]
WORDS = ["", " ", "~", "null", "true", "no", "yes", "centre", "low", "extreme", "all", "first", "count", "to", "from", "random", "lightning", "5 min", "0 s",
         "-1 h", "1e9 days", "25 m", "25 furlongs", "10 %", "0.01", "N", "NNW", "calm", "2019-12-01T09:00", "2019-02-30", "0000-00-00", "99999-01-01T00:00",
         "%Y-%m-%d", "%", "EPSG:28355", "EPSG:4326", "EPSG:0", "+proj=utm", "LOCAL_CS[]", "scott_burgan_40", ".", "..", "/", "/dev/null", "a" * 300,
         "a" * 100_000, "\x1b[2J", "\0", "é", "\u202e", "\ud7ff", "😀", "[", "{", "'", '"', "#", "&a", "*a", "!!binary x", "a: b", "- a", "\t", "\n", "\\",
         "%s%n", "{}", "{0}", "${HOME}"]
DEEP = 60  # about as far as PyYAML copies


def some_text(dice):
    return dice.choice(dice.choice([NUMBERS, WORDS]))


# YAML

def scalar(text, style=None):
    return yaml.ScalarNode(tag="tag:yaml.org,2002:str", value=text, style=style)


def listed(nodes):
    return yaml.SequenceNode(tag="tag:yaml.org,2002:seq", value=nodes, flow_style=True)


def mapped(pairs):
    return yaml.MappingNode(tag="tag:yaml.org,2002:map", value=pairs, flow_style=True)


def places_of(root):
    """(holder, index, part) of each node below: part 0 is a key, 1 a value, None an item of a list."""
    places, seen, waiting = [], set(), [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        for index, item in enumerate(node.value):
            parts = enumerate(item) if isinstance(node, yaml.MappingNode) else [(None, item)]
            for part, child in parts:
                places.append((node, index, part))
                waiting.append(child)
    return places


def node_at(place):
    holder, index, part = place
    return holder.value[index] if part is None else holder.value[index][part]


def put(place, node):
    holder, index, part = place
    if part is None:
        holder.value[index] = node
    else:
        pair = list(holder.value[index])
        pair[part] = node
        holder.value[index] = tuple(pair)


def nested(dice, depth):
    node = scalar(some_text(dice))
    for _ in range(depth):
        node = listed([node]) if dice.random() < 0.5 else mapped([(scalar("a"), node)])
    return node


def doubled(dice):
    """A short text of very many nodes: each list holds the one before it twice."""
    node = listed([scalar(some_text(dice))])
    for _ in range(dice.choice([3, 12, 40])):
        node = listed([node, node])
    return node


def change_node(dice, root, others):
    places = places_of(root)
    if not places:
        return
    place = dice.choice(places)
    holder, index, part = place
    node = node_at(place)
    kind = dice.choice(["number", "number", "number", "word", "word", "key", "key", "delete", "delete", "copy", "swap", "graft", "graft", "wrap", "empty", "many",
                        "alias", "tag", "style", "deep"])
    if kind == "number":
        values = [other for other in places if isinstance(node_at(other), yaml.ScalarNode) and other[2] != 0] or places
        put(dice.choice(values), scalar(dice.choice(NUMBERS)))
    elif kind == "word":
        put(place, scalar(some_text(dice), dice.choice([None, None, "'", '"', "|", ">"])))
    elif kind == "key":
        keys = [other for other in places if other[2] == 0]
        donors = [node_at(other) for other in places_of(dice.choice(others)) if other[2] == 0]
        if keys and donors:
            put(dice.choice(keys), copy.deepcopy(dice.choice(donors)))
    elif kind == "delete":
        del holder.value[index]
    elif kind == "copy":  # a node that is there twice would be written as an alias
        holder.value.insert(dice.randint(0, len(holder.value)), copy.deepcopy(holder.value[index]))
    elif kind == "swap":
        other = dice.choice(places)
        mine, its = copy.deepcopy(node_at(place)), copy.deepcopy(node_at(other))
        put(place, its)
        put(other, mine)
    elif kind == "graft":
        donors = places_of(dice.choice(others))
        put(place, copy.deepcopy(node_at(dice.choice(donors))))
    elif kind == "wrap":
        put(place, dice.choice([listed([node]), listed([node, copy.deepcopy(node)]), mapped([(scalar(some_text(dice)), node)])]))
    elif kind == "empty":
        put(place, dice.choice([listed([]), mapped([]), scalar("")]))
    elif kind == "many":
        put(place, listed([copy.deepcopy(node) for _ in range(dice.choice([30, 300]))]))
    elif kind == "alias":
        put(place, dice.choice([node_at(dice.choice(places)), holder, doubled(dice)]))
    elif kind == "tag":
        node.tag = dice.choice(["!", "!a", "tag:yaml.org,2002:int", "tag:yaml.org,2002:binary", "tag:yaml.org,2002:null", "tag:yaml.org,2002:map"])
    elif kind == "style" and isinstance(node, yaml.ScalarNode):
        node.style = dice.choice(["'", '"', "|", ">"])
    elif kind == "deep":
        put(place, nested(dice, dice.choice([5, 20, DEEP])))


def broken_yaml(dice, text, others):
    """The text with one to four of its nodes changed; `others` are texts to take nodes from."""
    try:
        root, donors = yaml.compose(text), [yaml.compose(dice.choice(others))]
        for _ in range(dice.choice([1, 1, 1, 2, 2, 3, 4])):
            change_node(dice, root, donors)
        broken = yaml.serialize(root, allow_unicode=True, width=dice.choice([80, 10_000]))
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return broken_bytes(dice, text.encode())
    return broken.encode(errors="replace")


# Tables

def broken_table(dice, text):
    """A table with cells, rows or columns changed; other text in lines does as well."""
    rows = [line.split(",") for line in text.splitlines()]
    for _ in range(dice.choice([1, 1, 2, 3, 5])):
        row = dice.choice(rows) if rows else []
        column = dice.randrange(len(row)) if row else 0
        kind = dice.choice(["cell", "cell", "cell", "cell", "swap", "delete", "copy", "column", "row", "no row", "quote", "many"])
        if not row:
            rows.append([some_text(dice)])
        elif kind == "cell":
            row[column] = some_text(dice)
        elif kind == "swap":
            other = dice.choice([other for other in rows if other])
            at = dice.randrange(len(other))
            row[column], other[at] = other[at], row[column]
        elif kind == "delete":
            del row[column]
        elif kind == "copy":
            row.insert(column, row[column])
        elif kind == "column":
            action = dice.choice(["delete", "copy"])
            for each in rows:
                if column < len(each):
                    if action == "delete":
                        del each[column]
                    else:
                        each.append(each[column])
        elif kind == "row":
            rows.insert(dice.randint(0, len(rows)), list(row))
        elif kind == "no row":
            rows.remove(row)
        elif kind == "quote":
            row[column] = dice.choice(['"{}"', '"{}', '{}"', '"{}"a', '"{}""', '""{}']).format(row[column])
        else:
            rows.extend([list(row)] * dice.choice([50, 2000]))
    end = dice.choice(["\n", "\n", "\n", "\r\n", "\r"])
    return (dice.choice(["", "", "", "\ufeff"]) + end.join(",".join(row) for row in rows) + dice.choice([end, ""])).encode(errors="replace")


# Any text, any bytes

def broken_numbers(dice, text):
    """A text with some of its numbers or words changed."""
    for _ in range(dice.choice([1, 1, 2, 4])):
        found = list(re.finditer(r"-?\d+(\.\d+)?|\w+", text))
        if found:
            match = dice.choice(found)
            text = text[:match.start()] + some_text(dice) + text[match.end():]
    return text.encode(errors="replace")


def broken_bytes(dice, content):
    content = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 5, 20])):
        at = dice.randrange(len(content) + 1)
        length = dice.choice([1, 1, 4, 16, 200])
        kind = dice.choice(["flip", "flip", "set", "insert", "delete", "copy", "cut", "zero"])
        if kind == "flip" and at < len(content):
            content[at] ^= 1 << dice.randrange(8)
        elif kind == "set" and at < len(content):
            content[at] = dice.choice([0, 1, 0x7F, 0x80, 0xFF, 0x0A, 0x22, 0x2C])
        elif kind == "insert":
            content[at:at] = dice.randbytes(length)
        elif kind == "delete":
            del content[at:at + length]
        elif kind == "copy":
            to = dice.randrange(len(content) + 1)
            content[to:to] = content[at:at + length]
        elif kind == "cut" and dice.random() < 0.3:
            del content[at:]
        elif kind == "zero":
            content[at:at + length] = bytes(len(content[at:at + length]))
    return bytes(content)
