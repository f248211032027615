"""Reads the folder of tables with Python's CSV reader and compares every cell that the schedule file knows.
usage: check_csv.py INSTANCE SCHEDULE FOLDER"""
import csv
import json
import os
import sys
from decimal import Decimal

from read import Case, Checks, instant

# What spreadsheets take for the beginning of a formula.
FORMULA = ('=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20')


def plain(cell):
    return cell[1:] if cell.startswith("'") else cell


def read_table(folder, resource, checks):
    """Rows as dictionaries, cells turned into what the package says they are."""
    path = os.path.join(folder, resource['path'])
    with open(path, 'rb') as f:
        raw = f.read()
    checks.true(f'{path}: no byte order mark, ends with CR LF', raw[:1] != b'\xef' and raw.endswith(b'\r\n'))
    convert = {'string': plain, 'integer': int, 'number': Decimal, 'boolean': lambda c: {'true': True, 'false': False}[c],
               'datetime': lambda c: instant(c) if c else None}
    fields = resource['schema']['fields']
    with open(path, newline='', encoding='utf-8') as f:
        rows = list(csv.reader(f, strict=True))
    checks.same(f'{path}: heading', rows[0], [field['name'] for field in fields])
    table = []
    for row in rows[1:]:
        checks.same(f'{path}: cells of a row', len(row), len(fields))
        for cell, field in zip(row, fields):
            if field['type'] == 'string':
                checks.true(f'{path}: no formula in {cell!r:.80}', not cell.startswith(FORMULA))
        table.append({field['name']: convert[field['type']](cell) for cell, field in zip(row, fields)})
    keys = [tuple(row[k] for k in resource['schema']['primaryKey']) for row in table]
    checks.same(f'{path}: rows of the same key', len(keys) - len(set(keys)), 0)
    return table


def minutes(span):
    return Decimal(span.total_seconds()) / 60


def check_sorties(case, table, checks):
    expected = [(m['id'], i + 1, m['airframe'], m['crew'], s['from'], s['to'], instant(s['take_off']),
                 instant(s['block_in']), s['passengers'], s['escorts'], Decimal(str(s['payload_kg'])))
                for m, i, s in case.sorties()]
    got = [(r['mission'], r['sortie'], r['airframe'], r['crew'], r['from'], r['to'], r['take_off'], r['block_in'],
            r['passengers'], r['escorts'], r['payload_kg']) for r in table]
    checks.same('sorties', got, expected)
    for r in table:
        checks.true('block minutes', abs(r['block_min'] - minutes(r['block_in'] - r['take_off'])) < Decimal('0.000001'))


def check_missions(case, table, checks):
    cost = case.schedule['cost']
    checks.same('missions', [(r['mission'], r['airframe'], r['crew'], r['configuration'], r['committed'], r['sorties'])
                             for r in table],
                [(m['id'], m['airframe'], m['crew'], m['configuration'], m['committed'], len(m['sorties']))
                 for m in case.missions])
    for column, term in (('block_cost', 'block'), ('fees', 'fees'), ('mission_cost', 'missions')):
        checks.same(f'sum of {column}', sum(r[column] for r in table), Decimal(str(cost[term])))


def check_stops(case, table, checks):
    expected = []
    for m in case.missions:
        for i, stop in enumerate(m['stops']):
            times = [instant(stop[k]) if stop[k] else None
                     for k in ('arrival', 'handling_start', 'handling_end', 'departure')]
            board = sum(r['pax'] for r in m['rides'] if r['load_stop'] == i)
            leave = sum(r['pax'] for r in m['rides'] if r['unload_stop'] == i)
            expected.append((m['id'], i, m['airframe'], stop['airfield'], *times, board, leave))
    got = [(r['mission'], r['stop'], r['airframe'], r['airfield'], r['arrival'], r['handling_start'], r['handling_end'],
            r['departure'], r['boarding'], r['leaving']) for r in table]
    checks.same('stops', got, expected)
    for what in ('escorts', 'kg'):
        checks.same(f'{what} that board and leave', sum(r[f'boarding_{what}'] for r in table),
                    sum(r[f'leaving_{what}'] for r in table))
    for r in table:
        checks.same('parked from', r['parked_from'], r['arrival'] or r['handling_start'])
        checks.same('parked until', r['parked_until'], r['departure'] or r['handling_end'])


def check_duties(case, table, checks):
    rules = case.instance['rules']
    by_crew = {}
    for m in case.missions:
        by_crew.setdefault(m['crew'], []).append(m)
    expected = [(crew, n + 1, m['id'], instant(m['sorties'][0]['take_off']), instant(m['sorties'][-1]['block_in']))
                for crew in case.crews for n, m in enumerate(by_crew.get(crew, []))]
    checks.same('duties', [(r['crew'], r['duty'], r['mission']) for r in table], [e[:3] for e in expected])
    for r, (_, _, _, take_off, block_in) in zip(table, expected):
        checks.same('show', minutes(take_off - r['show']), rules['show_min'])
        checks.same('end of duty', minutes(r['end'] - block_in), rules['post_flight_min'])
        checks.same('rested', minutes(r['rested'] - r['end']), rules['rest_min'])
        checks.true('FDP', abs(r['fdp_min'] - minutes(block_in - r['show'])) < Decimal('0.000001'))


def check_demands(case, table, checks):
    left = {n['demand']: (n['pax'], Decimal(str(n['cost']))) for n in case.schedule['not_moved']}
    checks.same('demands', [(r['demand'], r['origin'], r['destination'], r['category'], r['pax'], r['moved'],
                             r['left'], r['left_cost']) for r in table],
                [(d['id'], d['origin'], d['destination'], d.get('category', ''), d['pax'], case.moved(d['id']),
                  *left.get(d['id'], (0, 0))) for d in case.instance['demands']])


def check_loads(case, table, checks):
    checks.same('loads', [(r['mission'], r['sortie'], r['demand'], r['passengers'], r['escorts']) for r in table],
                [(m['id'], i + 1, a['demand'], a['pax'], a['escorts']) for m, i, s in case.sorties()
                 for a in s['aboard']])
    total = {}
    for r in table:
        key = (r['mission'], r['sortie'])
        total[key] = total.get(key, 0) + r['payload_kg']
    for m, i, s in case.sorties():
        checks.same('kilograms aboard', total.get((m['id'], i + 1), 0), Decimal(str(s['payload_kg'])))


def check_costs(case, table, checks):
    expected = dict(case.schedule['cost'], bound=case.schedule['bound'])
    checks.same('costs', {r['term']: r['amount'] for r in table}, {k: Decimal(str(v)) for k, v in expected.items()})
    checks.same('currency', {r['currency'] for r in table}, {case.instance.get('currency', '')})


def main(instance, schedule, folder):
    csv.field_size_limit(10 ** 6)
    case, checks = Case(instance, schedule), Checks('csv')
    with open(os.path.join(folder, 'datapackage.json'), encoding='utf-8') as f:
        package = json.load(f)
    checks.same('title', package['title'], case.instance.get('name', ''))
    tables = {r['name']: read_table(folder, r, checks) for r in package['resources']}
    checks.same('files', sorted(os.listdir(folder)),
                sorted([r['path'] for r in package['resources']] + ['datapackage.json']))
    for name, check in (('sorties', check_sorties), ('missions', check_missions), ('stops', check_stops),
                        ('duties', check_duties), ('demands', check_demands), ('loads', check_loads),
                        ('costs', check_costs)):
        check(case, tables.pop(name), checks)
    checks.same('tables that nobody looked at', list(tables), [])
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
