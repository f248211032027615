/* Routes as great circles on a plane of our own: degrees of longitude shrunk by the cosine of the middle latitude. */
const RAD = Math.PI / 180;

/* The longitude opposite the widest gap between airfields: seen from there nothing is torn apart. */
function middleLongitude(fields) {
    const lons = fields.map((f) => ((f.lon + 540) % 360) - 180).sort((a, b) => a - b);
    let gap = -1,
        middle = 0;
    lons.forEach((lon, i) => {
        const next = i + 1 < lons.length ? lons[i + 1] : lons[0] + 360;
        if (next - lon > gap) {
            gap = next - lon;
            middle = (next + lon) / 2 + 180;
        }
    });
    return ((middle + 540) % 360) - 180;
}

/* Points along the great circle, [lon, lat] in degrees, both ends included. */
function greatCircle(a, b) {
    const vector = (f) => [
        Math.cos(f.lat * RAD) * Math.cos(f.lon * RAD),
        Math.cos(f.lat * RAD) * Math.sin(f.lon * RAD),
        Math.sin(f.lat * RAD),
    ];
    const p = vector(a),
        q = vector(b),
        dot = p[0] * q[0] + p[1] * q[1] + p[2] * q[2],
        angle = Math.acos(Math.min(1, Math.max(-1, dot)));
    const n = Math.max(1, Math.ceil(angle / RAD)),
        points = [];
    for (let i = 0; i <= n; i++) {
        const f = i / n,
            u = angle > 1e-9 && Math.sin(angle) > 1e-9 ? Math.sin((1 - f) * angle) / Math.sin(angle) : 1 - f;
        const v = angle > 1e-9 && Math.sin(angle) > 1e-9 ? Math.sin(f * angle) / Math.sin(angle) : f;
        const [x, y, z] = [0, 1, 2].map((k) => u * p[k] + v * q[k]);
        points.push([Math.atan2(y, x) / RAD, Math.atan2(z, Math.hypot(x, y)) / RAD]);
    }
    return points;
}

