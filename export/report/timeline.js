/* Lanes over time: a label, a picture as wide as the horizon at the scale wanted, and items that the keyboard reaches. A
 * lane is drawn when it comes near the window, so a page of ten thousand sorties opens at once. */
const STEPS = [
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY,
];
const TEXT = 6.3; /* pixels of a letter, about */

const LINES = {cap: "cap", "route-loaded": "route", "route-empty": "route empty"}; /* what is a line in a legend */

function legend(...entries) {
    return el(
        "ul",
        {class: "legend", "aria-label": "Legend"},
        entries.map(([cls, text]) =>
            el(
                "li",
                {},
                svg(
                    "svg",
                    {width: 26, height: 14, "aria-hidden": "true"},
                    LINES[cls]
                        ? svg("path", {class: LINES[cls], d: "M1 7h24", "stroke-width": 3})
                        : svg("rect", {class: cls, x: 1.5, y: 1.5, width: 23, height: 11}),
                ),
                text,
            ),
        ),
    );
}

/* lanes: [{label, note, height, items: [{from, until, ...}], draw(scale) -> nodes, place(item, scale) -> node,
 *          describe(item)}]; without items the whole lane is one, which describe() describes.
 * scale: {x(t), width, height}. */
class Timeline {
    constructor({name, from, until, lanes}) {
        Object.assign(this, {from, until: Math.max(until, from + 1), lanes, zoomed: 1, at: null});
        this.axis = el("div", {class: "lane axis"});
        this.box = el(
            "div",
            {
                class: "timeline",
                role: "group",
                "aria-label": name + ". Arrow keys go from one to the next, plus and minus change the scale.",
                onkeydown: (e) => this.key(e),
                onfocusin: (e) => this.focused(e),
                onfocusout: hideTip,
                onmouseover: (e) => this.pointed(e),
                onmouseout: hideTip,
            },
            this.axis,
        );
        this.watch = new IntersectionObserver(
            (seen) => seen.forEach((s) => s.isIntersecting && this.draw(this.lanes[s.target.dataset.lane])),
            {rootMargin: "600px"},
        );
        lanes.forEach((lane, i) => this.add(lane, i));
        this.node = el(
            "div",
            {},
            el(
                "div",
                {class: "zoom", role: "group", "aria-label": "Scale of " + name},
                this.button("Zoom in", () => this.zoom(this.zoomed * 2)),
                this.button("Zoom out", () => this.zoom(this.zoomed / 2)),
                this.button("Whole time", () => this.zoom(1)),
            ),
            this.box,
        );
    }

    button(text, onclick) {
        return el("button", {type: "button", onclick}, text);
    }

    add(lane, i) {
        lane.index = i;
        lane.row = el(
            "div",
            {class: "lane", "data-lane": i},
            el("div", {class: "lane-label"}, bdi(lane.label), el("span", {}, lane.note)),
        );
        this.box.append(lane.row);
        this.watch.observe(lane.row);
    }

    /* Once the box is in the page, and whenever its width may have changed. */
    layout(width) {
        const label = this.lanes.length ? this.lanes[0].row.firstChild.offsetWidth : 0;
        this.fitted = Math.max(320, (width || this.box.clientWidth) - label - 2);
        this.width = Math.round(this.fitted * this.zoomed);
        this.drawAxis();
        for (const lane of this.lanes) {
            if (lane.picture) lane.picture.remove();
            lane.nodes = null;
            lane.picture = svg("svg", {width: this.width, height: lane.height});
            lane.row.append(lane.picture);
        }
        if (this.lanes.length > 0) this.draw(this.lanes[this.at ? this.at.lane : 0]); /* there is always one for Tab */
    }

    zoom(wanted) {
        const most = Math.max(
            1,
            Math.min(((this.until - this.from) / HOUR) * 120, 1e6) / this.fitted,
        ); /* 2 pixels a minute */
        const middle = (this.box.scrollLeft + this.fitted / 2) / this.width;
        this.zoomed = Math.min(Math.max(1, wanted), most);
        this.layout();
        this.box.scrollLeft = middle * this.width - this.fitted / 2;
        this.redraw();
    }

    /* The observer does not speak again of what is still in sight. */
    redraw() {
        const low = -600,
            high = innerHeight + 600;
        for (const lane of this.lanes) {
            const place = lane.row.getBoundingClientRect();
            if (place.bottom > low && place.top < high) this.draw(lane);
        }
    }

