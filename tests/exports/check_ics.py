"""Reads calendars with python3-icalendar and compares every event with the schedule file. icalendar 4.0 takes a
backslash before an n for a line end even where another backslash is before it, so texts are taken from the content
lines, and compared with icalendar's where there is no backslash.
usage: check_ics.py INSTANCE SCHEDULE FOLDER|FILE
       check_ics.py --revised OLD_FOLDER NEW_FOLDER      the same events, all with later times and greater sequences"""
import os
import re
import sys
from datetime import timedelta

from icalendar import Calendar

from read import Case, Checks, instant

LINE_ENDS = re.compile('\r\n|[\r\n\x85\u2028\u2029]')


def as_held(text):
    """What iCalendar can hold of a text."""
    text = LINE_ENDS.sub('\n', text)
    return re.sub('[\x00-\x08\x0b-\x1f\x7f]', lambda c: f'\\u{ord(c[0]):04X}', text)


def unescape(value):
    return re.sub(r'\\(.)', lambda m: '\n' if m[1] in 'nN' else m[1], value)


def content_lines(raw, path, checks):
    checks.true(f'{path}: ends with CR LF', raw.endswith(b'\r\n'))
    lines = raw.split(b'\r\n')[:-1]
    for line in lines:
        checks.true(f'{path}: 75 bytes at most, no control characters: {line!r}',
                    len(line) <= 75 and not re.search(rb'[\x00-\x08\x0a-\x1f\x7f]', line) and line.decode() is not None)
    return raw.decode().replace('\r\n ', '').split('\r\n')[:-1]


def read_calendar(path, checks):
    """(name, events): each event a dictionary of texts, with times as icalendar reads them."""
    with open(path, 'rb') as f:
        raw = f.read()
    calendar = Calendar.from_ical(raw.decode())
    lines = content_lines(raw, path, checks)
    checks.same(f'{path}: begin and end', (lines[0], lines[-1]), ('BEGIN:VCALENDAR', 'END:VCALENDAR'))
    parts = list(calendar.subcomponents)
    checks.true(f'{path}: at least one component', parts)
    blocks, name = [], None
    for line in lines[1:-1]:
        key, value = line.split(':', 1)
        if key == 'BEGIN':
            blocks.append({})
        elif key == 'X-WR-CALNAME':
            name = unescape(value)
        elif key != 'END' and blocks:
            checks.true(f'{path}: {key} once', key not in blocks[-1])
            blocks[-1][key] = unescape(value)
    checks.same(f'{path}: components', len(blocks), len(parts))
    for part, block in zip(parts, blocks):
        for key in ('SUMMARY', 'LOCATION', 'DESCRIPTION', 'X-SORTIE-AIRFRAME'):
            if key in block and '\\' not in block[key]:
                checks.same(f'{path}: {key} as icalendar reads it', str(part[key]), block[key])
        for key in ('DTSTART', 'DTEND', 'DTSTAMP'):
            block[key] = part.decoded(key) if key in part else None
        block['SEQUENCE'] = part.get('SEQUENCE')
        block['kind'] = part.name
    return name, blocks


def end_of(event):
    return event['DTEND'] or event['DTSTART']


def sorties(case, keep=lambda m: True):
    return sorted((instant(s['take_off']), instant(s['block_in']), m['id'], as_held(m['airframe']), as_held(m['crew']),
                   as_held(s['from']), as_held(s['to'])) for m, _, s in case.sorties() if keep(m))


def check_sorties(events, expected, what, checks):
    checks.same(f'sorties of {what!r:.60}',
                sorted((e['DTSTART'], end_of(e), e['X-SORTIE-MISSION'], e['X-SORTIE-AIRFRAME'], e['X-SORTIE-CREW'],
                        e['X-SORTIE-FROM'], e['X-SORTIE-TO']) for e in events), expected)


