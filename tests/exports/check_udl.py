"""Validates records with python3-jsonschema against the fields of the public schemas, and compares them with the
schedule file.
usage: check_udl.py INSTANCE SCHEDULE FOLDER"""
import json
import os
import re
import sys
from datetime import datetime, timezone

import jsonschema

from read import Case, Checks, instant

HERE = os.path.dirname(os.path.abspath(__file__))


def time(text):
    return datetime.strptime(text, '%Y-%m-%dT%H:%M:%S.%fZ').replace(tzinfo=timezone.utc)


def icao(airfield):
    return airfield if re.fullmatch('[A-Z]{4}', airfield) else None


def read_records(folder, name, checks):
    with open(os.path.join(HERE, 'udl.schema.json')) as f:
        schema = json.load(f)
    with open(os.path.join(folder, f'{name}.json'), encoding='utf-8') as f:
        records = json.load(f)
    validator = jsonschema.Draft7Validator({**schema, '$ref': f'#/definitions/{name}'})
    for record in records:
        for fault in validator.iter_errors(record):
            checks.same(f'{name} by its schema', fault.message, 'nothing wrong')
    checks.same('who says it', {(r['classificationMarking'], r['dataMode'], r['source']) for r in records},
                {('U', 'TEST', 'SORTIE')})
    return records


def rides(mission, case, sortie=None):
    return sorted((r['demand'], r['pax'], r['escorts'], r['load_stop'] + 1, case.demands[r['demand']]['origin'],
                   r['unload_stop'] + 1, case.demands[r['demand']]['destination']) for r in mission['rides']
                  if sortie is None or r['load_stop'] <= sortie < r['unload_stop'])


def written(loads, key):
    return sorted((r[key], r['numPax'], r['numAttendant'], r['onloadId'], r['onloadLOCode'], r['offloadId'],
                   r['offloadLOCode']) for r in loads)


def check_missions(case, records, checks):
    found = {r['origMissionId']: r for r in records}
    checks.same('missions', sorted(found), sorted(m['id'] for m in case.missions))
    chain = {}
    for m in case.missions:
        chain.setdefault(m['airframe'], []).append(m['id'])
    for m in case.missions:
        r, ids = found[m['id']], chain[m['airframe']]
        at = ids.index(m['id'])
        checks.same('requirements', written(r['requirements'], 'transReqNum'), rides(m, case))
        checks.same('neighbours', (r.get('prevMissionId'), r.get('nextMissionId')),
                    (ids[at - 1] if at > 0 else None, ids[at + 1] if at + 1 < len(ids) else None))
        on, off = [x['load_stop'] for x in m['rides']], [x['unload_stop'] for x in m['rides']]
        checks.same('ends', (r.get('firstPickUp'), r.get('lastDropOff')),
                    (icao(m['stops'][min(on)]['airfield']), icao(m['stops'][max(off)]['airfield'])) if on else (None, None))
        checks.same('operation', r['operation'], case.instance['name'])


def check_sorties(case, records, checks):
    checks.same('sorties', [(r['origSortieId'], r['missionId'], r['legNum'], time(r['plannedDepTime']),
                             time(r['plannedArrTime']), r['sortieDate'], r.get('depICAO'), r.get('arrICAO'),
                             r['tailNumber'], r['aircraftMDS'], r['reqConfig'], r['passengers'],
                             r['arrItinerary'] - r['depItinerary']) for r in records],
                [(f'{m["id"]}/{i + 1}', m['id'], i + 1, instant(s['take_off']), instant(s['block_in']), s['take_off'][:10],
                  icao(s['from']), icao(s['to']), m['airframe'], case.airframes[m['airframe']]['type'],
                  m['configuration'], s['passengers'] + s['escorts'], 1) for m, i, s in case.sorties()])
    for r, (_, _, s) in zip(records, case.sorties()):
        checks.true('minutes', abs(r['flightTime'] - s['block_min']) < 1e-6)


def check_loads(case, records, checks):
    checks.same('load plans', [(r['missionNumber'], r['legNum'], r['tailNumber'], r['depAirfield'], r['arrAirfield'],
                                written(r['airLoadPlanULNActuals'], 'uln')) for r in records],
                [(m['id'], i + 1, m['airframe'], s['from'], s['to'], rides(m, case, i)) for m, i, s in case.sorties()])
    for r, (_, _, s) in zip(records, case.sorties()):
        freight = {d['id']: d.get('freight_kg', 0) for d in case.demands.values()}
        most = sum(freight[x['uln']] for x in r['airLoadPlanULNActuals'])
        checks.true('freight', 0 <= sum(x['ulnCargoWeight'] for x in r['airLoadPlanULNActuals']) <= most)


def main(instance, schedule, folder):
    case, checks = Case(instance, schedule), Checks('udl')
    check_missions(case, read_records(folder, 'AirTransportMission', checks), checks)
    check_sorties(case, read_records(folder, 'AircraftSortie', checks), checks)
    check_loads(case, read_records(folder, 'AirLoadPlan', checks), checks)
    checks.same('files', len(os.listdir(folder)), 3)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
