/* Load sheets: who sits where, what stands where, and the centre of gravity, sortie by sortie. */
const ZONE = {id: 0, arm: 1, seats: 2},
    POSITION = {id: 0, arm: 1, most: 2};
const SEAT = {demand: 0, from: 1, to: 2, zone: 3, pax: 4, escorts: 5},
    STOWED = {demand: 0, from: 1, to: 2, position: 3, kg: 4};
const BALANCE = {people: 0, bodies: 1, cargo: 2, mass: 3, cg: 4};

function kilograms(kg) {
    return whole(Math.round(kg));
}

/* What is aboard on sortie i: {seats, cargo} of the load plan's lists, the sums by zone and position. */
function aboard(m, i) {
    const cabin = DATA.cabins[m.load.cabin],
        on = (lot) => lot[1] <= i && i < lot[2];
    const seats = m.load.seatings.filter(on),
        cargo = m.load.stowages.filter(on);
    const sum = (list, place, index, get) => list.filter((x) => x[place] === index).reduce((all, x) => all + get(x), 0);
    return {
        cabin,
        seats,
        cargo,
        taken: cabin.zones.map((_, z) => sum(seats, SEAT.zone, z, (s) => s[SEAT.pax] + s[SEAT.escorts])),
        loaded: cabin.positions.map((_, q) => sum(cargo, STOWED.position, q, (c) => c[STOWED.kg])),
    };
}

/* Boxes of one row along the arm, as wide as the nearest other arm lets them; those at one arm lie above one another. */
function cabinRow(list, arms, x, top, height, label, part, cls) {
    const near = (a) => Math.min(...arms.filter((b) => b !== a).map((b) => Math.abs(x(b) - x(a))), 110);
    return list.flatMap((item, i) => {
        const same = list.map((_, k) => k).filter((k) => arms[k] === arms[i]),
            h = height / same.length,
            y = top + h * same.indexOf(i);
        const width = near(arms[i]) - 4,
            left = x(arms[i]) - width / 2,
            text = label(item, i);
        return [
            svg("rect", {class: "slot", x: left, y, width, height: h - 2}),
            svg("rect", {
                class: cls,
                x: left,
                y: y + (h - 2) * (1 - Math.min(1, part(item, i))),
                width,
                height: (h - 2) * Math.min(1, part(item, i)),
            }),
            Array.from(text).length * TEXT + 2 <= width && h >= 13
                ? svg("text", {x: x(arms[i]), y: y + h / 2 + 3, "text-anchor": "middle"}, text)
                : null,
        ];
    });
}

/* The cabin along its arm, nose to the left, and the limits of the centre of gravity below. */
function cabinPicture({cabin, taken, loaded}, balance, title) {
    const zoneArms = cabin.zones.map((z) => z[ZONE.arm]),
        positionArms = cabin.positions.map((p) => p[POSITION.arm]),
        cg = balance[BALANCE.cg];
    const all = [...zoneArms, ...positionArms, cabin.cg_from, cabin.cg_until, cg],
        low = Math.min(...all),
        high = Math.max(...all),
        pad = Math.max(0.5, (high - low) * 0.1);
    const width = 760,
        x = (arm) => Math.round(((arm - low + pad) / (high - low + 2 * pad)) * width * 10) / 10;
    return svg(
        "svg",
        {class: "cabin", viewBox: "0 0 " + width + " 150", role: "img", "aria-label": title},
        cabinRow(
            cabin.zones,
            zoneArms,
            x,
            4,
            46,
            (z, i) => short(z[ZONE.id], 6) + " " + taken[i] + "/" + z[ZONE.seats],
            (z, i) => (z[ZONE.seats] ? taken[i] / z[ZONE.seats] : 0),
            "area",
        ),
        cabinRow(
            cabin.positions,
            positionArms,
            x,
            56,
            46,
            (p, i) => kilograms(loaded[i]) + " kg",
            (p, i) => (p[POSITION.most] ? loaded[i] / p[POSITION.most] : 0),
            "stowed",
        ),
        svg("path", {class: "grid", d: "M0 116.5H" + width}),
        svg("rect", {
            class: "limits",
            x: x(cabin.cg_from),
            y: 112,
            width: Math.max(1, x(cabin.cg_until) - x(cabin.cg_from)),
            height: 9,
        }),
        svg("path", {
            class: insideLimits(cabin, cg) ? "gravity" : "gravity over",
            d: "M" + x(cg) + " 108l6 -6h-12zv16",
        }),
        svg(
            "text",
            {x: Math.min(width - 90, Math.max(90, x(cg))), y: 140, "text-anchor": "middle"},
            "centre of gravity " + cg.toFixed(3),
        ),
    );
}

/* As near as the schedule's figures are. */
function insideLimits(cabin, cg) {
    return cg >= cabin.cg_from - 5e-4 && cg <= cabin.cg_until + 5e-4;
}

function zoneRows(m, {cabin, seats, taken}) {
    return cabin.zones.flatMap((zone, z) => {
        const sitting = seats.filter((s) => s[SEAT.zone] === z);
        return (sitting.length ? sitting : [null]).map((s) => ({zone, taken: taken[z], s}));
    });
}