    scale(height) {
        const {from, until, width} = this;
        return {x: (t) => Math.round(((t - from) / (until - from)) * width * 10) / 10, width, height};
    }

    /* Instants of the grid, and how far they are apart. */
    ticks() {
        const wanted = ((this.until - this.from) / this.width) * 76,
            step = STEPS.find((s) => s >= wanted) || STEPS[STEPS.length - 1];
        const list = [],
            first = Math.ceil((DATA.start + this.from) / step) * step - DATA.start;
        for (let t = first; t <= this.until; t += step) list.push(t);
        return {list, step};
    }

    drawAxis() {
        const {list, step} = this.ticks(),
            {x} = this.scale(0),
            picture = svg("svg", {width: this.width, height: 30, "aria-hidden": "true"});
        this.gridPath = list.map((t) => "M" + Math.round(x(t)) + ".5 0V999").join("");
        picture.append(svg("path", {class: "grid", d: this.gridPath}));
        for (const t of list) {
            const midnight = (DATA.start + t) % DAY === 0,
                year = date(t).getUTCFullYear();
            const text = !midnight
                ? clock(t)
                : step <= DAY
                  ? day(t)
                  : step < 28 * DAY
                    ? day(t).slice(4)
                    : day(t).slice(4) + " " + year;
            if (x(t) + text.length * TEXT < this.width)
                picture.append(svg("text", {x: x(t) + 4, y: 19, class: midnight ? "day" : null}, text));
        }
        this.axis.replaceChildren(el("div", {class: "lane-label"}, el("span", {}, "UTC")), picture);
    }

    draw(lane) {
        if (!lane.picture || lane.nodes) return;
        const scale = this.scale(lane.height),
            one = !lane.items;
        lane.nodes = one ? [lane.picture] : [];
        lane.picture.append(svg("path", {class: "grid", d: this.gridPath}));
        append(lane.picture, lane.draw ? lane.draw(scale) : []);
        for (const item of lane.items || []) {
            const node = lane.place(item, scale);
            lane.nodes.push(node.classList.contains("item") ? node : node.querySelector(".item"));
            lane.picture.append(node);
        }
        if (one) lane.picture.classList.add("item");
        lane.nodes.forEach((node, i) => {
            attributes(node, {
                role: "img",
                tabindex: -1,
                "data-item": i,
                "aria-label": lane.describe(one ? null : lane.items[i]).replace(/\n/g, ", "),
            });
        });
        this.keepOneTabStop();
    }

    /* One item is in the tab order: the last focused, or the first of all. */
    keepOneTabStop() {
        const lane = this.lanes.find((l) => l.nodes && l.nodes.length);
        const at = this.at && this.nodeAt(this.at.lane, this.at.item) ? this.at : lane && {lane: lane.index, item: 0};
        if (this.tabStop) this.tabStop.setAttribute("tabindex", -1);
        this.tabStop = at && this.nodeAt(at.lane, at.item);
        if (this.tabStop) this.tabStop.setAttribute("tabindex", 0);
    }

    nodeAt(lane, item) {
        return this.lanes[lane] && this.lanes[lane].nodes && this.lanes[lane].nodes[item];
    }

    where(node) {
        const item = node.closest(".item"),
            row = node.closest(".lane[data-lane]");
        return item && row ? {lane: Number(row.dataset.lane), item: Number(item.dataset.item)} : null;
    }

    tell(at) {
        const lane = this.lanes[at.lane];
        showTip(lane.describe(lane.items ? lane.items[at.item] : null), this.visiblePart(lane.nodes[at.item]));
    }

    visiblePart(node) {
        const part = node.getBoundingClientRect(),
            box = this.box.getBoundingClientRect();
        return {left: Math.max(part.left, box.left), top: part.top, bottom: part.bottom};
    }

    pointed(e) {
        const at = this.where(e.target);
        if (at) this.tell(at);
    }

    focused(e) {
        const at = this.where(e.target);
        if (!at) return;
        this.at = at;
        this.keepOneTabStop();
        requestAnimationFrame(() => document.activeElement === e.target && this.tell(at));
    }

