/* The lanes of airframes and of crews. */

function sortieText(s) {
    const aboard = s.lots
        .slice(0, 8)
        .map(([d, pax]) => count(pax, "passenger") + " of " + short(DATA.demands[d].id, 24));
    return (
        s.m.name +
        " sortie " +
        (s.i + 1) +
        ": " +
        short(airfieldId(s.from)) +
        " to " +
        short(airfieldId(s.to)) +
        (s.m.committed ? ", committed" : "") +
        "\n" +
        short(airframeId(s.m)) +
        ", crew " +
        short(crewId(s.m)) +
        "\nTake-off " +
        utc(s.takeOff) +
        local(s.takeOff, s.from) +
        "\nBlock-in " +
        utc(s.blockIn) +
        local(s.blockIn, s.to) +
        "\n" +
        (s.pax
            ? count(s.pax, "passenger") + " and " + count(s.escorts, "escort") + " in " + count(s.m.seats, "seat")
            : "Ferry, nobody aboard") +
        (aboard.length ? "\n" + aboard.join("\n") : "") +
        (s.lots.length > 8 ? "\nand " + count(s.lots.length - 8, "more demand") : "")
    );
}

function airframeLanes() {
    const lanes = [],
        flown = grouped(SORTIES, (s) => s.m.airframe);
    DATA.airframes.forEach((frame, a) => {
        const sorties = flown.get(a);
        if (!sorties) return;
        const missions = Array.from(new Set(sorties.map((s) => s.m)));
        const handled = missions.flatMap((m) =>
            m.stops.filter((s) => s[STOP.until] > s[STOP.from]).map((s) => [s[STOP.from], s[STOP.until]]),
        );
        lanes.push({
            label: frame.id,
            note: short(frame.type, 20) + " \u00b7 " + count(sorties.length, "sortie"),
            height: 40,
            items: sorties.map((s) => ({from: s.takeOff, until: s.blockIn, s})),
            draw: (scale) => [boxes(handled, scale, "handling", 29, 4)],
            place: ({from, until, s}, scale) => {
                const pax = s.pax ? " " + s.pax : "",
                    to = airfieldId(s.to) + pax;
                return bar(
                    {from, until},
                    scale,
                    (s.pax ? "loaded" : "ferry") + (s.m.committed ? " committed" : ""),
                    5,
                    21,
                    [airfieldId(s.from) + "\u2013" + to, to, pax.trim()],
                    s.pax ? "on-loaded" : "on-ferry",
                );
            },
            describe: (item) => sortieText(item.s),
        });
    });
    return lanes;
}

function dutyText(m) {
    const {show, end, rested, fdp, fdp_limit} = m,
        first = m.stops[0][STOP.airfield],
        last = m.stops[m.stops.length - 1][STOP.airfield];
    return (
        m.name +
        ": crew " +
        short(crewId(m)) +
        " on " +
        short(airframeId(m)) +
        "\nShow " +
        utc(show) +
        local(show, first) +
        " at " +
        short(airfieldId(first)) +
        "\nDuty ends " +
        utc(end) +
        local(end, last) +
        " at " +
        short(airfieldId(last)) +
        "\nFDP " +
        duration(fdp) +
        " of " +
        duration(fdp_limit) +
        "\nRested " +
        utc(rested)
    );
}

function crewLanes() {
    const lanes = [],
        duties = grouped(DATA.missions, (m) => m.crew);
    DATA.crews.forEach((crew, c) => {
        const list = duties.get(c);
        if (!list) return;
        lanes.push({
            label: crew.id,
            note: crew.kind + " \u00b7 " + count(list.length, "duty", "duties"),
            height: 40,
            items: list.map((m) => ({from: m.show, until: m.end, m})),
            draw: (scale) => [
                boxes(
                    list.map((m) => [m.end, m.rested]),
                    scale,
                    "rest",
                    11,
                    12,
                ),
            ],
            place: ({from, until, m}, scale) => {
                const drawn = bar(
                    {from, until},
                    scale,
                    "duty",
                    4,
                    22,
                    [m.name + " FDP " + duration(m.fdp), m.name, ""],
                    "on-duty",
                );
                const sorties = boxes(
                    m.sorties.map((s, i) => [m.stops[i][STOP.departure], m.stops[i + 1][STOP.arrival]]),
                    scale,
                    "flown",
                    28,
                    4,
                );
                return svg("g", {}, drawn, sorties);
            },
            describe: (item) => dutyText(item.m),
        });
    });
    return lanes;
}
