"""What the tests compare with: an instance and a schedule, read with Python's own JSON, and figures counted from them
apart from the program's."""
import json
from datetime import datetime, timezone


def instant(text):
    return datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc)


class Case:
    """instance, missions (each with its stops, rides and sorties as written), and dictionaries by id."""

    def __init__(self, instance, schedule):
        with open(instance, encoding='utf-8') as f:
            self.instance = json.load(f)
        with open(schedule, encoding='utf-8') as f:
            self.schedule = json.load(f)
        self.missions = self.schedule['missions']
        self.demands = {d['id']: d for d in self.instance['demands']}
        self.airframes = {a['id']: a for a in self.instance['airframes']}
        self.crews = {c['id']: c for c in self.instance['crews']}
        self.airfields = {a if isinstance(a, str) else a['id']: a for a in self.instance['airfields']}
        self.start = instant(self.instance['start'])
        self.end = instant(self.instance['end'])

    def sorties(self):
        """(mission, index from 0, sortie)"""
        for mission in self.missions:
            for index, sortie in enumerate(mission['sorties']):
                yield mission, index, sortie

    def moved(self, demand):
        return sum(r['pax'] for m in self.missions for r in m['rides'] if r['demand'] == demand)


class Checks:
    """Counts failures and says them."""

    def __init__(self, name):
        self.name, self.done, self.failed = name, 0, 0

    def same(self, what, got, expected):
        self.done += 1
        if got != expected:
            self.failed += 1
            if self.failed <= 20:
                print(f'FAIL {self.name}: {what}: got {got!r:.300}, expected {expected!r:.300}')

    def true(self, what, holds):
        self.same(what, bool(holds), True)

    def end(self):
        """The exit code."""
        if self.done == 0:
            print(f'FAIL {self.name}: nothing was looked at')
        return 0 if self.failed == 0 and self.done > 0 else 1
