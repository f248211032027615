"""Opens a report in a real browser and compares what is in it with the schedule, counted here anew.
usage: check_report.py INSTANCE SCHEDULE REPORT [SECONDS]

SECONDS: it must open in so many; it is a large one, and not printed. AXE in the environment: the path of axe-core's script."""
import functools
import json
import os
import re
import sys
import tempfile
from datetime import datetime, timezone

from browser import Browser

faults = []


def check(good, what):
    if not good:
        faults.append(what)


@functools.lru_cache(maxsize=None)
def seconds(text):
    return int(datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc).timestamp())


# --- what ought to be there

def count_sorties(schedule):
    return sum(len(m['stops']) - 1 for m in schedule['missions'])


def parking_peaks(instance, schedule, types):
    """airfield -> most units at one instant, by rule R7"""
    frames = {f['id']: f['type'] for f in instance['airframes']}
    changes = {}
    for m in schedule['missions']:
        for i, s in enumerate(m['stops']):
            first, last = i == 0, i + 1 == len(m['stops'])
            begin, end = s['handling_start'] if first else s['arrival'], s['handling_end'] if last else s['departure']
            units = types[frames[m['airframe']]]
            changes.setdefault(s['airfield'], []).extend([(seconds(begin), 1, units), (seconds(end), 0, -units)] if begin != end else [])
    peaks = {}
    for airfield, list_ in changes.items():
        now = peak = 0
        for _, _, units in sorted(list_):
            now += units
            peak = max(peak, now)
        peaks[airfield] = peak
    return peaks


def limit_counts(schedule, airfields, begin, end):
    """arrivals, passengers of a period, by rule R8"""
    arrivals = pax = 0
    for m in schedule['missions']:
        for i, s in enumerate(m['stops']):
            if s['airfield'] not in airfields:
                continue
            if i > 0 and begin <= seconds(s['arrival']) < end:
                arrivals += 1
            if begin <= seconds(s['handling_start']) < end:
                pax += sum(r['pax'] for r in m['rides'] if r['unload_stop'] == i)
    return arrivals, pax


# --- what is there

ROWS = '''((title) => { const d = Array.from(document.querySelectorAll(title.startsWith("#") ? title : "details"))
  .find((d) => title.startsWith("#") || d.querySelector("summary").textContent === title);
  if (d.tagName === "DETAILS" && !d.open) { d.open = true; }
  return new Promise((done) => setTimeout(() => {
    const rows = [], body = d.querySelector("tbody"), next = Array.from(d.querySelectorAll(".pages button"))[1];
    for (;;) {
      rows.push(...Array.from(body.rows, (r) => Array.from(r.cells, (c) => c.textContent)));
      if (!next || next.disabled) break;
      next.click();
    }
    done(rows); }, 0)); })(%s)'''


def rows(browser, title):
    return browser.js(ROWS % json.dumps(title))


