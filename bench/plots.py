"""Charts of steps as SVG, without a library. Colours of Okabe and Ito, dashes for those who see none of them."""
import math
from xml.sax.saxutils import escape

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "1 2", "12 4", "5 2 1 2")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 400, 62, 230, 40, 52


def number(x):
    return "%g" % float("%.3g" % x)


def log_ticks(low, high):
    ticks = [m * 10.0**e for e in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1) for m in (1, 2, 5)]
    ticks = [t for t in ticks if low * 0.999 <= t <= high * 1.001]
    return ticks if len(ticks) < 10 else [t for t in ticks if abs(math.log10(t) - round(math.log10(t))) < 1e-9]


def even_ticks(low, high):
    step = 10.0 ** math.floor(math.log10((high - low) / 4))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 6)
    return [step * k for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


class Axis:
    def __init__(self, low, high, log, begin, end):
        self.low, self.high, self.log, self.begin, self.end = low, high, log, begin, end

    def at(self, x):
        x = min(max(x, self.low), self.high)
        part = (math.log(x / self.low) / math.log(self.high / self.low) if self.log
                else (x - self.low) / (self.high - self.low))
        return self.begin + part * (self.end - self.begin)

    def ticks(self):
        return log_ticks(self.low, self.high) if self.log else even_ticks(self.low, self.high)


def path(points, x_axis, y_axis, last_x):
    """Steps: a value holds until the next one."""
    out = []
    for x, y in points:
        out.append(("H%.1f V%.1f" if out else "M%.1f %.1f") % (x_axis.at(x), y_axis.at(y)))
    return " ".join(out) + " H%.1f" % x_axis.at(last_x)


def chart(title, x_label, y_label, series, x_range, y_range, x_log=False):
    """The SVG's text. series: [(name, [(x, y)])], x growing."""
    x_axis = Axis(x_range[0], x_range[1], x_log, LEFT, WIDTH - RIGHT)
    y_axis = Axis(y_range[0], y_range[1], False, HEIGHT - BOTTOM, TOP)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" '
           'font-family="sans-serif" font-size="12">' % (WIDTH, HEIGHT, WIDTH, HEIGHT),
           "<title>%s</title>" % escape(title), '<rect width="100%" height="100%" fill="#ffffff"/>',
           '<text x="%d" y="22" font-size="14" font-weight="bold">%s</text>' % (LEFT, escape(title))]
    for x in x_axis.ticks():
        at = x_axis.at(x)
        out.append('<path d="M%.1f %d V%d" stroke="#dddddd"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>'
                   % (at, TOP, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 17, number(x)))
    for y in y_axis.ticks():
        at = y_axis.at(y)
        out.append('<path d="M%d %.1f H%d" stroke="#dddddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>'
                   % (LEFT, at, WIDTH - RIGHT, LEFT - 6, at + 4, number(y)))
    out.append('<path d="M%d %d V%d H%d" fill="none" stroke="#000000"/>' % (LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT))
    out.append('<text x="%d" y="%d" text-anchor="middle">%s</text>'
               % ((LEFT + WIDTH - RIGHT) // 2, HEIGHT - 12, escape(x_label)))
    out.append('<text transform="translate(16 %d) rotate(-90)" text-anchor="middle">%s</text>'
               % ((TOP + HEIGHT - BOTTOM) // 2, escape(y_label)))
    for k, (name, points) in enumerate(series):
        look = 'stroke="%s" stroke-width="2"' % COLOURS[k % len(COLOURS)]
        look += ' stroke-dasharray="%s"' % DASHES[k % len(DASHES)] if DASHES[k % len(DASHES)] else ""
        y = TOP + 12 + 18 * k
        if points:
            out.append('<path d="%s" fill="none" %s/>' % (path(points, x_axis, y_axis, x_range[1]), look))
        out.append('<path d="M%d %d H%d" %s/><text x="%d" y="%d">%s</text>'
                   % (WIDTH - RIGHT + 10, y - 4, WIDTH - RIGHT + 40, look, WIDTH - RIGHT + 46, y, escape(name)))
    return "\n".join(out) + "\n</svg>\n"
