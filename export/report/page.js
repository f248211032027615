/* The parts of the page, in order. */
const utcColumn = (name, get) => ({name, cell: (row) => utc(get(row)), by: get});
const numberColumn = (name, get) => ({name, cell: (row) => whole(get(row)), by: get, number: true});
const from = Math.min(0, ...DATA.missions.map((m) => Math.min(m.show, m.stops[0][STOP.from])));
const until = DATA.missions.reduce(
    (last, m) => Math.max(last, m.end, m.stops[m.stops.length - 1][STOP.until]),
    DATA.end,
);

/* --- summary */

function verdict() {
    const {total, bound, above, gap} = DATA.costs;
    if (DATA.breaches) return null;
    if (above[1] === 0)
        return (
            "This is a cheapest schedule: it costs " +
            money(total) +
            ", and it is proven that no valid schedule costs less."
        );
    const most =
        "This schedule costs " +
        money(total) +
        ". It is proven that no valid schedule costs less than " +
        money(bound) +
        ", so it is at most " +
        money(above) +
        ", or " +
        gap.replace(" ", "\u00a0") +
        " of its cost, dearer than the cheapest. ";
    return (
        most +
        (DATA.status === "optimal"
            ? "That is within the gap that was asked for."
            : "That is more than the gap that was asked for: a longer search may find a cheaper schedule or a higher bound.")
    );
}

function wrong() {
    const lines = DATA.breaches.split("\n").filter((line) => line);
    return lines.length === 0
        ? null
        : el(
              "div",
              {class: "alert", role: "note"},
              el("strong", {}, "This schedule is not valid, or states figures that are not true."),
              el(
                  "ul",
                  {tabindex: 0, "aria-label": "What is wrong"},
                  lines.slice(0, 100).map((line) => el("li", {}, line)),
              ),
              lines.length > 100 ? el("p", {}, "and " + count(lines.length - 100, "more line")) : null,
          );
}

function tile(name, value, note) {
    return el("div", {}, el("dt", {}, name), el("dd", {}, value, el("small", {}, note)));
}

function tiles() {
    const pax = DATA.demands.reduce((sum, d) => sum + d.pax, 0),
        moved = DATA.demands.reduce((sum, d) => sum + Math.min(d.moved, d.pax), 0);
    const ferries = SORTIES.filter((s) => s.pax === 0).length,
        block = DATA.missions.reduce((sum, m) => sum + m.block, 0);
    const flying = (key) => new Set(DATA.missions.map((m) => m[key])).size;
    return el(
        "dl",
        {class: "tiles"},
        tile("Cost", DATA.costs.total[0], money(["", 0]).trim()),
        tile("Proven bound", DATA.costs.bound[0], "gap " + DATA.costs.gap),
        tile(
            "Passengers moved",
            whole(moved) + " of " + whole(pax),
            moved === pax ? "nobody is left" : count(pax - moved, "is", "are") + " left",
        ),
        tile("Sorties", whole(SORTIES.length), whole(ferries) + " ferry, in " + count(DATA.missions.length, "mission")),
        tile(
            "Airframes that fly",
            whole(flying("airframe")) + " of " + whole(DATA.airframes.length),
            duration(block) + " block time",
        ),
        tile(
            "Crews on duty",
            whole(flying("crew")) + " of " + whole(DATA.crews.length),
            count(DATA.missions.length, "duty", "duties"),
        ),
    );
}

function costs() {
    const names = {
        block: "Block time",
        fees: "Fees",
        missions: "Missions",
        not_moved: "Passengers not moved",
        delay: "Delay",
    };
    const total = Math.max(1, DATA.costs.total[1]);
    return table({
        caption: "What the schedule costs" + (DATA.currency ? ", in " + short(DATA.currency, 40) : ""),
        rows: Object.keys(names),
        columns: [
            {name: "Term", cell: (k) => names[k]},
            {name: "Amount", cell: (k) => DATA.costs[k][0], by: (k) => DATA.costs[k][1], number: true},
            {
                name: "Share",
                by: (k) => DATA.costs[k][1],
                cell: (k) =>
                    el(
                        "span",
                        {},
                        el("span", {
                            class: "share",
                            style: "width:" + ((12 * Math.max(0, DATA.costs[k][1])) / total).toFixed(2) + "rem",
                        }),
                        " " + ((100 * DATA.costs[k][1]) / total).toFixed(1) + " %",
                    ),
            },
        ],
        sum: ["Total", DATA.costs.total[0], ""],
    });
}