def check_content(browser, instance, schedule):
    missions, cost = schedule['missions'], schedule['cost']
    frames_with, n = {m['airframe'] for m in missions}, count_sorties(schedule)
    browser.js("dispatchEvent(new Event('beforeprint'))")
    counted = {s: browser.js(f"document.querySelectorAll('{s}').length") for s in
               ('#airframes .bar', '#airframes .lane[data-lane]', '#crews .bar', '#airframes .bar.loaded')}
    overfull = browser.js('''Array.from(document.querySelectorAll(".timeline g")).filter((g) => {
        const r = g.querySelector("rect.bar"), t = g.querySelector("text");
        return r && t && t.getBBox().width > r.getBBox().width; }).length''')
    browser.js("dispatchEvent(new Event('afterprint'))")
    check(counted['#airframes .bar'] == n, f'{n} sorties, {counted["#airframes .bar"]} bars')
    check(counted['#airframes .lane[data-lane]'] == len(frames_with), f'{len(frames_with)} airframes, {counted} lanes')
    check(counted['#crews .bar'] == len(missions), f'{len(missions)} duties, {counted["#crews .bar"]} bars')
    loaded = sum(any(r['load_stop'] <= i < r['unload_stop'] for r in m['rides']) for m in missions for i in range(len(m['stops']) - 1))
    check(counted['#airframes .bar.loaded'] == loaded, f'{loaded} sorties with passengers, {counted}')
    check(overfull == 0, f'{overfull} texts are wider than their bars')

    order = sorted(range(len(missions)), key=lambda i: (seconds(missions[i]['stops'][0]['departure']), i))
    expected = [[f'M{i + 1:03}', missions[i]['airframe'], missions[i]['crew'], missions[i]['stops'][k]['airfield'], missions[i]['stops'][k + 1]['airfield']]
                for i in order for k in range(len(missions[i]['stops']) - 1)]
    got = [row[:5] for row in rows(browser, 'All sorties as a table')] if missions else []
    check(sorted(got) == sorted(expected), 'the table of sorties is not the schedule')

    moved = {}
    for m in missions:
        for r in m['rides']:
            moved[r['demand']] = moved.get(r['demand'], 0) + r['pax']
    expected = sorted([d['id'], d['pax'], moved.get(d['id'], 0), d['pax'] - moved.get(d['id'], 0), (d['pax'] - moved.get(d['id'], 0)) * d['penalty']] for d in instance['demands'])
    number = lambda text: float(text.replace(',', ''))
    got = sorted([r[0], number(r[3]), number(r[4]), number(r[5]), number(r[6])] for r in rows(browser, '#demands'))
    check(got == expected, 'the table of demands is not the schedule')
    check(f'{cost["total"]:,.2f}' in browser.js("document.querySelector('#summary tfoot').textContent"), 'the total cost')


def check_shared(browser, instance, schedule, types):
    peaks = parking_peaks(instance, schedule, types)
    got = {r[0]: int(r[3].replace(',', '')) for r in rows(browser, 'Parking as a table')} if schedule['missions'] else {}
    check(all(got.get(a) == p for a, p in peaks.items()), f'peaks of parking: {got}, counted {peaks}')
    if any(limit.get('per_day') or limit.get('intervals') for limit in instance.get('limits', [])):
        airfields = {limit['id']: limit['airfields'] for limit in instance['limits']}
        instant = lambda text: int(datetime.strptime(text, '%Y-%m-%d %H:%M').replace(tzinfo=timezone.utc).timestamp())
        for row in rows(browser, 'Limits as a table'):
            counted = limit_counts(schedule, airfields[row[0]], instant(row[2]), instant(row[3]))
            check(counted == (int(row[4].replace(',', '')), int(row[6].replace(',', ''))), f'limit {row[0]} from {row[2]}: {row}, counted {counted}')


SHEETS = '''(() => { const sheets = Array.from(document.querySelectorAll("#loads details"));
  sheets.forEach((d) => { d.open = true; });
  return new Promise((done) => setTimeout(() => done(sheets.map((d) => Array.from(d.querySelectorAll(".sheet"), (s) => ({
    said: s.querySelector("p").textContent, tables: Array.from(s.querySelectorAll("tbody"), (b) => Array.from(b.rows, (r) => Array.from(r.cells, (c) => c.textContent))) })))), 50)); })()'''


def check_loads(browser, schedule):
    """Every load plan has its sheet; the figures of every sortie are those of the file."""
    missions = sorted(schedule['missions'], key=lambda m: seconds(m['stops'][0]['departure']))
    plans = [m for m in missions if 'load_plan' in m]
    check(browser.js('document.getElementById("loads") !== null') == bool(plans), f'{len(plans)} load plans')
    sheets = browser.js(SHEETS) if plans else []
    check(len(sheets) == len(plans), f'{len(plans)} load plans, {len(sheets)} sheets')
    for m, sheet in zip(plans, sheets):
        check(len(sheet) == len(m['stops']) - 1, f'{m["id"]}: a sheet of {len(sheet)} sorties')
        for i, got in enumerate(sheet):
            plan, on = m['load_plan'], lambda lot: lot['load_stop'] <= i < lot['unload_stop']
            seats = sorted([s['zone'], s['demand'], str(s['pax']), str(s.get('escorts', 0))] for s in plan['seatings'] if on(s))
            cargo = sorted([c['position'], f'{int(c["kg"] + .5):,}', c['demand']] for c in plan['stowages'] if on(c))
            tables = got['tables'] + [[], []]
            check(sorted([r[0], r[3], r[4], r[5]] for r in tables[0] if r[3] != '-') == seats, f'{m["id"]} sortie {i + 1}: seats {tables[0]}')
            check(sorted([r[0], r[2], r[4]] for r in tables[1]) == cargo, f'{m["id"]} sortie {i + 1}: cargo {tables[1]}')
            check(f'Centre of gravity {plan["sorties"][i]["cg"]:.3f}, ' in got['said'] and ': inside' in got['said'], f'{m["id"]} sortie {i + 1}: {got["said"]}')


