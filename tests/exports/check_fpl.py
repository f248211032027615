"""Parses flight plan messages by the field grammar of ICAO Doc 4444 (appendix 2 and 3) and compares them with the
schedule file. Written from the document, apart from the writer.
usage: check_fpl.py INSTANCE SCHEDULE FILE CATALOGUE_TYPES"""
import json
import re
import sys

from read import Case, Checks, instant

# Item 18, in the order in which the document lists the indicators.
INDICATORS = ('STS PBN NAV COM DAT SUR DEP DEST DOF REG EET SEL TYP CODE DLE OPR ORGN PER ALTN RALT TALT RIF RMK').split()
POINT = r'\d{2}[NS]\d{3}[EW]|\d{4}[NS]\d{5}[EW]|[A-Z]{2,5}|[A-Z0-9]{2,5}\d{6}'
SPEED = r'N\d{4}|K\d{4}|M\d{3}'
LEVEL = r'F\d{3}|S\d{4}|A\d{3}|M\d{4}'
ROUTE_WORD = rf'DCT|VFR|IFR|[A-Z]{{1,2}}\d{{1,3}}[A-Z]?|[A-Z0-9]{{2,7}}|(?:{POINT})(?:/(?:{SPEED})(?:{LEVEL}))?'
FIELD7 = r'[A-Z0-9]{1,7}(?:/A[0-7]{4})?'
FIELD8 = r'[IVYZ][SNGMX]?'
FIELD9 = r'(?P<number>\d{1,2})?(?P<type>[A-Z][A-Z0-9]{1,3})/(?P<wake>[JHML])'
FIELD10 = r'(?P<com>N|S?(?:[ABCDFGHIKLORTUVWXYZ]|E[123]|J[1-7]|M[123]|P[1-9])*)/(?P<sur>N|(?:[ACEHILPSX]|B[12]|U[12]|V[12]|D1|G1)+)'
FIELD13 = r'(?P<from>[A-Z]{4}|AFIL)(?P<eobt>(?:[01]\d|2[0-3])[0-5]\d)'
FIELD15 = rf'(?P<speed>{SPEED})(?P<level>{LEVEL}|VFR) (?P<route>(?:{ROUTE_WORD})(?: (?:{ROUTE_WORD}))*)'
FIELD16 = r'(?P<to>[A-Z]{4})(?P<eet>\d{2}[0-5]\d)(?P<alternates>(?: [A-Z]{4}){0,2})'
PBN = r'(?:A1|B[1-6]|C[1-4]|D[1-4]|L1|O[1-4]|S[12]|T[12]){1,8}'
PLACE = r'(?:(?P<name>[A-Z0-9. ]{1,50}) )?(?P<lat>\d{4})(?P<ns>[NS])(?P<lon>\d{5})(?P<ew>[EW])'


def split_items(text):
    """{indicator: text} of item 18."""
    assert text != '0'
    out, key = {}, None
    for word in text.split(' '):
        match = re.match(r'([A-Z]{3,4})/', word)
        if match and match[1] in INDICATORS:
            key = match[1]
            assert key not in out, key
            out[key] = [word[len(key) + 1:]]
        else:
            assert '/' not in word and key, word
            out[key].append(word)
    assert [i for i in INDICATORS if i in out] == list(out), list(out)
    return {k: ' '.join(v) for k, v in out.items()}


