/* What is used of parking and of limits. */

/* The units parked at one airfield: [[instant, units from then on], ...]. Who leaves at an instant makes room for who
 * comes at it. */
function parkedUnits(stays) {
    const changes = stays
        .flatMap((s) => [
            [s.from, s.units],
            [s.until, -s.units],
        ])
        .sort((a, b) => a[0] - b[0]);
    const steps = [];
    let units = 0;
    changes.forEach(([t, change], i) => {
        units += change;
        if (i + 1 === changes.length || changes[i + 1][0] !== t) steps.push([t, units]);
    });
    return steps;
}

/* Every airfield where something parks: {a, steps, peak, at, stops, over} */
function parkings() {
    const stays = DATA.missions.flatMap((m) =>
        m.stops.map((s) => ({
            a: s[STOP.airfield],
            from: s[STOP.parkFrom],
            until: s[STOP.parkUntil],
            units: DATA.airframes[m.airframe].units,
        })),
    );
    return Array.from(
        grouped(stays, (s) => s.a),
        ([a, list]) => {
            const steps = parkedUnits(list.filter((s) => s.until > s.from)),
                peak = steps.reduce((most, s) => Math.max(most, s[1]), 0);
            const first = steps.find((s) => s[1] === peak);
            return {
                a,
                steps,
                peak,
                at: peak > 0 && first ? first[0] : null,
                stops: list.length,
                mog: DATA.airfields[a].mog,
            };
        },
    ).sort((x, y) => x.a - y.a);
}

function ofMost(used, most) {
    return whole(used) + (most < 0 ? ", no limit" : " of " + whole(most));
}

function parkingLane(p) {
    const most = Math.max(p.peak, p.mog, 1),
        height = 58,
        y = (units, h) => h - 3 - ((h - 10) * units) / most;
    return {
        label: DATA.airfields[p.a].id,
        note: "peak " + ofMost(p.peak, p.mog),
        height,
        draw: ({x, width}) => {
            const runs = (least) =>
                p.steps
                    .map(([t, units], i) =>
                        units <= least
                            ? ""
                            : "M" +
                              x(t) +
                              " " +
                              y(Math.max(least, 0), height) +
                              "V" +
                              y(units, height) +
                              "H" +
                              x(i + 1 < p.steps.length ? p.steps[i + 1][0] : t) +
                              "V" +
                              y(Math.max(least, 0), height) +
                              "z",
                    )
                    .join("");
            return [
                svg("path", {class: "area", d: runs(0)}),
                p.mog >= 0 && p.peak > p.mog ? svg("path", {class: "over", d: runs(p.mog)}) : null,
                p.mog >= 0 ? svg("path", {class: "cap", d: "M0 " + y(p.mog, height) + "H" + width}) : null,
            ];
        },
        describe: () =>
            short(DATA.airfields[p.a].id) +
            ": at most " +
            ofMost(p.peak, p.mog) +
            " parking units used" +
            (p.at === null ? "" : ", first at " + utc(p.at)) +
            "; " +
            count(p.stops, "stop"),
    };
}

/* The periods in as few rows as leave none over another: days in one, an interval across them in the next. */
function rowsOf(caps) {
    const rows = [];
    for (const c of caps.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
        const row = rows.find((r) => r[r.length - 1][1] <= c[0]);
        row ? row.push(c) : rows.push([c]);
    }
    return rows;
}

/* A lane of one limit: its periods as bars up to what was used, the cap above. kind: 2 arrivals, 4 passengers, as the
 * figures stand in a period. */
function limitLane(limit, caps, kind, name) {
    const height = 58,
        most = Math.max(1, ...caps.map((c) => Math.max(c[kind], c[kind + 1]))),
        y = (n) => height - 3 - ((height - 10) * n) / most;
    const peak = caps.reduce((best, c) => (c[kind] - c[kind + 1] > best[kind] - best[kind + 1] ? c : best));
    return {
        label: limit.id,
        note: name + ", " + ofMost(peak[kind], peak[kind + 1]),
        height,
        items: caps.map((c) => ({from: c[0], until: c[1], c})),
        place: ({from, until, c}, {x, width}) => {
            const left = x(from) + 1,
                right = Math.max(left + 1, x(until) - 1),
                over = c[kind] > c[kind + 1],
                text = c[kind] + "/" + c[kind + 1];
            const seen = [Math.max(0, left), Math.min(width, right)];
            return svg(
                "g",
                {},
                svg("rect", {
                    class: "item limit",
                    x: left,
                    y: 2,
                    width: right - left,
                    height: height - 4,
                    fill: "transparent",
                }),
                svg("path", {
                    class: over ? "over" : "area",
                    d: "M" + left + " " + (height - 3) + "V" + y(c[kind]) + "H" + right + "V" + (height - 3) + "z",
                    "pointer-events": "none",
                }),
                svg("path", {
                    class: "cap",
                    d: "M" + left + " " + y(c[kind + 1]) + "H" + right,
                    "pointer-events": "none",
                }),
                seen[1] - seen[0] > text.length * TEXT + 4
                    ? svg("text", {x: (seen[0] + seen[1]) / 2, y: height - 9, "text-anchor": "middle"}, text)
                    : null,
            );
        },
        describe: ({c}) =>
            short(limit.id) +
            ", " +
            utc(c[0]) +
            " to " +
            utc(c[1]) +
            ": " +
            ofMost(c[kind], c[kind + 1]) +
            " " +
            name +
            (c[kind] > c[kind + 1] ? ", over the cap" : ""),
    };
}

function limitLanes() {
    return DATA.limits.flatMap((limit) =>
        [
            [2, "arrivals"],
            [4, "passengers"],
        ].flatMap(([kind, name]) =>
            rowsOf(limit.caps.filter((c) => c[kind + 1] >= 0)).map((caps) => limitLane(limit, caps, kind, name)),
        ),
    );
}