function summary() {
    const said = verdict();
    section("summary", "Summary", wrong(), said ? el("p", {id: "verdict"}, said) : null, tiles(), costs());
}

/* --- airframes and crews */

function idle(list, used, what) {
    const rest = list.filter((_, i) => !used.has(i)).map((x) => short(x.id, 24));
    return rest.length === 0
        ? null
        : el(
              "p",
              {class: "note"},
              what +
                  " (" +
                  whole(rest.length) +
                  "): " +
                  rest.slice(0, 40).join(", ") +
                  (rest.length > 40 ? ", \u2026" : ""),
          );
}

function sortieTable() {
    return table({
        caption: "Every sortie",
        rows: SORTIES,
        columns: [
            {name: "Mission", cell: (s) => s.m.name},
            {name: "Airframe", cell: (s) => airframeId(s.m)},
            {name: "Crew", cell: (s) => crewId(s.m)},
            {name: "From", cell: (s) => airfieldId(s.from)},
            {name: "To", cell: (s) => airfieldId(s.to)},
            utcColumn("Take-off UTC", (s) => s.takeOff),
            utcColumn("Block-in UTC", (s) => s.blockIn),
            numberColumn("Passengers", (s) => s.pax),
            numberColumn("Escorts", (s) => s.escorts),
            numberColumn("Seats", (s) => s.m.seats),
            {name: "Payload kg", cell: (s) => whole(Math.round(s.kg)), by: (s) => s.kg, number: true},
            {name: "Cost and fee", cell: (s) => s.cost[0], by: (s) => s.cost[1], number: true},
            {
                name: "Note",
                cell: (s) => [s.pax ? "" : "ferry", s.m.committed ? "committed" : ""].filter((t) => t).join(", "),
            },
        ],
    });
}

function dutyTable() {
    const first = (m) => m.stops[0][STOP.airfield],
        last = (m) => m.stops[m.stops.length - 1][STOP.airfield];
    return table({
        caption: "Every crew duty",
        rows: DATA.missions,
        bad: (m) => m.fdp > m.fdp_limit,
        columns: [
            {name: "Crew", cell: crewId},
            {name: "Kind", cell: (m) => DATA.crews[m.crew].kind},
            {name: "Mission", cell: (m) => m.name},
            {name: "Airframe", cell: airframeId},
            {name: "From", cell: (m) => airfieldId(first(m))},
            {name: "To", cell: (m) => airfieldId(last(m))},
            utcColumn("Show UTC", (m) => m.show),
            utcColumn("Duty ends UTC", (m) => m.end),
            {name: "FDP", cell: (m) => duration(m.fdp), by: (m) => m.fdp, number: true},
            {name: "FDP limit", cell: (m) => duration(m.fdp_limit), by: (m) => m.fdp_limit, number: true},
            utcColumn("Rested UTC", (m) => m.rested),
        ],
    });
}

function fleet() {
    if (DATA.missions.length === 0) {
        section("airframes", "Airframes", el("p", {}, "Nothing is flown."));
        return;
    }
    section(
        "airframes",
        "Airframes",
        el(
            "figure",
            {},
            el(
                "figcaption",
                {},
                "Each airframe's sorties. The strip under them is handling: loading, unloading and refuelling.",
            ),
            legend(
                ["loaded", "with passengers"],
                ["ferry", "ferry, nobody aboard"],
                ["handling", "handling"],
                ...(DATA.missions.some((m) => m.committed) ? [["ferry committed", "committed mission"]] : []),
            ),
            timeline({name: "Sorties by airframe", from, until, lanes: airframeLanes()}),
        ),
        tableBehind("All sorties as a table", sortieTable),
        idle(DATA.airframes, new Set(DATA.missions.map((m) => m.airframe)), "Airframes that do not fly"),
    );
    section(
        "crews",
        "Crews",
        el(
            "figure",
            {},
            el(
                "figcaption",
                {},
                "Each crew's duty from show to the end of the post-flight work, with its sorties as a strip below, and the rest after it.",
            ),
            legend(["duty", "duty"], ["flown", "sorties"], ["rest", "rest"]),
            timeline({name: "Duty and rest by crew", from, until, lanes: crewLanes()}),
        ),
        tableBehind("All duties as a table", dutyTable),
        idle(DATA.crews, new Set(DATA.missions.map((m) => m.crew)), "Crews without duty"),
    );
}