    /* The item of the next lane in the direction of `by` that is nearest in time. */
    neighbour(at, by) {
        const items = this.lanes[at.lane].items,
            now = items ? items[at.item].from : this.from;
        for (let i = at.lane + by; i >= 0 && i < this.lanes.length; i += by) {
            const other = this.lanes[i].items;
            if (!other) return {lane: i, item: 0};
            let best = -1;
            other.forEach((item, j) => {
                if (best < 0 || Math.abs(item.from - now) < Math.abs(other[best].from - now)) best = j;
            });
            if (best >= 0) return {lane: i, item: best};
        }
        return at;
    }

    key(e) {
        const at = this.where(e.target);
        if (!at || e.altKey || e.ctrlKey || e.metaKey) return;
        const last = (this.lanes[at.lane].items || [0]).length - 1;
        const to = {
            ArrowLeft: () => ({lane: at.lane, item: Math.max(0, at.item - 1)}),
            ArrowRight: () => ({lane: at.lane, item: Math.min(last, at.item + 1)}),
            ArrowUp: () => this.neighbour(at, -1),
            ArrowDown: () => this.neighbour(at, 1),
            Home: () => ({lane: at.lane, item: 0}),
            End: () => ({lane: at.lane, item: last}),
        }[e.key];
        if (e.key === "+" || e.key === "-" || e.key === "0")
            this.zoom(e.key === "0" ? 1 : e.key === "+" ? this.zoomed * 2 : this.zoomed / 2);
        else if (e.key === "Escape") hideTip();
        if (!to && !"+-0".includes(e.key)) return;
        e.preventDefault();
        this.focus(to ? to() : at);
    }

    focus(at) {
        this.draw(this.lanes[at.lane]);
        const node = this.nodeAt(at.lane, at.item),
            box = this.box;
        node.focus({preventScroll: true});
        node.scrollIntoView({block: "nearest", inline: "nearest"});
        const part = node.getBoundingClientRect(),
            view = box.getBoundingClientRect(),
            label = this.lanes[0].row.firstChild.offsetWidth;
        if (part.left < view.left + label || part.left > view.right - 40)
            /* long items begin in sight */
            box.scrollLeft += part.left - view.left - label - 20;
    }
}

const timelines = [];
function timeline(options) {
    const made = new Timeline(options);
    timelines.push(made);
    return made.node;
}

function layoutAll(width) {
    for (const p of pictures) p.holder.replaceChildren(p.draw(width || p.holder.clientWidth));
    for (const t of timelines) {
        t.layout(width);
        if (width) t.lanes.forEach((lane) => t.draw(lane));
        else t.redraw();
    }
}

/* Pictures that are as wide as the page lets them: {holder, draw(width)}. */
const pictures = [];
function picture(draw) {
    const made = {holder: el("div"), draw};
    pictures.push(made);
    return made.holder;
}

/* On paper everything is drawn, as wide as the sheet. */
addEventListener("beforeprint", () => {
    timelines.forEach((t) => {
        t.before = t.zoomed;
        t.zoomed = 1;
    });
    layoutAll(1000);
});
addEventListener("afterprint", () => {
    timelines.forEach((t) => {
        t.zoomed = t.before;
    });
    layoutAll();
});
let resizing = 0;
addEventListener("resize", () => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => layoutAll());
});

/* --- a bar with the longest of `texts` that fits */

function bar(item, scale, cls, y, height, texts, on) {
    const x = scale.x(item.from),
        width = Math.max(2, scale.x(item.until) - x);
    const rect = svg("rect", {class: "item bar " + cls, x, y, width, height, rx: 2});
    const text = texts.find((t) => Array.from(t).length * TEXT + 8 <= width);
    return text
        ? svg(
              "g",
              {},
              rect,
              svg("text", {x: x + width / 2, y: y + height / 2 + 4, "text-anchor": "middle", class: on}, short(text)),
          )
        : rect;
}

/* One path for many boxes: [from, until] each. */
function boxes(list, scale, cls, y, height) {
    if (list.length === 0) return null;
    return svg("path", {
        class: cls,
        d: list
            .map(
                ([from, until]) =>
                    "M" +
                    scale.x(from) +
                    " " +
                    y +
                    "H" +
                    Math.max(scale.x(until), scale.x(from) + 1) +
                    "v" +
                    height +
                    "H" +
                    scale.x(from) +
                    "z",
            )
            .join(""),
    });
}
