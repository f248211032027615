"""Reads SSIM records by the byte positions of ssim_layout.csv and compares every field of every record.
usage: check_ssim.py INSTANCE SCHEDULE FILE [CATALOGUE_AIRFIELDS CATALOGUE_TYPES]"""
import csv
import json
import os
import re
import sys
import zoneinfo
from datetime import timedelta, timezone

from read import Case, Checks, instant

HERE = os.path.dirname(os.path.abspath(__file__))
MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split()


def layout():
    """{record type: [(name, first, last)]}, looked at for gaps."""
    fields = {}
    with open(os.path.join(HERE, 'ssim_layout.csv'), newline='') as f:
        for row in csv.DictReader(f):
            fields.setdefault(row['record'], []).append((row['name'], int(row['first_byte_1based']), int(row['last_byte'])))
    for kind, rows in fields.items():
        at = 1
        for name, first, last in rows:
            assert first == at and last >= first, (kind, name)
            at = last + 1
        assert at == 201, kind
    return fields


def records(path, checks):
    """Dictionaries of fields, blanks at their ends cut off but in days of operation."""
    with open(path, 'rb') as f:
        raw = f.read()
    fields, out = layout(), []
    for line in raw.split(b'\n')[:-1]:
        checks.same('bytes of a record', len(line), 200)
        checks.true('capitals, digits and signs of a teleprinter', re.fullmatch(rb'[A-Z0-9 .+-]*', line))
        text = line.decode('ascii')
        out.append({name: text[first - 1:last] for name, first, last in fields[text[0]]})
    checks.true('ends with a line end', raw.endswith(b'\n'))
    return out


def date(d):
    return f'{d.day:02}{MONTHS[d.month - 1]}{d.year % 100:02}'


def plain(text):
    """Capitals, digits, stops and single blanks."""
    return re.sub('[^A-Z0-9.]+', ' ', re.sub('[a-z]', lambda c: c[0].upper(), text)).strip(' ')


def cut(text, most):
    return text[:most].rstrip(' ')


def zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except Exception:  # whatever is wrong with a name, the station is on UTC
        return timezone.utc


def ahead(t, tz):
    minutes = int(t.astimezone(tz).utcoffset().total_seconds() // 60)
    return f'{"-" if minutes < 0 else "+"}{abs(minutes) // 60:02}{abs(minutes) % 60:02}'


class Places:
    def __init__(self, case, airfields, types):
        known = {a['id']: a for a in airfields}
        self.field = {k: {**known.get(k, {}), **(v if isinstance(v, dict) else {})} for k, v in case.airfields.items()}
        known = {t['id']: t for t in types}
        self.type = {}
        for t in case.instance['aircraft_types']:
            own = t if isinstance(t, dict) else {'id': t}
            self.type[own['id']] = {**known.get(own['id'], {}), **own}


def expect_leg(case, places, mission, index, sortie, local):
    airframe = case.airframes[mission['airframe']]
    kind = places.type[airframe['type']]
    seats = {c['id']: c['seats'] for c in kind['configurations']}[mission['configuration']]
    here = [zone(places.field[sortie[k]].get('time_zone', '')) for k in ('from', 'to')]
    first = zone(places.field[mission['sorties'][0]['from']].get('time_zone', ''))
    departure = instant(sortie['take_off']).replace(second=0)
    arrival = instant(sortie['block_in'])
    arrival += timedelta(seconds=-arrival.second % 60)
    origin = instant(mission['sorties'][0]['take_off']).replace(second=0)
    zones = (*here, first) if local else (timezone.utc,) * 3
    d, a, o = (t.astimezone(z) for t, z in zip((departure, arrival, origin), zones))
    days = [(t.date() - o.date()).days for t in (d, a)]
    weekday = o.isoweekday()
    number = int(mission['id'][1:])
    return {
        'record_type': '3', 'operational_suffix': '', 'airline_designator': 'ZZ', 'flight_number': f'{number:04}',
        'itinerary_variation_identifier': '01', 'leg_sequence_number': f'{index + 1:02}',
        'service_type': 'W' if sortie['passengers'] else 'P', 'operation_from': date(o), 'operation_to': date(o),
        'days_of_operation': (' ' * (weekday - 1) + str(weekday)),
        'departure_station': places.field[sortie['from']]['iata'], 'passenger_std': d.strftime('%H%M'),
        'aircraft_std': d.strftime('%H%M'), 'departure_time_variation': ahead(departure, here[0]),
        'arrival_station': places.field[sortie['to']]['iata'], 'aircraft_sta': a.strftime('%H%M'),
        'passenger_sta': a.strftime('%H%M'), 'arrival_time_variation': ahead(arrival, here[1]),
        'aircraft_type': kind.get('iata_type', 'EQV'), 'aircraft_configuration': f'Y{seats}',
        'date_variation': ''.join('A' if n < 0 else str(n) for n in days),
    }


def compare(what, record, expected, serial, checks):
    expected = dict(expected, record_serial_number=f'{serial:06}')
    for name, value in record.items():
        checks.same(f'{what}: {name}', value.rstrip(' '), expected.pop(name, ''))
    checks.same(f'{what}: fields that are not in the layout', list(expected), [])


def main(instance, schedule, path, airfields, types):
    case, checks = Case(instance, schedule), Checks('ssim')
    with open(airfields) as a, open(types) as t:
        places = Places(case, json.load(a), json.load(t))
    found = records(path, checks)
    checks.same('record types', ''.join(r['record_type'] for r in found), '12' + '3' * len(list(case.sorties())) + '5')
    local = found[1]['time_mode'] == 'L'
    checks.same('time mode', local, '.local.' in path)
    compare('header', found[0], {'record_type': '1', 'title_of_contents': 'AIRLINE STANDARD SCHEDULE DATA SET',
                                 'data_serial_number': '001'}, 1, checks)
    compare('carrier', found[1], {
        'record_type': '2', 'time_mode': 'L' if local else 'U', 'airline_designator': 'ZZ',
        'schedule_validity_from': date(case.start), 'schedule_validity_to': date(case.end), 'creation_date': '31DEC25',
        'creation_time': '2359', 'title_of_data': cut(plain(case.instance['name']), 29), 'schedule_status': 'P',
        'creator_ref': plain(case.schedule['program'])}, 2, checks)
    for n, (record, (m, i, s)) in enumerate(zip(found[2:], case.sorties())):
        compare(f'{m["id"]}/{i + 1}', record, expect_leg(case, places, m, i, s, local), n + 3, checks)
    compare('trailer', found[-1], {'record_type': '5', 'airline_designator': 'ZZ', 'cont_or_end_code': 'E',
                                   'serial_num_check_ref': f'{len(found) - 1:06}'}, len(found), checks)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