/* --- routes */

function map() {
    const list = routes();
    if (list.length === 0) return;
    section(
        "routes",
        "Routes",
        el(
            "figure",
            {},
            el("figcaption", {}, "Great circles between airfields; the wider, the more passengers. North is up."),
            legend(["route-loaded", "with passengers"], ["route-empty", "ferry only"]),
            picture((width) => mapOf(list, Math.max(300, width))),
        ),
        tableBehind("All routes as a table", () =>
            table({
                caption: "Every route flown",
                rows: list,
                columns: [
                    {name: "From", cell: (r) => airfieldId(r.from)},
                    {name: "Name", cell: (r) => DATA.airfields[r.from].name},
                    {name: "To", cell: (r) => airfieldId(r.to)},
                    {name: "Name", cell: (r) => DATA.airfields[r.to].name},
                    {name: "nm", cell: (r) => r.nm.toFixed(1), by: (r) => r.nm, number: true},
                    numberColumn("Sorties", (r) => r.sorties),
                    numberColumn("Ferry", (r) => r.ferries),
                    numberColumn("Passengers", (r) => r.pax),
                ],
            }),
        ),
    );
}

/* --- parking and limits */

function parking() {
    const list = parkings();
    if (list.length === 0) return;
    section(
        "parking",
        "Parking",
        el(
            "figure",
            {},
            el(
                "figcaption",
                {},
                "Parking units of the airframes that are handled at each airfield, against its MOG where it has one.",
            ),
            legend(["area", "units used"], ["cap", "MOG"], ["over", "beyond it"]),
            timeline({name: "Parking by airfield", from, until, lanes: list.map(parkingLane)}),
        ),
        tableBehind("Parking as a table", () =>
            table({
                caption: "The fullest instant of each airfield",
                rows: list,
                bad: (p) => p.mog >= 0 && p.peak > p.mog,
                columns: [
                    {name: "Airfield", cell: (p) => airfieldId(p.a)},
                    {name: "Name", cell: (p) => DATA.airfields[p.a].name},
                    {
                        name: "MOG",
                        cell: (p) => (p.mog < 0 ? "no limit" : String(p.mog)),
                        by: (p) => (p.mog < 0 ? Infinity : p.mog),
                        number: true,
                    },
                    numberColumn("Most units", (p) => p.peak),
                    utcColumn("First at UTC", (p) => p.at),
                    numberColumn("Stops", (p) => p.stops),
                ],
            }),
        ),
    );
}

function limits() {
    if (DATA.limits.length === 0) return;
    const periods = DATA.limits.flatMap((l) => l.caps.map((c) => ({l, c}))),
        cap = (n) => (n < 0 ? "-" : whole(n)),
        over = ({c}) => (c[3] >= 0 && c[2] > c[3]) || (c[5] >= 0 && c[4] > c[5]);
    const cleared = DATA.limits.filter((l) => l.clear.length > 0),
        lanes = limitLanes();
    section(
        "limits",
        "Limits",
        lanes.length === 0
            ? null
            : el(
                  "figure",
                  {},
                  el(
                      "figcaption",
                      {},
                      "What each limit allows in each of its days or intervals, and what is used of it.",
                  ),
                  legend(["area", "used"], ["cap", "cap"], ["over", "over the cap"]),
                  timeline({name: "Limits", from, until, lanes}),
              ),
        periods.length === 0
            ? null
            : tableBehind("Limits as a table", () =>
                  table({
                      caption: "Every period of every limit",
                      rows: periods,
                      bad: over,
                      columns: [
                          {name: "Limit", cell: ({l}) => l.id},
                          {name: "Airfields", cell: ({l}) => l.airfields.map(airfieldId).join(", ")},
                          utcColumn("From UTC", ({c}) => c[0]),
                          utcColumn("Until UTC", ({c}) => c[1]),
                          numberColumn("Arrivals", ({c}) => c[2]),
                          {name: "Most", cell: ({c}) => cap(c[3]), by: ({c}) => c[3], number: true},
                          numberColumn("Passengers", ({c}) => c[4]),
                          {name: "Most", cell: ({c}) => cap(c[5]), by: ({c}) => c[5], number: true},
                      ],
                  }),
              ),
        cleared.length === 0
            ? null
            : tableBehind("Clearances as a table", () =>
                  table({
                      caption: "Windows in which arrivals are cleared",
                      rows: cleared.flatMap((l) => l.clear.map((w) => ({l, w}))),
                      columns: [
                          {name: "Limit", cell: ({l}) => l.id},
                          {name: "Airfields", cell: ({l}) => l.airfields.map(airfieldId).join(", ")},
                          utcColumn("From UTC", ({w}) => w[0]),
                          utcColumn("Until UTC", ({w}) => w[1]),
                      ],
                  }),
              ),
    );
}