function sortieSheet(m, i) {
    const load = aboard(m, i),
        balance = m.load.sorties[i],
        {cabin} = load,
        cg = balance[BALANCE.cg],
        from = m.stops[i],
        to = m.stops[i + 1];
    const route = short(airfieldId(from[STOP.airfield])) + " to " + short(airfieldId(to[STOP.airfield])),
        stopName = (s) => airfieldId(m.stops[s][STOP.airfield]);
    const said =
        "Centre of gravity " +
        cg.toFixed(3) +
        ", limits " +
        cabin.cg_from.toFixed(3) +
        " to " +
        cabin.cg_until.toFixed(3) +
        ": " +
        (insideLimits(cabin, cg) ? "inside" : "outside");
    const empty = load.seats.length === 0 && load.cargo.length === 0;
    return el(
        "div",
        {class: "sheet"},
        el(
            "h3",
            {},
            "Sortie " +
                (i + 1) +
                ": " +
                route +
                ", " +
                utc(from[STOP.departure]) +
                ", " +
                whole(balance[BALANCE.people]) +
                " aboard",
        ),
        empty ? null : cabinPicture(load, balance, "Cabin on the sortie from " + route + ". " + said),
        el(
            "p",
            {},
            said +
                ". Zero-fuel mass " +
                kilograms(balance[BALANCE.mass]) +
                " kg: aircraft " +
                kilograms(cabin.empty) +
                ", people " +
                kilograms(balance[BALANCE.bodies]) +
                ", baggage and freight " +
                kilograms(balance[BALANCE.cargo]) +
                ".",
        ),
        load.seats.length === 0
            ? null
            : table({
                  caption: "Seats by zone, from the door inward",
                  rows: zoneRows(m, load),
                  columns: [
                      {name: "Zone", cell: (r) => r.zone[ZONE.id]},
                      {
                          name: "Arm",
                          cell: (r) => r.zone[ZONE.arm].toFixed(3),
                          by: (r) => r.zone[ZONE.arm],
                          number: true,
                      },
                      {
                          name: "Taken",
                          cell: (r) => r.taken + " of " + r.zone[ZONE.seats],
                          by: (r) => r.taken,
                          number: true,
                      },
                      {name: "Demand", cell: (r) => (r.s ? DATA.demands[r.s[SEAT.demand]].id : "-")},
                      {
                          name: "Passengers",
                          cell: (r) => (r.s ? String(r.s[SEAT.pax]) : ""),
                          by: (r) => (r.s ? r.s[SEAT.pax] : 0),
                          number: true,
                      },
                      {
                          name: "Escorts",
                          cell: (r) => (r.s ? String(r.s[SEAT.escorts]) : ""),
                          by: (r) => (r.s ? r.s[SEAT.escorts] : 0),
                          number: true,
                      },
                      {name: "Leaves at", cell: (r) => (r.s ? stopName(r.s[SEAT.to]) : "")},
                  ],
              }),
        load.cargo.length === 0
            ? null
            : table({
                  caption: "Baggage and freight by position",
                  rows: load.cargo,
                  columns: [
                      {name: "Position", cell: (c) => cabin.positions[c[STOWED.position]][POSITION.id]},
                      {
                          name: "Arm",
                          cell: (c) => cabin.positions[c[STOWED.position]][POSITION.arm].toFixed(3),
                          by: (c) => cabin.positions[c[STOWED.position]][POSITION.arm],
                          number: true,
                      },
                      {name: "kg", cell: (c) => kilograms(c[STOWED.kg]), by: (c) => c[STOWED.kg], number: true},
                      {
                          name: "Most kg",
                          cell: (c) => kilograms(cabin.positions[c[STOWED.position]][POSITION.most]),
                          by: (c) => cabin.positions[c[STOWED.position]][POSITION.most],
                          number: true,
                      },
                      {name: "Demand", cell: (c) => DATA.demands[c[STOWED.demand]].id},
                      {name: "Leaves at", cell: (c) => stopName(c[STOWED.to])},
                  ],
              }),
    );
}

function loadSheet(m) {
    const plan = m.load,
        good = plan.proven ? "Proven best" : "Valid, not proven best";
    return el(
        "div",
        {},
        el(
            "p",
            {},
            plan.zones < 0
                ? "As given."
                : good +
                      ": zones of its demands " +
                      plan.zones +
                      ", deviation of the centre of gravity " +
                      plan.deviation +
                      " %, unloading order " +
                      plan.order +
                      ".",
        ),
        m.sorties.map((_, i) => sortieSheet(m, i)),
    );
}

/* Missions with a load plan, each a sheet that is made when it is opened; null where there is none. */
function loadSheets() {
    const list = DATA.missions.filter((m) => m.load);
    return list.length === 0
        ? null
        : list.map((m) =>
              tableBehind(
                  m.name +
                      ": " +
                      short(airframeId(m)) +
                      ", " +
                      m.stops.map((s) => short(airfieldId(s[STOP.airfield]))).join(" \u2013 "),
                  () => loadSheet(m),
              ),
          );
}
