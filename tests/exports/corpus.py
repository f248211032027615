"""Writes an instance whose ids and names try to break out of whatever they are written into.
usage: corpus.py INSTANCE"""
import json
import sys

HOSTILE = [
    'plain',
    'quotes " and \' and `',
    '=cmd|\' /C calc\'!A0',
    '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '\r=2', '\n=1', '＝1+1', "'=1",
    'semicolon;=1,comma',
    '<script>alert(1)</script>', ']]><!-- & &amp; &#0; -->', '"><img src=x onerror=alert(1)>',
    'CR\rLF\r\nBEGIN:VEVENT\r\nEND:VCALENDAR',
    'back\\slash\\n \\N \\, \\;',
    '../../etc/passwd', '/etc/passwd', '..', '.', 'CON', 'a/b\\c:d*e?f|g', ' ', '  spaces  ', '%41', '~',
    'upper', 'UPPER', 'Upper',
    '\U0001F6E9\uFE0F four bytes \U00010348', 'e\u0301 combining', '\u00e9 composed',
    'right \u202Eto\u202C left \u200F mark \u2066x\u2069', 'zero\u200Bwidth\uFEFF', 'line\u2028and\u2029paragraph\u0085',
    'controls \u0001\u0008\u000B\u000C\u001B[31m\u007F\u009B', 'not a character \uFFFE\uFFFF', '{"json": [null]}', '{{7*7}}${7*7}#{7*7}',
    "'; DROP TABLE sorties; --", '(FPL-X-IS)', '-N0450F350', 'M001', 'null', '0', '1e5',
    'long ' + 'x' * 9995, '\u00e9' * 5000, 'long \U0001F6E9' * 1000,
]


def instance():
    n = len(HOSTILE)
    assert len(set(HOSTILE)) == n and all(1 <= len(h.encode()) <= 10000 for h in HOSTILE)
    return {
        'format': 'sortie-instance', 'version': 1, 'name': HOSTILE[15], 'currency': HOSTILE[2],
        'start': '2026-03-01T00:00:00Z', 'end': '2026-03-03T00:00:00Z',
        'airfields': [{'id': h, 'name': HOSTILE[(i + 1) % n], 'country': HOSTILE[(i + 2) % n], 'lat': 10 + i % 7,
                       'lon': 179.0 - i * 0.1 if i % 2 else i * 0.1 - 179, 'runway_ft': 9000,
                       'time_zone': HOSTILE[(i + 3) % n], 'iata': 'X' + chr(65 + i // 26) + chr(65 + i % 26)} for i, h in enumerate(HOSTILE)],
        'aircraft_types': [{'id': HOSTILE[12], 'name': HOSTILE[1], 'configurations': [{'id': HOSTILE[2], 'seats': 50}],
                            'payload_range': [{'payload_kg': 20000, 'range_nm': 9000}],
                            'block': {'speed_kt': 400, 'fixed_min': 10},
                            'ground': {'onload_min': 60, 'offload_min': 60, 'enroute_min': 60}, 'turn_min': 60,
                            'runway_ft': 3000, 'fdp_basic_min': 420, 'fdp_augmented_min': 420,
                            'cost_per_block_hour': 1000}],
        'airframes': [{'id': h, 'type': HOSTILE[12], 'at': h} for h in HOSTILE],
        'crews': [{'id': h, 'types': [HOSTILE[12]], 'kind': 'basic', 'at': h} for h in HOSTILE],
        'demands': [{'id': h, 'origin': h, 'destination': HOSTILE[(i + 1) % n], 'pax': 46 + i % 5, 'kg_per_pax': 100,
                     'category': HOSTILE[(i + 1) % n], 'penalty': 1000000} for i, h in enumerate(HOSTILE)],
        'rules': {'show_min': 120, 'post_flight_min': 30, 'rest_min': 720},
    }


if __name__ == '__main__':
    with open(sys.argv[1], 'w') as to:
        json.dump(instance(), to)
