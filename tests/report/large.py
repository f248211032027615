"""Writes an instance and a schedule of ten thousand sorties and a few days' sight of them: valid to the reader, not to the rules.
usage: large.py INSTANCE SCHEDULE"""
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone

START = datetime(2026, 3, 1, tzinfo=timezone.utc)
FRAMES, CREWS, MISSIONS, DAYS = 100, 150, 5000, 60
FIELDS = [('KBIF', 31.85, -106.38), ('KTUS', 32.11, -110.94), ('MGGT', 14.58, -90.53), ('PHNL', 21.32, -157.92), ('RJTY', 35.75, 139.35),
          ('NZAA', -37.01, 174.79), ('NFFN', -17.76, 177.44), ('PANC', 61.17, -150.0), ('YSSY', -33.95, 151.18), ('RKSO', 37.09, 127.03)]


def at(minutes):
    return (START + timedelta(minutes=minutes)).strftime('%Y-%m-%dT%H:%M:%SZ')


def instance():
    return {
        'format': 'sortie-instance', 'version': 1, 'name': 'ten thousand sorties', 'currency': 'USD', 'start': at(0), 'end': at(DAYS * 1440),
        'airfields': [{'id': f, 'lat': lat, 'lon': lon, 'runway_ft': 10000, 'mog': 12, 'time_zone': 'America/Denver'} for f, lat, lon in FIELDS],
        'aircraft_types': ['C-17A'],
        'airframes': [{'id': f'T{i:03}', 'type': 'C-17A', 'at': FIELDS[i % 10][0]} for i in range(FRAMES)],
        'crews': [{'id': f'CREW {i:03}', 'types': ['C-17A'], 'kind': 'basic', 'at': FIELDS[i % 10][0]} for i in range(CREWS)],
        'demands': [{'id': f'D{i:03}', 'origin': FIELDS[i % 10][0], 'destination': FIELDS[(i + 1 + i // 10) % 10][0] if (1 + i // 10) % 10 else FIELDS[(i + 1) % 10][0],
                     'pax': 9000, 'kg_per_pax': 100, 'category': 'adult', 'penalty': 100} for i in range(90)],
        'limits': [{'id': 'country', 'airfields': ['MGGT'], 'per_day': {'arrivals': 20, 'pax': 2000}}],
        'rules': {'show_min': 195, 'post_flight_min': 45, 'rest_min': 720},
    }


def mission(n, demands):
    demand = demands[n % 90]
    begin = (n // FRAMES) * 1700 + (n % FRAMES) * 15
    times = [begin + 90, begin + 390, begin + 540, begin + 840]
    return {
        'airframe': f'T{n % FRAMES:03}', 'crew': f'CREW {n % CREWS:03}', 'configuration': 'nine-seat-pallets',
        'stops': [{'airfield': demand['origin'], 'handling_start': at(begin), 'handling_end': at(begin + 60), 'departure': at(times[0])},
                  {'airfield': demand['destination'], 'arrival': at(times[1]), 'handling_start': at(times[1]), 'handling_end': at(times[1] + 60), 'departure': at(times[2])},
                  {'airfield': demand['origin'], 'arrival': at(times[3]), 'handling_start': at(times[3]), 'handling_end': at(times[3])}],
        'rides': [{'demand': demand['id'], 'pax': 100 + n % 60, 'load_stop': 0, 'unload_stop': 1}],
    }


if __name__ == '__main__':
    made = instance()
    text = json.dumps(made).encode()
    with open(sys.argv[1], 'wb') as to:
        to.write(text)
    cost = {'block': 1, 'fees': 2, 'missions': 3, 'not_moved': 4, 'delay': 5, 'total': 15}
    with open(sys.argv[2], 'w') as to:
        json.dump({'format': 'sortie-schedule', 'version': 1, 'instance': {'sha256': hashlib.sha256(text).hexdigest()}, 'status': 'feasible',
                   'cost': cost, 'bound': 10, 'missions': [mission(n, made['demands']) for n in range(MISSIONS)]}, to)
