/* Tables: sorted by a press on a heading, shown in pages where they are long. */
const PAGE = 200;

/* columns: [{name, cell(row) -> text or node, by(row) -> what to sort by, number}] ; bad(row): the row needs a look. */
function table({caption, columns, rows, bad, sum}) {
    let sorted = rows.slice(),
        page = 0,
        order = {column: null, down: false};
    const body = el("tbody"),
        headings = columns.map((column) =>
            el(
                "th",
                {scope: "col", class: column.number ? "number" : null},
                el("button", {type: "button", onclick: () => sort(column)}, column.name),
            ),
        );
    const said = el("span", {"aria-live": "polite"});
    const back = el("button", {type: "button", onclick: () => show(page - 1)}, "Earlier rows");
    const on = el("button", {type: "button", onclick: () => show(page + 1)}, "Later rows");

    function sort(column) {
        order = {column, down: order.column === column && !order.down};
        const by = column.by || column.cell,
            sign = order.down ? -1 : 1;
        sorted = rows.slice().sort((a, b) => {
            const x = by(a),
                y = by(b);
            return sign * (x === null || y === null ? (x === null) - (y === null) : x < y ? -1 : x > y ? 1 : 0);
        });
        headings.forEach((th, i) =>
            columns[i] === column
                ? th.setAttribute("aria-sort", order.down ? "descending" : "ascending")
                : th.removeAttribute("aria-sort"),
        );
        show(0);
    }

    function cells(row) {
        return columns.map((column, i) => {
            const value = column.cell(row);
            return el(
                i === 0 ? "th" : "td",
                {scope: i === 0 ? "row" : null, class: column.number ? "number" : null},
                typeof value === "string" || typeof value === "number"
                    ? column.number
                        ? String(value)
                        : bdi(String(value))
                    : value,
            );
        });
    }

    function show(wanted) {
        page = wanted;
        body.replaceChildren(
            ...sorted
                .slice(page * PAGE, (page + 1) * PAGE)
                .map((row) => el("tr", {class: bad && bad(row) ? "bad" : null}, cells(row))),
        );
        said.textContent =
            "Rows " +
            whole(page * PAGE + 1) +
            " to " +
            whole(Math.min(rows.length, (page + 1) * PAGE)) +
            " of " +
            whole(rows.length);
        back.disabled = page === 0;
        on.disabled = (page + 1) * PAGE >= rows.length;
    }

    show(0);
    return el(
        "div",
        {},
        rows.length > PAGE ? el("div", {class: "pages"}, back, on, said) : null,
        el(
            "div",
            {class: "scroll", tabindex: "0", role: "group", "aria-label": caption},
            el(
                "table",
                {},
                el("caption", {}, caption),
                el("thead", {}, el("tr", {}, headings)),
                body,
                sum
                    ? el(
                          "tfoot",
                          {},
                          el(
                              "tr",
                              {class: "sum"},
                              sum.map((value, i) =>
                                  el(
                                      i === 0 ? "th" : "td",
                                      {scope: i === 0 ? "row" : null, class: columns[i].number ? "number" : null},
                                      value,
                                  ),
                              ),
                          ),
                      )
                    : null,
            ),
        ),
    );
}

/* The table behind a picture: made when it is opened. */
function tableBehind(title, make) {
    const details = el("details", {}, el("summary", {}, title));
    details.addEventListener("toggle", () => {
        if (details.open && details.children.length === 1) details.append(make());
    });
    return details;
}
