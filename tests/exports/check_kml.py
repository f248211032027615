"""Reads a map with GDAL and as XML, and compares it with the schedule file.
usage: check_kml.py INSTANCE SCHEDULE FILE"""
import html.parser
import re
import sys
import xml.etree.ElementTree as tree

from check_geojson import gdal_instant
from geo import check_track, read_layer
from read import Case, Checks, instant


def as_held(text):
    """What XML can hold of a text."""
    return re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]', lambda c: f'\\u{ord(c[0]):04X}', text)


class Tags(html.parser.HTMLParser):
    """The tags that a viewer would see in a description."""

    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, tuple(attrs)))


def names_and_data(path, checks):
    """Of every placemark: folder, name and data, read as XML; and that descriptions hold no tags of others."""
    kml = '{http://www.opengis.net/kml/2.2}'
    root = tree.parse(path).getroot()
    checks.same('root', root.tag, kml + 'kml')
    tags = Tags()
    places = []
    for folder in root.iter(kml + 'Folder'):
        for place in folder.iter(kml + 'Placemark'):
            tags.feed(place.findtext(kml + 'description'))
            data = {d.get('name'): d.findtext(kml + 'value') for d in place.iter(kml + 'Data')}
            places.append((folder.findtext(kml + 'name'), place.findtext(kml + 'name'), data))
    checks.same('tags in descriptions', tags.seen, {('br', ())})
    return root.findtext(f'{kml}Document/{kml}name'), places


def check_xml(case, path, checks):
    title, places = names_and_data(path, checks)
    checks.same('title', title, as_held(case.instance.get('name', '')))
    checks.same('airfields', [(name, data['airfield']) for folder, name, data in places if folder == 'airfields'],
                [(as_held(a), as_held(a)) for a in case.airfields])
    checks.same('sorties', [(data['mission'], data['airframe'], data['crew'], data['from'], data['to'],
                             data['passengers']) for folder, _, data in places if folder == 'sorties'],
                [(m['id'], as_held(m['airframe']), as_held(m['crew']), as_held(s['from']), as_held(s['to']),
                  str(s['passengers'])) for m, _, s in case.sorties()])
    stops = [data for folder, _, data in places if folder == 'stops']
    checks.same('stops', [(d['mission'], d['stop'], d['airfield'], d['boarding'], d['leaving']) for d in stops],
                [(m['id'], str(i), as_held(s['airfield']),
                  str(sum(r['pax'] for r in m['rides'] if r['load_stop'] == i)),
                  str(sum(r['pax'] for r in m['rides'] if r['unload_stop'] == i)))
                 for m in case.missions for i, s in enumerate(m['stops'])])


def check_gdal(case, path, checks):
    points = {}
    airfields = read_layer(path, 'airfields')
    for f, key in zip(airfields, case.airfields):
        points[key] = f['geometry']['coordinates'][:2]
        given = case.airfields[key]
        if isinstance(given, dict) and 'lat' in given:
            checks.true('place', abs(points[key][0] - given['lon']) < 1e-6 and abs(points[key][1] - given['lat']) < 1e-6)
    checks.same('airfields that GDAL reads', len(airfields), len(case.airfields))
    sorties, expected = read_layer(path, 'sorties'), list(case.sorties())
    checks.same('sorties that GDAL reads', len(sorties), len(expected))
    for f, (m, i, s) in zip(sorties, expected):
        p = f['properties']
        checks.same('sortie that GDAL reads', (p['Name'], gdal_instant(p['begin']), gdal_instant(p['end'])),
                    (f'{m["id"]}/{i + 1}', instant(s['take_off']), instant(s['block_in'])))
        checks.same('airframe that GDAL reads', p['airframe'].strip(), as_held(m['airframe']).strip())
        check_track(f'{m["id"]}/{i + 1}', f['geometry'], points[s['from']], points[s['to']], checks)
    stops = read_layer(path, 'stops')
    checks.same('stops that GDAL reads', [(gdal_instant(f['properties']['begin']), gdal_instant(f['properties']['end']))
                                          for f in stops],
                [(instant(s['arrival'] or s['handling_start']), instant(s['departure'] or s['handling_end']))
                 for m in case.missions for s in m['stops']])


def main(instance, schedule, path):
    case, checks = Case(instance, schedule), Checks('kml')
    check_xml(case, path, checks)
    check_gdal(case, path, checks)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
