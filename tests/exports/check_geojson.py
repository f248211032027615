"""Reads a map with GDAL and as JSON, and compares it with the schedule file.
usage: check_geojson.py INSTANCE SCHEDULE FILE"""
import json
import sys

from geo import check_track, read_layer
from read import Case, Checks, instant


def gdal_instant(text):
    """"2026/09/10 09:00:00+00" or "2026-09-10T09:00:00Z"."""
    return instant(text[:19].replace('/', '-').replace(' ', 'T') + 'Z')


def main(instance, schedule, path):
    case, checks = Case(instance, schedule), Checks('geojson')
    with open(path, encoding='utf-8') as f:
        raw = json.load(f)
    checks.same('name', raw['name'], case.instance.get('name', ''))
    features = read_layer(path)
    checks.same('features', len(features), len(raw['features']))
    points = {f['properties']['airfield']: f for f in features if f['properties']['kind'] == 'airfield'}
    sorties = [f for f in features if f['properties']['kind'] == 'sortie']
    checks.same('airfields', list(points), list(case.airfields))
    for key, given in case.airfields.items():
        if isinstance(given, dict) and 'lat' in given:
            checks.same('place', points[key]['geometry']['coordinates'],
                        [round(given['lon'], 6) * 1.0, round(given['lat'], 6) * 1.0])
            checks.same('name of an airfield', points[key]['properties']['name'], given.get('name', ''))
    expected = list(case.sorties())
    checks.same('sorties', len(sorties), len(expected))
    cut = 0
    for f, (m, i, s) in zip(sorties, expected):
        p = f['properties']
        checks.same('sortie', (p['mission'], p['sortie'], p['airframe'], p['crew'], p['from'], p['to'], p['passengers'],
                               p['escorts'], float(p['payload_kg'])),
                    (m['id'], i + 1, m['airframe'], m['crew'], s['from'], s['to'], s['passengers'], s['escorts'],
                     float(s['payload_kg'])))
        checks.same('times', (gdal_instant(p['take_off']), gdal_instant(p['block_in'])),
                    (instant(s['take_off']), instant(s['block_in'])))
        checks.same('aboard', [(a['demand'], a['passengers'], a['escorts']) for a in p['aboard']],
                    [(a['demand'], a['pax'], a['escorts']) for a in s['aboard']])
        cut += check_track(f'{m["id"]}/{i + 1}', f['geometry'], points[s['from']]['geometry']['coordinates'],
                           points[s['to']]['geometry']['coordinates'], checks) > 1
    if case.instance['name'].startswith('CR\r'):
        checks.true('lines cut at the antimeridian', cut > 0)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