def check_duties(case, events, crew, checks):
    rules = case.instance['rules']
    expected = sorted((instant(m['sorties'][0]['take_off']) - timedelta(minutes=rules['show_min']),
                       instant(m['sorties'][-1]['block_in']) + timedelta(minutes=rules['post_flight_min']),
                       m['id'], as_held(m['airframe'])) for m in case.missions if m['crew'] == crew)
    checks.same(f'duties of {crew!r:.60}', sorted((e['DTSTART'], end_of(e), e['X-SORTIE-MISSION'],
                                                   e['X-SORTIE-AIRFRAME']) for e in events), expected)


def visits(case, airfield=None):
    return sorted((instant(s['arrival'] or s['handling_start']), instant(s['departure'] or s['handling_end']), m['id'],
                   as_held(m['airframe'])) for m in case.missions for s in m['stops']
                  if airfield is None or s['airfield'] == airfield)


def check_visits(events, expected, what, checks):
    checks.same(f'visits to {what!r:.60}', sorted((e['DTSTART'], end_of(e), e['X-SORTIE-MISSION'],
                                                   e['X-SORTIE-AIRFRAME']) for e in events), expected)


def check_folder(case, folder, checks):
    names = os.listdir(folder)
    checks.same('files that differ by more than case', len({n.lower() for n in names}), len(names))
    uids, found = [], {'airframe': {}, 'crew': {}, 'airfield': {}}
    for file in names:
        match = re.fullmatch(r'(airframe|crew|airfield)-[A-Za-z0-9_-]*(~[0-9a-f]{16})?\.ics', file)
        checks.true(f'file name {file!r}', match)
        name, blocks = read_calendar(os.path.join(folder, file), checks)
        checks.true(f'{name!r:.60} once', name not in found[match[1]])
        found[match[1]][name] = [b for b in blocks if b['kind'] == 'VEVENT']
        uids += [b['UID'] for b in blocks]
        for b in blocks:
            checks.same('DTSTAMP', b['DTSTAMP'], instant('2026-01-01T00:00:00Z'))
            checks.same('SEQUENCE', b['SEQUENCE'], 820540800 if b['kind'] == 'VEVENT' else None)
    checks.same('UIDs that occur twice', len(uids) - len(set(uids)), 0)
    for kind, ids in (('airframe', case.airframes), ('crew', case.crews), ('airfield', case.airfields)):
        checks.same(f'{kind} calendars', sorted(found[kind]), sorted({as_held(i) for i in ids}))
    for i in case.airframes:
        check_sorties(found['airframe'][as_held(i)], sorties(case, lambda m: m['airframe'] == i), i, checks)
    for i in case.crews:
        check_duties(case, found['crew'][as_held(i)], i, checks)
    for i in case.airfields:
        check_visits(found['airfield'][as_held(i)], visits(case, i), i, checks)


def revised(old, new):
    checks = Checks('ics, revised')
    checks.same('files', sorted(os.listdir(new)), sorted(os.listdir(old)))
    for file in os.listdir(old):
        before = {b['UID']: b for b in read_calendar(os.path.join(old, file), checks)[1]}
        after = {b['UID']: b for b in read_calendar(os.path.join(new, file), checks)[1]}
        checks.same(f'{file}: UIDs', sorted(after), sorted(before))
        for uid, b in before.items():
            if b['kind'] != 'VEVENT':
                continue
            checks.true(f'{file}: greater sequence', after[uid]['SEQUENCE'] > b['SEQUENCE'])
            checks.true(f'{file}: later stamp', after[uid]['DTSTAMP'] > b['DTSTAMP'])
            checks.same(f'{file}: moved', after[uid]['DTSTART'] - b['DTSTART'], timedelta(hours=1))
    return checks.end()


def main(instance, schedule, path):
    case, checks = Case(instance, schedule), Checks('ics')
    if os.path.isdir(path):
        check_folder(case, path, checks)
    else:
        name, blocks = read_calendar(path, checks)
        checks.same('name', name, as_held(case.instance.get('name', '')))
        check_visits(blocks, visits(case), 'all', checks)
    return checks.end()


if __name__ == '__main__':
    sys.exit(revised(*sys.argv[2:]) if sys.argv[1] == '--revised' else main(*sys.argv[1:]))
