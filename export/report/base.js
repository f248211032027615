/* What all parts use: the data, elements, times as people read them. Texts of the data become text nodes and attribute
 * values only, never markup. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const HOUR = 3600,
    DAY = 86400;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function append(parent, children) {
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) parent.append(child);
    return parent;
}

function attributes(node, given) {
    for (const [name, value] of Object.entries(given)) {
        if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
        else if (value !== null && value !== undefined && value !== false)
            node.setAttribute(name, value === true ? "" : value);
    }
    return node;
}

function el(name, given, ...children) {
    return append(attributes(document.createElement(name), given || {}), children);
}

function svg(name, given, ...children) {
    return append(attributes(document.createElementNS("http://www.w3.org/2000/svg", name), given || {}), children);
}

/* A text of the data in a cell or a heading: its direction stays its own. */
function bdi(text) {
    return el("bdi", text.length > 20 ? {title: short(text, 300)} : {}, text);
}

/* Cut between characters where it is long, direction marks kept inside. For labels and descriptions. */
function short(text, most = 40) {
    const points = Array.from(text.length > 4 * most ? text.slice(0, 4 * most) : text);
    return "\u2068" + (points.length > most ? points.slice(0, most - 1).join("") + "\u2026" : text) + "\u2069";
}

function count(n, one, many = one + "s") {
    return whole(n) + " " + (n === 1 ? one : many);
}

function whole(n) {
    return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/* The amount as the program wrote it, [text, hundredths], with its currency. */
function money(amount) {
    return amount[0] + (DATA.currency ? " " + short(DATA.currency, 20) : "");
}

const two = (n) => String(n).padStart(2, "0");

function date(t) {
    return new Date((DATA.start + t) * 1000);
}

/* 2025-01-23 15:15, seconds where they are not 0 */
function utc(t) {
    if (t === null) return "-";
    const d = date(t),
        s = d.getUTCSeconds();
    return (
        d.getUTCFullYear() +
        "-" +
        two(d.getUTCMonth() + 1) +
        "-" +
        two(d.getUTCDate()) +
        " " +
        clock(t) +
        (s ? ":" + two(s) : "")
    );
}

function clock(t) {
    return two(date(t).getUTCHours()) + ":" + two(date(t).getUTCMinutes());
}

function day(t) {
    return DAYS[date(t).getUTCDay()] + " " + date(t).getUTCDate() + " " + MONTHS[date(t).getUTCMonth()];
}

/* On the clocks of the airfield; "" where its zone is not known to the browser. */
const zones = new Map();
function local(t, airfield) {
    const zone = DATA.airfields[airfield].zone;
    if (!zones.has(zone)) {
        let format = null;
        try {
            format = zone
                ? new Intl.DateTimeFormat("en-GB", {
                      timeZone: zone,
                      hour: "2-digit",
                      minute: "2-digit",
                      weekday: "short",
                  })
                : null;
        } catch {
            format = null;
        }
        zones.set(zone, format);
    }
    const format = zones.get(zone);
    return format ? " (" + format.format(date(t)).replace(",", "") + " local)" : "";
}

/* 9:05, hours and minutes, seconds where they are not 0 */
function duration(s) {
    const sign = s < 0 ? "-" : "",
        a = Math.abs(s),
        rest = a % 60;
    return sign + whole(Math.floor(a / HOUR)) + ":" + two(Math.floor(a / 60) % 60) + (rest ? ":" + two(rest) : "");
}

/* --- the schedule by name */

const STOP = {
    airfield: 0,
    arrival: 1,
    from: 2,
    until: 3,
    departure: 4,
    parkFrom: 5,
    parkUntil: 6,
    boards: 7,
    leaves: 8,
};
const SORTIE = {pax: 0, escorts: 1, kg: 2, nm: 3, cost: 4, lots: 5};
const airfieldId = (a) => DATA.airfields[a].id;
const airframeId = (m) => DATA.airframes[m.airframe].id;
const crewId = (m) => DATA.crews[m.crew].id;

/* Every sortie: {m, i, from, to, takeOff, blockIn, pax, escorts, kg, nm, cost, lots} in the order of the missions. */
const SORTIES = DATA.missions.flatMap((m) =>
    m.sorties.map((s, i) => ({
        m,
        i,
        from: m.stops[i][STOP.airfield],
        to: m.stops[i + 1][STOP.airfield],
        takeOff: m.stops[i][STOP.departure],
        blockIn: m.stops[i + 1][STOP.arrival],
        pax: s[SORTIE.pax],
        escorts: s[SORTIE.escorts],
        kg: s[SORTIE.kg],
        nm: s[SORTIE.nm],
        cost: s[SORTIE.cost],
        lots: s[SORTIE.lots],
    })),
);

function grouped(list, key) {
    const groups = new Map();
    for (const item of list) {
        const k = key(item);
        if (!groups.has(k)) groups.set(k, []);
        groups.get(k).push(item);
    }
    return groups;
}

/* --- the page */

function section(id, title, ...children) {
    const part = el(
        "section",
        {id, "aria-labelledby": id + "-heading"},
        el("h2", {id: id + "-heading"}, title),
        children,
    );
    document.getElementById("main").append(part);
    document.getElementById("parts").append(el("li", {}, el("a", {href: "#" + id}, title)));
    return part;
}

const tip = document.getElementById("tip");
function showTip(text, box) {
    tip.textContent = text;
    tip.hidden = false;
    const x = Math.min(Math.max(8, box.left), innerWidth - tip.offsetWidth - 8);
    const below = box.bottom + 8 + tip.offsetHeight < innerHeight;
    tip.style.left = Math.max(8, x) + "px";
    tip.style.top = Math.max(8, below ? box.bottom + 8 : box.top - 8 - tip.offsetHeight) + "px";
}

function hideTip() {
    tip.hidden = true;
}

addEventListener("scroll", hideTip, {capture: true, passive: true});
