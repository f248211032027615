"""Holds what the program writes against schema/, by python3-jsonschema, and the schemas against the program: what they refuse, it has to refuse.
usage: check.py PROGRAM MANIFEST VERDICTS

MANIFEST has a line for each document: name of the schema, tab, file, and a tab and "lines" where each line is one.
VERDICTS is written: a JSON line [schema, document, good] for every document and for every change made to one, for others to agree with."""
import copy
import glob
import json
import subprocess
import sys

import jsonschema

PROGRAM, MANIFEST, VERDICTS = sys.argv[1:4]
SCHEMAS = {path.split('/')[-1]: json.load(open(path)) for path in sorted(glob.glob('schema/*.schema.json'))}
# Where any key may stand.
FREE = [('import', ('instance',)), ('import', ('tables', 'demands', 'columns')), ('import', ('tables', 'demands', 'defaults'))]
# What the reader of schedules does not look at, by docs/format.md.
UNREAD = [('program',), ('instance', 'name'), ('options',), ('currency',), ('gap',), ('rules_not_judged',), ('not_moved',), ('missions', 'id'), ('missions', 'sorties'), ('missions', 'rides', 'escorts'),
          ('missions', 'load_plan', 'sorties')]
faults = []


def check(good, what):
    if not good:
        faults.append(what)


def validator(name):
    file = f'{name}.schema.json'
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[file])
    return jsonschema.Draft202012Validator(SCHEMAS[file], resolver=jsonschema.RefResolver(file, SCHEMAS[file], store=SCHEMAS))


VALIDATORS = {file[:-len('.schema.json')]: validator(file[:-len('.schema.json')]) for file in SCHEMAS}


def documents():
    for line in open(MANIFEST):
        name, path, *lines = line.rstrip('\n').split('\t')
        text = open(path).read()
        for i, one in enumerate(text.splitlines() if lines else [text]):
            yield name, f'{path}:{i + 1}' if lines else path, json.loads(one)


def places(value, path=(), seen=None):
    """Every place of a kind once: the second item of a list is like the first."""
    seen = set() if seen is None else seen
    kind = tuple('*' if isinstance(step, int) else step for step in path)
    if kind not in seen:
        seen.add(kind)
        yield path, value
    for step, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, path + (step,), seen)


def changed(document, path, change):
    made = copy.deepcopy(document)
    if not path:
        return change(made)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = change(at[path[-1]])
    return made


def without(key):
    def change(value):
        del value[key]
        return value
    return change


def changes(document):
    """(what, path, document) of every change; `what` is "key" where an unknown key has been put in."""
    for path, value in places(document):
        if isinstance(value, dict):
            yield 'key', path, changed(document, path, lambda v: {**v, 'unknown key': 1})
            for key in value:
                yield 'without', path + (key,), changed(document, path, without(key))
        others = [[], None] if not isinstance(value, (dict, list)) else [None, 'x']
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            others += [-1e18, 1e18, value + .5, str(value)]
        elif isinstance(value, str):
            others += ['', 'x', 7]
        for other in others:
            yield 'other', path, changed(document, path, lambda _, o=other: o)


def short(value):
    """With lists of at most three items, as changes to one of thousands say no more."""
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    return [short(item) for item in value[:3]] if isinstance(value, list) else value


def program_refuses(arguments, document):
    run = subprocess.run([PROGRAM, *arguments], input=json.dumps(document), capture_output=True, text=True, timeout=60)
    check(run.returncode in (0, 1, 3, 4), f'{arguments}: exit {run.returncode}')
    return run.returncode == 3


def begins(path, starts):
    keys = tuple(step for step in path if isinstance(step, str))
    return any(keys[:len(start)] == start for start in starts)


def against_program(name, arguments, document, unread=()):
    """Whatever the schema refuses, the reader refuses; both refuse keys that they do not know."""
    for what, path, made in changes(document):
        if begins(path, unread):
            continue
        refused = not VALIDATORS[name].is_valid(made)
        if what == 'key':
            check(refused, f'{name}: an unknown key is taken at {path}')
        if refused:
            check(program_refuses(arguments, made), f'{name}: {what} {path}: refused by the schema, taken by the program')


def every_key(document):
    """The first instance has every key that there is."""
    known = set()

    def keys(schema):
        if isinstance(schema, dict):
            known.update(schema.get('properties', {}) if isinstance(schema.get('properties', {}), dict) else ())
            for value in schema.values():
                keys(value)
        elif isinstance(schema, list):
            for value in schema:
                keys(value)
    keys(SCHEMAS['instance.schema.json'])
    missing = known - {step for path, _ in places(document) for step in path if isinstance(step, str)}
    check(not missing, f'tests/schemas/all-keys.json lacks {sorted(missing)}')


def columns_of_tables():
    """Every key of the instance that a table may have is a column, and every column is one to the program."""
    lists = {'airfields': 'airfield', 'airframes': 'airframe', 'crews': 'crew', 'demands': 'demand'}
    tables = SCHEMAS['import.schema.json']['properties']['tables']['properties']
    for table, one in lists.items():
        keys = set()
        for key, value in SCHEMAS['instance.schema.json']['$defs'][one]['properties'].items():
            inner = {'pickup': ['from', 'until'], 'delivery': ['from', 'until'], 'escorts': list(value.get('properties', {}))}.get(key)
            keys |= {f'{key}_{i}' for i in inner} if inner else {key}
        columns = set(tables[table]['properties']['defaults']['propertyNames']['enum'])
        check(columns == keys, f'{table}: columns {sorted(columns ^ keys)} are in the schema of one and not of the other')
        made = {'format': 'sortie-import', 'version': 1, 'instance': json.load(open('instances/example.json')), 'tables': {table: {'file': '/dev/null', 'defaults': {c: '' for c in columns}}}}
        run = subprocess.run([PROGRAM, 'import', '-'], input=json.dumps(made), capture_output=True, text=True, timeout=60)
        check('no such column' not in run.stderr, f'{table}: {run.stderr}')


def main():
    first, verdicts, n = {}, open(VERDICTS, 'w'), 0
    for name, where, document in documents():
        fault = next(VALIDATORS[name].iter_errors(document), None)
        check(fault is None, f'{where} is no {name}: {fault and fault.message[:200]} at {fault and list(fault.absolute_path)}')
        verdicts.write(json.dumps([name, document, fault is None]) + '\n')
        n += 1
        first.setdefault(name, document)
    for name, document in first.items():
        for what, path, made in changes(document if name in ('instance', 'schedule') else short(document)):
            good = VALIDATORS[name].is_valid(made)
            check(not (what == 'key' and good and not begins(path, [start for free, start in FREE if free == name])), f'{name}: an unknown key is taken at {path}')
            verdicts.write(json.dumps([name, made, good]) + '\n')
    check(set(first) == set(VALIDATORS), f'no document of {set(VALIDATORS) - set(first)}')
    against_program('instance', ['validate', '-'], first['instance'])
    against_program('schedule', ['check', sys.argv[4], '-'], first['schedule'], UNREAD)
    every_key(first['instance'])
    columns_of_tables()
    for fault in faults[:20]:
        print(fault)
    print(f'{n} documents')
    sys.exit(bool(faults))


main()