/* --- load sheets */

function loads() {
    const sheets = loadSheets();
    if (!sheets) return;
    section(
        "loads",
        "Load sheets",
        el("p", {class: "note"}, "Planning figures: the loadmaster and the aircraft commander have the last word."),
        el(
            "div",
            {class: "zoom"},
            el(
                "button",
                {
                    type: "button",
                    onclick: () =>
                        sheets.forEach((s) => {
                            s.open = true;
                        }),
                },
                "Open all",
            ),
            el(
                "button",
                {
                    type: "button",
                    onclick: () =>
                        sheets.forEach((s) => {
                            s.open = false;
                        }),
                },
                "Close all",
            ),
        ),
        sheets,
    );
}

/* --- demands */

function demands() {
    const sum = (get) => DATA.demands.reduce((all, d) => all + get(d), 0),
        rows = DATA.demands.slice().sort((a, b) => b.cost[1] - a.cost[1]);
    section(
        "demands",
        "Demands",
        DATA.demands.length === 0
            ? el("p", {}, "There are none.")
            : table({
                  caption:
                      "Every demand, the dearest left behind first" +
                      (DATA.currency ? "; costs in " + short(DATA.currency, 40) : ""),
                  rows,
                  bad: (d) => d.left > 0,
                  columns: [
                      {name: "Demand", cell: (d) => d.id},
                      {name: "From", cell: (d) => airfieldId(d.from)},
                      {name: "To", cell: (d) => airfieldId(d.to)},
                      numberColumn("Passengers", (d) => d.pax),
                      numberColumn("Moved", (d) => d.moved),
                      numberColumn("Left", (d) => d.left),
                      {name: "Cost of those left", cell: (d) => d.cost[0], by: (d) => d.cost[1], number: true},
                      utcColumn("First delivered", (d) => d.first),
                      utcColumn("Last delivered", (d) => d.last),
                      utcColumn("Pickup from", (d) => d.pickup[0]),
                      utcColumn("Pickup until", (d) => d.pickup[1]),
                      utcColumn("Delivery from", (d) => d.delivery[0]),
                      utcColumn("Delivery until", (d) => d.delivery[1]),
                      {name: "Category", cell: (d) => d.category},
                  ],
                  sum: [
                      "All",
                      "",
                      "",
                      whole(sum((d) => d.pax)),
                      whole(sum((d) => d.moved)),
                      whole(sum((d) => d.left)),
                      DATA.costs.not_moved[0],
                  ],
              }),
    );
}

/* --- all of it */

document.title = DATA.name || "Schedule";
document.getElementById("title").textContent = DATA.name || "Schedule";
document.getElementById("subtitle").textContent =
    utc(0) + " to " + utc(DATA.end) + " UTC. All times are UTC where nothing else is said.";
document.getElementById("origin").textContent =
    "Written by " + DATA.program + (DATA.sha256 ? " from the instance with SHA-256 " + DATA.sha256 : "") + ".";
summary();
fleet();
map();
parking();
limits();
demands();
loads();
layoutAll();