def parse(message):
    """One message without its line ends; AssertionError where it breaks the grammar."""
    assert re.fullmatch(r"\([A-Z0-9 ?:().,'=/+-]*\)", message) and len(message) <= 2100, message
    fields = message[1:-1].split('-')
    assert len(fields) == 9 and fields[0] == 'FPL', fields
    forms = {7: FIELD7, 8: FIELD8, 9: FIELD9, 10: FIELD10, 13: FIELD13, 15: FIELD15, 16: FIELD16}
    out = {'callsign': fields[1], 'rules': fields[2]}
    for (number, form), value in zip(forms.items(), fields[1:8]):
        match = re.fullmatch(form, value.strip(' '))
        assert match, (number, value)
        out.update(match.groupdict())
    out['other'] = other = split_items(fields[8])
    assert ('R' in out['com']) == ('PBN' in other)
    assert re.fullmatch(PBN, other.get('PBN', 'A1')), other
    assert (out['type'] == 'ZZZZ') == ('TYP' in other) and (out['from'] == 'ZZZZ') == ('DEP' in other)
    assert (out['to'] == 'ZZZZ') == ('DEST' in other)
    assert re.fullmatch(r'\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])', other['DOF'])
    assert re.fullmatch(r'[A-Z0-9]{1,50}', other.get('REG', 'X'))
    for key in ('DEP', 'DEST'):
        if key in other:
            place = re.fullmatch(PLACE, other[key])
            assert place and int(place['lat'][2:]) < 60 and int(place['lon'][3:]) < 60, other[key]
            other[key] = place
    return out


def degrees(place):
    lat = int(place['lat'][:2]) + int(place['lat'][2:]) / 60
    lon = int(place['lon'][:3]) + int(place['lon'][3:]) / 60
    return (-lat if place['ns'] == 'S' else lat), (-lon if place['ew'] == 'W' else lon)


def check_place(case, code, place, airfield, checks):
    if re.fullmatch('[A-Z]{4}', airfield):
        checks.same('location', code, airfield)
        return
    given = case.airfields[airfield]
    lat, lon = degrees(place)
    checks.true('position', abs(lat - given['lat']) < 0.0084 and abs(lon - given['lon']) < 0.0084)


def check_message(case, kinds, m, i, s, text, checks):
    try:
        p = parse(text)
    except AssertionError as fault:
        checks.same(f'{m["id"]}/{i + 1} by the grammar', repr(fault), 'nothing wrong')
        return
    other = p['other']
    take_off, minutes = instant(s['take_off']), -(-s['block_min'] // 1)
    checks.same('callsign', p['callsign'], f'ZZZ{int(m["id"][1:]):04}')
    checks.same('rules', p['rules'], 'IM')
    kind = kinds[case.airframes[m['airframe']]['type']]
    checks.same('type', (p['type'], p['wake']), (kind.get('icao_type', 'ZZZZ'), kind.get('wake', 'M')))
    checks.same('time', (other['DOF'], p['eobt']), (take_off.strftime('%y%m%d'), take_off.strftime('%H%M')))
    checks.same('elapsed', int(p['eet'][:2]) * 60 + int(p['eet'][2:]), minutes)
    check_place(case, p['from'], other.get('DEP'), s['from'], checks)
    check_place(case, p['to'], other.get('DEST'), s['to'], checks)
    tail = re.sub('[^A-Z0-9]', '', re.sub('[a-z]', lambda c: c[0].upper(), m['airframe']))
    checks.true('tail', tail.startswith(other.get('REG', '')) and (len(tail) < 41 or 'REG' in other))
    checks.true('remark', other['RMK'].startswith(f'{m["id"]} LEG {i + 1} OF {len(m["sorties"])} DRAFT'))


def main(instance, schedule, path, types):
    case, checks = Case(instance, schedule), Checks('fpl')
    with open(types) as f:
        known = {t['id']: t for t in json.load(f)}
    kinds = {}
    for t in case.instance['aircraft_types']:
        own = t if isinstance(t, dict) else {'id': t}
        kinds[own['id']] = {**known.get(own['id'], {}), **own}
    with open(path, encoding='ascii') as f:
        raw = f.read()
    for line in raw.split('\n'):
        checks.true(f'69 signs a line: {line!r}', len(line) <= 69)
    messages = [m.replace('\n-', '-').replace('\n', ' ') for m in raw.removesuffix('\n\n').split('\n\n')]
    expected = list(case.sorties())
    checks.same('messages', len(messages), len(expected))
    for text, (m, i, s) in zip(messages, expected):
        check_message(case, kinds, m, i, s, text, checks)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