def check_texts(browser, instance, page):
    """Nothing breaks out, and everything arrives as it was."""
    text = page.split('<script type="application/json" id="data">', 1)[1].split('</script>', 1)[0]
    check('<' not in text, 'there is a < in the data')
    check(json.loads(text)['name'] == instance.get('name', ''), 'the name has changed in the data')
    check(browser.js('document.getElementById("title").textContent') == (instance.get('name') or 'Schedule'), 'the name has changed in the page')
    check(browser.js('document.querySelectorAll("script").length') == 2, 'there are more scripts than two')
    check(browser.js('document.querySelectorAll("img, iframe, object, embed, form, style ~ style").length') == 0, 'elements have been put in')
    check(browser.js('Array.from(document.querySelectorAll("*")).every((e) => e.getAttributeNames().every((a) => !a.startsWith("on")))'), 'handlers have been put in')


def check_keyboard(browser):
    focus = 'document.activeElement.getAttribute("aria-label")'
    browser.js('scrollTo(0, 0); document.activeElement.blur()')
    reached = []
    for _ in range(40):
        browser.key('Tab')
        reached.append(browser.js('document.activeElement.getAttribute("class") || document.activeElement.tagName'))
        if 'item bar' in reached[-1]:
            break
    check('item bar' in reached[-1], f'no bar is reached by Tab: {reached}')
    check(reached[0] == 'skip', f'the first thing that Tab reaches is {reached[0]}')
    stops = browser.js('Array.from(document.querySelectorAll("#airframes .item")).filter((n) => n.tabIndex === 0).length')
    check(stops == 1, f'{stops} bars are in the tab order')
    first = browser.js(focus)
    check(re.match(r'M\d+ sortie \d+: .* to .*Take-off', first or '', re.S), f'a bar is called {first}')
    browser.key('ArrowRight')
    second = browser.js(focus)
    browser.key('ArrowLeft')
    check(first != second and browser.js(focus) == first, 'arrow keys do not go on and back')
    browser.key('End')
    last = browser.js(focus)
    browser.key('Home')
    check(browser.js(focus) == first and last != first, 'Home and End')
    width = browser.js('document.querySelector("#airframes .lane[data-lane] svg").clientWidth')
    browser.key('+', '+')
    wider = browser.js('document.querySelector("#airframes .lane[data-lane] svg").clientWidth')
    check(wider > width and browser.js(focus) == first, f'plus does not zoom in: {width} to {wider}')
    browser.js('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    check(browser.js('!document.getElementById("tip").hidden && document.getElementById("tip").textContent.includes("Take-off")'), 'nothing is told of the bar in focus')
    browser.key('0', '0')
    check(browser.js('document.querySelector("#airframes .lane[data-lane] svg").clientWidth') == width, '0 does not show the whole time')
    browser.js('document.querySelector("#demands th button").focus()')
    browser.key('Enter', '\r')
    check(browser.js('document.querySelector("#demands th").getAttribute("aria-sort")') == 'ascending', 'Enter does not sort')


CONTRAST = '''((pairs) => { const style = getComputedStyle(document.documentElement), light = (name) => {
    const hex = style.getPropertyValue("--" + name).trim().slice(1), v = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  return pairs.map(([a, b]) => [a, b, light(a), light(b)]).map(([a, b, x, y]) => [a, b, (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)]); })(%s)'''
TEXTS = [['fg', 'bg'], ['muted', 'bg'], ['fg', 'panel'], ['muted', 'panel'], ['loaded', 'bg'], ['on-loaded', 'loaded'], ['on-ferry', 'ferry'], ['on-duty', 'duty'], ['fg', 'area'], ['fg', 'bad-bg']]
SHAPES = [['loaded', 'bg'], ['ferry-edge', 'bg'], ['handling', 'bg'], ['duty-edge', 'bg'], ['bad', 'bg'], ['focus', 'bg'], ['loaded', 'panel']]


def check_looks(browser, printed):
    seen = set()
    for scheme in ('light', 'dark'):
        browser.media(scheme)
        seen.add(browser.js('getComputedStyle(document.body).backgroundColor'))
        for least, pairs in ((4.5, TEXTS), (3, SHAPES)):
            for a, b, ratio in browser.js(CONTRAST % json.dumps(pairs)):
                check(ratio >= least, f'{scheme}: {a} on {b} has a contrast of {ratio:.1f}')
    check(len(seen) == 2, 'dark looks like light')
    browser.media('dark', 'print')
    check(browser.js('getComputedStyle(document.body).backgroundColor') == 'rgb(255, 255, 255)', 'paper is dark')
    browser.media('light')
    if printed:
        with tempfile.NamedTemporaryFile(suffix='.pdf') as pdf:
            browser.pdf(pdf.name)
            check(os.path.getsize(pdf.name) > 10000, 'nothing is printed')
    for width in (390, 768, 1280):
        browser.size(width, 900)
        browser.js('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
        wide = browser.js('document.documentElement.scrollWidth')
        check(wide <= width, f'at a width of {width} the page is {wide} wide')


def check_with_axe(browser):
    """With everything open, in light and dark: no rule of axe-core is broken."""
    with open(os.environ['AXE'], encoding='utf-8') as script:
        browser.js(script.read() + '; 0')
    for scheme in ('light', 'dark'):
        browser.media(scheme)
        browser.js('document.querySelectorAll("details").forEach((d) => { d.open = true; }); new Promise((done) => setTimeout(done, 100))')
        result = browser.js('axe.run(document, {resultTypes: ["violations"]}).then((r) => ({passed: r.passes.length, '
                            'broken: r.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes[0].html.slice(0, 200))}))')
        check(result['passed'] > 20, f'axe-core looked at little: {result}')
        for broken in result['broken']:
            blank_id = '<th scope="row"><bdi> </bdi></th>' in broken  # an id may be a blank
            check(blank_id, f'{scheme}: {broken}')


def main():
    instance, schedule = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
    page = open(sys.argv[3], encoding='utf-8', newline='').read()
    known = {'C-17A': 2, 'C-130J-30': 1}
    types = {(t if isinstance(t, str) else t['id']): (known[t] if isinstance(t, str) else t.get('mog_units', known.get(t['id'], 1))) for t in instance['aircraft_types']}
    with Browser() as browser:
        took = browser.open(sys.argv[3])
        check(len(sys.argv) < 5 or took <= float(sys.argv[4]), f'opened in {took:.1f} s')
        check_texts(browser, instance, page)
        check_content(browser, instance, schedule)
        check_shared(browser, instance, schedule, types)
        check_loads(browser, schedule)
        if schedule['missions']:
            browser.open(sys.argv[3])
            check_keyboard(browser)
        check_looks(browser, len(sys.argv) < 5)
        if os.environ.get('AXE') and len(sys.argv) < 5:
            check_with_axe(browser)
        check(browser.said == [], f'the console says: {browser.said[:3]}')
        own = 'file://' + os.path.abspath(sys.argv[3])
        check(all(a == own or a.startswith('data:') for a in browser.asked), f'asked for {[a for a in browser.asked if a != own][:3]}')
    for fault in faults[:20]:
        print(f'{sys.argv[3]}: {fault}')
    sys.exit(bool(faults))


main()
