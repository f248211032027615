"""What the importers share: reading columns of numbers, exact distances, writing an instance.

An importer prints an instance to standard output; one line `FILE:LINE: what, got X` and status 3 where the file is
not as its format says, status 2 on wrong usage.
"""
import datetime
import json
import math
import os
import sys
from fractions import Fraction

MONEY_OF_A_UNIT = 1000  # currency for one unit of distance: a hundredth is 1e-5 of it
LONGEST_HORIZON = 3653 * 86400  # seconds
USAGE, BAD_INPUT = 2, 3


def fail(status, text):
    sys.stderr.write(text + "\n")
    sys.exit(status)


def say(text):
    """To standard output, whole or with a fault."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        fail(BAD_INPUT, "standard output: %s" % error.strerror)


def arguments(manual, numbers=(), flags=()):
    """FILE and a dictionary of `--name N` (whole, at least 1) and `--flag`."""
    usage = next(line for line in manual.split("\n") if line.startswith("usage:"))
    given, files, words = {}, [], sys.argv[1:]
    while words:
        word = words.pop(0)
        name = word[2:]
        if word in ("-h", "--help"):
            say(manual.strip() + "\n")
            sys.exit(0)
        if word.startswith("--") and name in flags:
            given[name] = True
        elif word.startswith("--") and name in numbers and words and words[0].isdecimal() and int(words[0]) > 0:
            given[name] = int(words.pop(0))
        elif word.startswith("-") and word != "-":
            fail(USAGE, "%s: wrong use of \"%s\"\n%s" % (os.path.basename(sys.argv[0]), word, usage))
        else:
            files.append(word)
    if len(files) != 1:
        fail(USAGE, usage)
    return files[0], given


class Rows:
    """The lines of a text file as lists of exact numbers; blank lines are left out."""

    def __init__(self, path):
        self.path = path
        try:
            with open(0 if path == "-" else path, encoding="ascii") as file:
                lines = file.read().split("\n")
        except (OSError, UnicodeDecodeError) as error:
            fail(BAD_INPUT, "%s: cannot be read: %s" % (path, getattr(error, "strerror", None) or "no text"))
        self.lines = [(number, line.split()) for number, line in enumerate(lines, 1) if line.strip()]
        self.number = 0

    def fault(self, what):
        fail(BAD_INPUT, "%s:%d: %s" % (self.path, self.number, what))

    def left(self):
        return len(self.lines)

    def take(self, columns):
        """The next line, `columns` numbers long."""
        if not self.lines:
            fail(BAD_INPUT, "%s: the file ends where a line of %d numbers is due" % (self.path, columns))
        self.number, words = self.lines.pop(0)
        if len(words) != columns:
            self.fault("must have %d numbers, got %d" % (columns, len(words)))
        try:
            return [Fraction(word) for word in words]
        except (ValueError, ZeroDivisionError):
            return self.fault("must be numbers, got \"%s\"" % " ".join(words))

    def whole(self, value, what, least):
        if value.denominator != 1 or value < least:
            self.fault("%s must be a whole number of at least %d, got %s" % (what, least, float(value)))
        return int(value)


def root_up(square):
    """Smallest whole number that is not below the root of a Fraction."""
    ceiling = -(-square.numerator // square.denominator)
    return math.isqrt(ceiling - 1) + 1 if ceiling > 0 else 0


def root_down(square):
    return math.isqrt(square.numerator // square.denominator)


def scale(rows, horizon, wanted):
    """Seconds of one unit of time: as many as wanted, or up to 60000 in steps of 1, 2, 5 that the horizon allows."""
    choices = [wanted] if wanted else [60000, 30000, 12000, 6000, 3000, 1200, 600, 300, 120, 60]
    for seconds in choices:
        if (horizon + 1) * seconds <= LONGEST_HORIZON:
            return seconds
    return rows.fault("the horizon of %s units of %d s is more than 3653 days" % (float(horizon), choices[-1]))


def instant(seconds):
    """Of whole seconds since 2000-01-01T00:00:00Z."""
    at = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=int(seconds))
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def minutes(seconds):
    """As JSON: the reader takes the nearest second of what lies within a millionth of it."""
    whole, rest = divmod(int(seconds), 60)
    return str(whole) if rest == 0 else "%.9f" % (whole + rest / 60)


def money(hundredths):
    whole, rest = divmod(int(hundredths), 100)
    return "%d.%02d" % (whole, rest) if rest else str(whole)


def write_instance(name, seconds, parts):
    """parts: a list of (key, value): text of a JSON value, or a list of such texts, one a line."""
    out = ['{\n"format": "sortie-instance", "version": 1, "name": %s, "start": "%s", "end": "%s"'
           % (json.dumps(name), instant(0), instant(seconds))]
    for key, value in parts:
        if isinstance(value, list):
            value = "[\n " + ",\n ".join(value) + "\n]" if value else "[]"
        out.append('"%s": %s' % (key, value))
    say(",\n".join(out) + "\n}\n")


# --- routes of vehicles from and to a depot ---


class Node:
    """A row of the file; times in its units."""

    def __init__(self, x, y, service, earliest, latest):
        self.x, self.y, self.service, self.earliest, self.latest = x, y, service, earliest, latest

    def square(self, other):
        return (self.x - other.x) ** 2 + (self.y - other.y) ** 2


def field(k):
    return "D" if k == 0 else "N%d" % k


def farthest(nodes):
    """No less than the length of any set of routes that visits each node once, as the way from a to b is no longer
    than the way over the depot; whole units."""
    return sum(2 * root_up(nodes[0].square(node)) for node in nodes[1:]) + len(nodes)


def legs(rows, nodes, seconds, down):
    """Overrides for both ways between any two nodes: the distance as a fee, the block time in seconds."""
    out = []
    for a in range(len(nodes)):
        for b in range(a + 1, len(nodes)):
            square = nodes[a].square(nodes[b])
            rounded = root_down if down else root_up
            block = rounded(square * seconds**2)
            if down and block < 1:
                rows.fault("--down needs places apart, got %s and %s" % (field(a), field(b)))
            fee = rounded(square * (100 * MONEY_OF_A_UNIT) ** 2)
            out.append('{"from": "%s", "to": "%s", "both_ways": true, "block_min": %s, "nm": 0, "fee": %s}'
                       % (field(a), field(b), minutes(max(1, block)), money(fee)))
    return out


def airfields(nodes, closed_from=None):
    """One a node, drawn at a nautical mile for a unit; closed_from[k]: seconds, or nothing."""
    out = []
    for k, node in enumerate(nodes):
        shut = ""
        if closed_from and k in closed_from:
            shut = ', "closures": [{"from": "%s", "until": "%s"}]' % closed_from[k]
        out.append('{"id": "%s", "lat": %.6f, "lon": %.6f, "runway_ft": 0%s}'
                   % (field(k), node.y / 60, node.x / 60, shut))
    return out


def vehicles(count, seats, longest, rest, per_mission):
    """An aircraft type of that many seats that costs nothing but its missions and fees, `count` airframes and as many
    crews, each good for one mission of `longest` seconds within `rest` seconds."""
    kind = ('{"id": "V", "configurations": [{"id": "all", "seats": %d}], '
            '"payload_range": [{"payload_kg": 0, "range_nm": 100000}], "block": {"speed_kt": 1, "fixed_min": 1}, '
            '"ground": {"onload_min": 0, "offload_min": 0, "enroute_min": 0}, "turn_min": 0, "runway_ft": 0, '
            '"fdp_basic_min": %s, "fdp_augmented_min": 0, "cost_per_block_hour": 0, "cost_per_mission": %s}'
            % (seats, minutes(longest), money(per_mission)))
    return [
        ("aircraft_types", [kind]),
        ("airframes", ['{"id": "V%d", "type": "V", "at": "D"}' % (v + 1) for v in range(count)]),
        ("crews", ['{"id": "C%d", "types": ["V"], "kind": "basic", "at": "D"}' % (v + 1) for v in range(count)]),
        ("rules", '{"step_min": %s, "show_min": 0, "post_flight_min": 0, "rest_min": %s}'
         % (minutes(1), minutes(rest))),
    ]


def window(node, seconds, end):
    """In which handling starts, cut to the horizon."""
    return '{"from": "%s", "until": "%s"}' % (instant(min(node.earliest * seconds, end)),
                                             instant(min(node.latest * seconds, end)))


def request(number, origin, destination, nodes, pax, penalty, seconds, end, longest_ride=None):
    """A demand that stays together; penalty: hundredths for all of it."""
    ride = "" if longest_ride is None else ', "max_aboard_min": %s' % minutes(longest_ride)
    return ('{"id": "R%d", "origin": "%s", "destination": "%s", "pax": %d, "kg_per_pax": 0, "together": true, '
            '"pickup": %s, "delivery": %s, "onload_min": %s, "offload_min": %s%s, "penalty": %s}'
            % (number, field(origin), field(destination), pax, window(nodes[origin], seconds, end),
               window(nodes[destination], seconds, end), minutes(nodes[origin].service * seconds),
               minutes(nodes[destination].service * seconds), ride, money(-(-penalty // pax))))