/* The frame around all points, and what projects into it. */
function projection(points, middle, width) {
    const turned = (lon) => ((lon - middle + 540) % 360) - 180;
    const lats = points.map((p) => p[1]),
        lons = points.map((p) => turned(p[0]));
    let [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
    const shrink = Math.max(0.2, Math.cos(((south + north) / 2) * RAD));
    const pad = Math.max(1, (north - south) * 0.12, (east - west) * shrink * 0.08);
    [south, north, west, east] = [
        Math.max(-90, south - pad),
        Math.min(90, north + pad),
        Math.max(-180, west - pad / shrink),
        Math.min(180, east + pad / shrink),
    ];
    const ratio = (north - south) / ((east - west) * shrink),
        height = Math.round(Math.min(580, Math.max(300, width * ratio)));
    const scale = Math.min(width / ((east - west) * shrink), height / (north - south));
    const left = (width - (east - west) * shrink * scale) / 2,
        top = (height - (north - south) * scale) / 2;
    return {
        width,
        height,
        south,
        north,
        west,
        east,
        middle,
        x: (lon) => left + (turned(lon) - west) * shrink * scale,
        y: (lat) => top + (north - lat) * scale,
    };
}

/* The path through the points, broken where it leaves the map at one side and comes back at the other. */
function mapPath(points, to) {
    let d = "",
        last = null;
    for (const [lon, lat] of points) {
        const x = to.x(lon),
            y = to.y(lat);
        d += (last === null || Math.abs(x - last) > to.width / 2 ? "M" : "L") + x.toFixed(1) + " " + y.toFixed(1);
        last = x;
    }
    return d;
}

function graticule(to) {
    const span = Math.max(to.north - to.south, (to.east - to.west) / 2),
        step = [1, 2, 5, 10, 15, 30].find((s) => span / s <= 7) || 45;
    const nodes = [],
        name = (v, plus, minus) =>
            Math.abs(v) + "\u00b0" + (Math.abs(v) === 180 ? "" : v > 0 ? plus : v < 0 ? minus : "");
    for (let lat = Math.ceil(to.south / step) * step; lat <= to.north; lat += step)
        nodes.push(
            svg("path", {class: "grid", d: "M0 " + to.y(lat).toFixed(1) + "H" + to.width}),
            svg("text", {class: "degree", x: 4, y: to.y(lat) - 3}, name(lat, "N", "S")),
        );
    for (let t = Math.ceil((to.west + to.middle) / step) * step; t <= to.east + to.middle; t += step) {
        const lon = ((t + 540) % 360) - 180,
            x = to.x(lon);
        nodes.push(
            svg("path", {class: "grid", d: "M" + x.toFixed(1) + " 0V" + to.height}),
            svg("text", {class: "degree", x: x + 3, y: to.height - 4}, name(lon, "E", "W")),
        );
    }
    return nodes;
}

/* Names beside their airfields where they hide neither a name nor an airfield; else left out: the table has them. */
function fieldNames(fields, to) {
    const taken = fields.map((f) => [to.x(f.lon) - 5, to.y(f.lat) - 5, to.x(f.lon) + 5, to.y(f.lat) + 5]);
    const free = ([l, t, r, b]) =>
        l > 2 &&
        t > 2 &&
        r < to.width - 2 &&
        b < to.height - 2 &&
        taken.every((o) => r < o[0] || l > o[2] || b < o[1] || t > o[3]);
    return fields.map((f) => {
        const text = short(f.id, 12),
            w = (Array.from(text).length - 2) * 8.4 + 4,
            x = to.x(f.lon),
            y = to.y(f.lat);
        for (const [dx, dy] of [
            [8, 5],
            [-8 - w, 5],
            [-w / 2, -9],
            [-w / 2, 19],
            [7, -7],
            [7, 17],
            [-7 - w, -7],
            [-7 - w, 17],
        ]) {
            const box = [x + dx, y + dy - 11, x + dx + w, y + dy + 3];
            if (!free(box)) continue;
            taken.push(box);
            return svg("text", {class: "name", x: (x + dx + 2).toFixed(1), y: (y + dy).toFixed(1)}, text);
        }
        return null;
    });
}

/* {from, to, nm, sorties, ferries, pax}, the busiest first */
function routes() {
    return Array.from(grouped(SORTIES, (s) => s.from + ">" + s.to).values(), (list) => ({
        from: list[0].from,
        to: list[0].to,
        nm: list[0].nm,
        sorties: list.length,
        ferries: list.filter((s) => s.pax === 0).length,
        pax: list.reduce((sum, s) => sum + s.pax, 0),
    })).sort((a, b) => b.pax - a.pax || b.sorties - a.sorties);
}

function routeText(pair) {
    return pair
        .map(
            (r) =>
                short(airfieldId(r.from)) +
                " to " +
                short(airfieldId(r.to)) +
                ": " +
                count(r.sorties, "sortie") +
                (r.ferries ? ", " + whole(r.ferries) + " of them ferry" : "") +
                ", " +
                count(r.pax, "passenger") +
                ", " +
                whole(Math.round(r.nm)) +
                " nm",
        )
        .join("\n");
}

function mapOf(list, width) {
    const used = Array.from(new Set(list.flatMap((r) => [r.from, r.to]))).map((a) => DATA.airfields[a]);
    const pairs = Array.from(grouped(list, (r) => Math.min(r.from, r.to) + "-" + Math.max(r.from, r.to)).values());
    const lines = pairs.map((pair) => greatCircle(DATA.airfields[pair[0].from], DATA.airfields[pair[0].to]));
    const to = projection(lines.flat(), middleLongitude(used), width),
        most = Math.max(...pairs.map((pair) => pair.reduce((sum, r) => sum + r.pax, 0)), 1);
    const widest = pairs.length > 16 ? 2.4 : 4.8,
        picture = svg(
            "svg",
            {
                class: "map",
                width: to.width,
                height: to.height,
                viewBox: "0 0 " + to.width + " " + to.height,
                role: "group",
                "aria-label": "Map of the routes flown; the table below has every route",
            },
            graticule(to),
        );
    pairs
        .map((pair, i) => ({pair, d: mapPath(lines[i], to), pax: pair.reduce((sum, r) => sum + r.pax, 0)}))
        .reverse()
        .forEach(({pair, d, pax}) => {
            const group = svg(
                "g",
                {
                    class: "route-group",
                    tabindex: 0,
                    role: "img",
                    "aria-label": routeText(pair).replace(/\n/g, ". "),
                    onmouseover: (e) => showTip(routeText(pair), {left: e.clientX, top: e.clientY, bottom: e.clientY}),
                    onmouseout: hideTip,
                    onfocus: (e) => showTip(routeText(pair), e.target.getBoundingClientRect()),
                    onblur: hideTip,
                },
                svg("path", {
                    class: "route" + (pax ? "" : " empty"),
                    d,
                    "stroke-width": (1.2 + widest * Math.sqrt(pax / most)).toFixed(1),
                }),
                svg("path", {class: "touch", d}),
            );
            picture.append(group);
        });
    return append(picture, [
        used.map((f) => svg("circle", {class: "field", cx: to.x(f.lon).toFixed(1), cy: to.y(f.lat).toFixed(1), r: 4})),
        fieldNames(used, to),
    ]);
}
