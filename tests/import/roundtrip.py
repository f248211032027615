"""Writes the tables of an instance with Python's csv module, as a spreadsheet of some kind would, and compares what sortie import makes of them.
usage: roundtrip.py PROGRAM INSTANCE FOLDER KIND      KIND: excel, semicolons, tabs or quoted"""
import csv
import json
import os
import subprocess
import sys

PROGRAM, INSTANCE, FOLDER, KIND = sys.argv[1:5]
KINDS = {
    'excel': dict(encoding='utf-8', dialect='excel'),
    'semicolons': dict(encoding='utf-8-sig', dialect='excel', delimiter=';'),
    'tabs': dict(encoding='utf-8', dialect='excel-tab', lineterminator='\n'),
    'quoted': dict(encoding='utf-8-sig', dialect='unix'),
}
LISTS = ('airfields', 'airframes', 'crews', 'demands')


def instant(text):
    return text.replace('T', ' ').replace(':00Z', '') if text.endswith(':00Z') else text  # as a spreadsheet shows it


def cell(key, value):
    if key in ('closures',):
        return ' | '.join(f'{instant(w["from"])}/{instant(w["until"])}' for w in value)
    if key == 'open_daily':
        return ' | '.join('-'.join(pair) for pair in value)
    if key == 'recent_flights':
        return '|'.join(f'{instant(f["block_in"])} {f["block_min"]}' for f in value)
    if isinstance(value, list):
        return '|'.join(value)
    if isinstance(value, bool):
        return 'TRUE' if value else 'FALSE'
    if key in ('from', 'until', 'last_duty_end'):
        return instant(value)
    return value if isinstance(value, str) else json.dumps(value)


def row(item):
    item = {'id': item} if isinstance(item, str) else item
    cells = {}
    for key, value in item.items():
        inner = value if isinstance(value, dict) else None
        cells.update({f'{key}_{k}': cell(k, v) for k, v in inner.items()} if inner is not None else {key: cell(key, value)})
    return cells


def plain(instance):
    """What means the same is written the same way."""
    made = json.loads(json.dumps(instance))
    for field in range(len(made['airfields'])):
        if isinstance(made['airfields'][field], str):
            made['airfields'][field] = {'id': made['airfields'][field]}
    for name in LISTS:
        for item in made[name]:
            for key in [k for k, v in item.items() if v in ({}, [], None, '')]:
                del item[key]
    return made


def main():
    instance = json.loads(open(INSTANCE).read().replace('" "', '"\\u00a0"'))  # a cell of blanks is an empty one
    kind = dict(KINDS[KIND])
    encoding = kind.pop('encoding')
    os.makedirs(FOLDER)
    for name in LISTS:
        rows = [row(item) for item in instance[name]]
        columns = list(dict.fromkeys(key for r in rows for key in r))
        with open(f'{FOLDER}/{name}.csv', 'w', encoding=encoding, newline='') as to:
            writer = csv.DictWriter(to, columns, restval='', **kind)
            writer.writeheader()
            writer.writerows(rows)
    rest = {key: value for key, value in instance.items() if key not in LISTS}
    json.dump({'format': 'sortie-import', 'version': 1, 'instance': rest, 'tables': {name: f'{name}.csv' for name in LISTS}}, open(f'{FOLDER}/import.json', 'w'))
    run = subprocess.run([PROGRAM, 'import', FOLDER], capture_output=True, timeout=60)
    if run.returncode != 0:
        print(run.stderr.decode()[:2000])
        sys.exit(1)
    got, expected = plain(json.loads(run.stdout)), plain(instance)
    for key in expected:
        if got.get(key) != expected[key]:
            pair = next(((a, b) for a, b in zip(got[key], expected[key]) if a != b), None) if isinstance(expected[key], list) else None
            print(f'{INSTANCE} as {KIND}: {key} differs: {str(pair)[:600]}')
            sys.exit(1)


main()
