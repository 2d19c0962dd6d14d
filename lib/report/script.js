// SPDX-License-Identifier: Apache-2.0
// The page's behaviour: zoom, pan, tooltip, filter, keyboard, sorting. Everything it tells stands in
// the page already: places in the diagrams, words in the table of calls. Needs no network and keeps
// nothing. Works on groups: "st" is stretched in time by one transform, "fx" holds texts that are
// moved but not stretched, "lb" the labels of vessels, fitted anew, "tg" the lines of time.
(function () {
'use strict';
var d = document, stage = d.getElementById('stage'), tip = d.getElementById('tip');
function all(q, f, from) { Array.prototype.forEach.call((from || d).querySelectorAll(q), f); }
function id(name) { return d.getElementById(name); }
function clamp(v, low, high) { return v < low ? low : v > high ? high : v; }
function num(e, name) { return parseFloat(e.getAttribute(name)); }

// --- what the page knows ---
var conf = stage.dataset, LEFT = +conf.left, BASE = +conf.width, RIGHT = +conf.right;
var from = +conf.from, to = +conf.to, unit = +conf.unit;
var calls = id('calls'), columns = {}, names = [];
all('thead th', function (th, i) { columns[th.dataset.k] = i; names[i] = th.textContent; }, calls);
function cell(row, key) {
    var c = columns[key] === undefined ? null : row.cells[columns[key]];
    return c ? c.textContent : '';
}
function vesselName(row) { return row.cells[0].firstChild.textContent; }

var charts = [], plots = [], vessels = [], byCall = {};
all('.chart > .diagram', function (svg) {
    charts.push({svg: svg, height: num(svg, 'height'), right: svg.querySelectorAll('.rt'),
        timed: svg.querySelector('.plot') !== null});
});
all('.plot', function (svg) {
    var p = {svg: svg, top: +svg.dataset.top, head: +svg.dataset.head, height: num(svg, 'height'),
        st: svg.querySelector('.st'), tg: svg.querySelector('.tg'), lb: svg.querySelector('.lb'),
        fx: [], vessels: [], bars: [], chart: svg.closest('.chart')};
    all('text,path', function (e) {
        if (e.dataset.a) p.fx.push({e: e, a: e.dataset.a.split(' ').map(Number)});
        else if (e.hasAttribute('x')) p.fx.push({e: e, x: num(e, 'x')});
    }, svg.querySelector('.fx'));
    plots.push(p);
});
plots.forEach(function (p) {
    all('.v[id]', function (g) {
        var r = g.querySelector('.b'), row = id('r' + g.id.slice(1));
        var v = {g: g, row: row, x: num(r, 'x'), w: num(r, 'width'), y: num(r, 'y'),
            h: num(r, 'height'), name: vesselName(row), crew: cell(row, 'cranes'),
            late: cell(row, 'late'), pinned: g.classList.contains('pinned')};
        v.note = (parseInt(v.crew, 10) > 0 ? parseInt(v.crew, 10) + ' QC' : '');
        vessels.push(v);
        p.vessels.push(v);
        byCall[g.id.slice(1)] = v;
    }, p.svg);
    all('[data-v]', function (g) {
        p.bars.push({g: g, call: g.dataset.v, x: num(g, 'x'), w: num(g, 'width'), y: num(g, 'y')});
    }, p.svg);
});
// Native tooltips would show beside ours.
all('.t > title', function (t) { t.parentNode.dataset.t = t.textContent; t.remove(); });

// --- the view: pixels of the base diagram from view.x on, magnified view.k times ---
var view = {k: 1, x: 0}, plotW = BASE, scale = 1, MOST = Math.max(8, (to - from) / (unit || 3600) / 6);
function X(x) { return LEFT + (x - LEFT - view.x) * scale; }
function xOf(t) { return LEFT + (t - from) / (to - from) * BASE; }
function tOf(px) { return from + (view.x + (px - LEFT) / scale) / BASE * (to - from); }
function settle() {
    view.k = clamp(view.k, 1, MOST);
    view.x = clamp(view.x, 0, BASE - BASE / view.k);
    scale = plotW / BASE * view.k;
}
// `then` is redraw(), or move() while a gesture lasts.
function zoom(factor, px, then) {
    var at = view.x + (px - LEFT) / scale, k = clamp(view.k * factor, 1, MOST);
    view.x = at - (px - LEFT) / (plotW / BASE * k);
    view.k = k;
    (then || redraw)();
}
function pan(px, then) { view.x -= px / scale; (then || redraw)(); }
function fit() { view.k = 1; view.x = 0; redraw(); }
function show(v) {
    var x = v.x - LEFT, shown = BASE / view.k;
    if (x < view.x + shown * 0.02 || x + v.w > view.x + shown * 0.98) {
        view.x = x + v.w / 2 - shown / 2;
        redraw();
    }
}
var waiting = false, rest = 0;
function redraw() {
    settle();
    if (!waiting) { waiting = true; requestAnimationFrame(draw); }
}

// --- words of time ---
var DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
var MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function two(n) { return n < 10 ? '0' + n : '' + n; }
function date(t) {
    if (unit) return '' + Math.round(t / unit * 100) / 100;
    var at = new Date(t * 1000);
    return DAYS[at.getUTCDay()] + ' ' + at.getUTCDate() + ' ' + MONTHS[at.getUTCMonth()];
}
function clock(t) {
    var at = new Date(t * 1000);
    return two(at.getUTCHours()) + ':' + two(at.getUTCMinutes());
}
function moment(t) { return unit ? date(t) : date(t) + ' ' + clock(t); }

// --- the lines of time ---
function stepFor(list, px) {
    for (var i = 0; i < list.length; i++)
        if (list[i] / (to - from) * BASE * scale >= px) return list[i];
    return list[list.length - 1];
}
var HOURS = [900, 1800, 3600, 7200, 10800, 21600, 43200], WHOLE = [86400, 172800, 604800, 1209600, 2419200];
function tens() {
    var list = [], n = unit / 10;
    for (var i = 0; i < 30; i++) list.push(n *= i % 3 === 1 ? 2.5 : 2);
    return list;
}
var ticks = {major: [], minor: []};
function findTicks() {
    var a = tOf(LEFT), b = tOf(LEFT + plotW), t, step = unit ? stepFor(tens(), 56) : stepFor(WHOLE, 66);
    ticks = {major: [], minor: []};
    for (t = Math.ceil(a / step) * step; t <= b; t += step) ticks.major.push(t);
    if (!unit && ticks.major.length && ticks.major[0] > a) ticks.first = a;
    if (unit || step > 86400) return;
    step = stepFor(HOURS, 26);
    ticks.clock = step < 3600;
    if (step < 43200 || step / (to - from) * BASE * scale >= 26)
        for (t = Math.ceil(a / step) * step; t <= b; t += step) if (t % 86400) ticks.minor.push(t);
}
// What is drawn of time on a plot: lines, and words where it has a head.
function ticksOf(p) {
    var list = [], top = p.top, bottom = p.top - p.head + p.height, last = -99;
    ticks.minor.forEach(function (t) {
        var x = X(xOf(t));
        list.push({kind: 'gh', x: x, y: top, z: bottom});
        if (p.head && x - last > (ticks.clock ? 34 : 18)) {
            list.push({kind: 'ck', x: x, y: top - 5, s: ticks.clock ? clock(t) : clock(t).slice(0, 2)});
            last = x;
        }
    });
    ticks.major.forEach(function (t) {
        var x = X(xOf(t));
        list.push({kind: 'gd', x: x, y: p.head ? top - 17 : top, z: bottom});
        if (p.head && x < LEFT + plotW - 30)
            list.push({kind: 'dt', x: x + 4, y: top - (unit ? 10 : 18), s: date(t)});
    });
    if (p.head && !unit && (!ticks.major.length || X(xOf(ticks.major[0])) > LEFT + 70))
        list.push({kind: 'dt', x: LEFT + 4, y: top - 18, s: date(tOf(LEFT))});
    return list;
}

// --- labels ---
var pen = d.createElement('canvas').getContext('2d'), widths = {};
function width(s, big) {
    var key = (big ? 'B' : 's') + s;
    if (widths[key] === undefined) {
        pen.font = big ? '600 10.5px system-ui,sans-serif' : '9.5px system-ui,sans-serif';
        widths[key] = pen.measureText(s).width;
    }
    return widths[key];
}
function esc(s) {
    return s.replace(/[&<>"]/g, function (c) { return {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]; });
}
function cut(s, room) {
    if (width(s, true) <= room) return s;
    var n = Math.max(1, Math.floor(s.length * (room - 9) / width(s, true)));
    return s.slice(0, n) + '\u2026';
}
// What ops say, as SVG: lines, words, words that go upwards, pins.
function svg(list) {
    return list.map(function (o) {
        var x = o.x.toFixed(1), y = o.y.toFixed(1);
        if (o.z !== undefined)
            return '<line class="' + o.kind + '" x1="' + x + '" x2="' + x + '" y1="' + y + '" y2="' + o.z.toFixed(1) + '"/>';
        if (o.pin)
            return '<g transform="translate(' + x + ' ' + y + ')"><path class="pl" d="M0 0L-2 6"/><circle class="pi" r="3"/></g>';
        return '<text class="' + o.kind + (o.up ? '" transform="translate(' + x + ' ' + y + ') rotate(-90)">'
            : '" x="' + x + '" y="' + y + '">') + esc(o.s) + '</text>';
    }).join('');
}
// The two halves of a name that are most alike in width.
function halves(s) {
    var best = null, least = width(s, true);
    for (var i = s.indexOf(' '); i > 0; i = s.indexOf(' ', i + 1)) {
        var w = Math.max(width(s.slice(0, i), true), width(s.slice(i + 1), true));
        if (w < least) { least = w; best = [s.slice(0, i), s.slice(i + 1)]; }
    }
    return best;
}
function label(list, v, x1, x2) {
    var w = x2 - x1, room = w - 9 - (v.pinned ? 9 : 0), full = width(v.name, true), h = v.h;
    if (v.pinned && w > 10 && h > 10) list.push({pin: true, x: x2 - 6.5, y: v.y + 6});
    if (full > room && h - 9 < 26 && room < 26) return;
    if (full > room && h - 9 > w && w >= 12 && (room < 36 || (full <= h - 9 && w < 46))) {
        list.push({kind: 'vn', x: x1 + w / 2 + 3.8, y: v.y + h - 5, s: cut(v.name, h - 9), up: true});
        return;
    }
    if (w < 18 || h < 10 || room < 14) return;
    var note = v.note, late = v.late ? (note ? ' \u00b7 ' : '') + 'late ' + v.late : '';
    if (late && width(note + late) <= w - 8) note += late;
    if (h < 30 || width(note) > w - 8) note = '';
    var parts = full > room && h >= (note ? 43 : 30) && halves(v.name) || [v.name];
    var y = v.y + (h - (parts.length + (note ? 1 : 0)) * 12.5) / 2 + 10;
    parts.forEach(function (s) { list.push({kind: 'vn', x: x1 + 5, y: y, s: cut(s, room)}); y += 12.5; });
    if (note) list.push({kind: v.late ? 'vc vl' : 'vc', x: x1 + 5, y: y, s: note});
}
function labelsOf(p) {
    var list = [], right = LEFT + plotW;
    p.vessels.forEach(function (v) {
        var x1 = X(v.x), x2 = X(v.x + v.w);
        if (v.off || x2 < LEFT || x1 > right) return;
        // What begins or ends outside is labelled where it is seen.
        label(list, v, Math.max(x1, LEFT), Math.min(x2, right));
    });
    p.bars.forEach(function (b) {
        var x1 = Math.max(X(b.x), LEFT), x2 = Math.min(X(b.x + b.w), right), v = byCall[b.call];
        if (v && !v.off && x2 - x1 >= 34)
            list.push({kind: 'vc', x: x1 + 4, y: b.y + 9.5, s: cut(v.name, x2 - x1 - 8)});
    });
    return list;
}

// --- drawing ---
function arrow(a) {
    var x1 = X(a[0]), x2 = X(a[2]), dx = x2 - x1, dy = a[3] - a[1], l = Math.sqrt(dx * dx + dy * dy) || 1;
    var bx = x2 - 8 * dx / l, by = a[3] - 8 * dy / l, sx = 3.5 * dy / l, sy = 3.5 * dx / l;
    return 'M' + x2 + ' ' + a[3] + 'L' + (bx + sx) + ' ' + (by - sy) + 'L' + (bx - sx) + ' ' + (by + sy) + 'Z';
}
function drawPlot(p) {
    p.st.setAttribute('transform', 'matrix(' + scale + ' 0 0 1 ' + (LEFT - (LEFT + view.x) * scale) + ' 0)');
    p.fx.forEach(function (f) {
        if (f.a) f.e.setAttribute('d', arrow(f.a));
        else f.e.setAttribute('x', X(f.x).toFixed(1));
    });
    p.tg.innerHTML = svg(ticksOf(p));
    p.lb.innerHTML = svg(labelsOf(p));
}
function tellView() {
    var win = id('over').firstElementChild;
    win.style.left = view.x / BASE * 100 + '%';
    win.style.width = 100 / view.k + '%';
    id('range').textContent = moment(tOf(LEFT)) + ' \u2013 ' + moment(tOf(LEFT + plotW));
    stage.dataset.zoom = view.k.toFixed(3);
}
// While a gesture lasts the canvas shows the view; the SVG follows when it rests.
var painter = quayPainter(stage, plots, {left: LEFT, X: X, arrow: arrow,
    width: function () { return plotW; },
    matrix: function () { return new DOMMatrix([scale, 0, 0, 1, LEFT - (LEFT + view.x) * scale, 0]); }});
var gesture = 0, moving = false;
function move() {
    clearTimeout(gesture);
    if (!moving) { moving = true; painter.begin(); }
    gesture = setTimeout(rests, 160);
    redraw();
}
function rests() {
    clearTimeout(gesture);
    if (!moving) return;
    moving = false;
    draw();
    painter.end();
}
function draw() {
    waiting = false;
    findTicks();
    tellView();
    if (moving) painter.paint({ticks: ticksOf, labels: labelsOf});
    else drawAll();
}
function drawAll() {
    var late = [];
    plots.forEach(function (p) {
        if (p.chart.hidden) return;
        var r = p.chart.getBoundingClientRect();
        if (r.bottom > -50 && r.top < innerHeight + 50) drawPlot(p);
        else late.push(p);
    });
    clearTimeout(rest);
    // What is off the screen follows when the view rests.
    rest = late.length ? setTimeout(function () { late.forEach(drawPlot); }, 120) : 0;
    all('pattern', function (e) {
        e.setAttribute('patternTransform', 'scale(' + 1 / scale + ' 1) rotate(45)');
    });
}
function layout() {
    rests();
    var w = Math.max(stage.clientWidth, LEFT + RIGHT + 200);
    plotW = w - LEFT - RIGHT;
    charts.forEach(function (c) {
        c.svg.setAttribute('width', w);
        c.svg.parentNode.style.containIntrinsicHeight = 'auto ' + (c.timed ? c.height : c.height * w / (LEFT + BASE + RIGHT)) + 'px';
        if (!c.timed) { c.svg.setAttribute('height', c.height * w / (LEFT + BASE + RIGHT)); return; }
        c.svg.setAttribute('viewBox', '0 0 ' + w + ' ' + c.height);
        Array.prototype.forEach.call(c.right, function (g) {
            g.setAttribute('transform', 'translate(' + (plotW - BASE) + ' 0)');
        });
    });
    plots.forEach(function (p) {
        p.svg.setAttribute('width', plotW);
        p.svg.setAttribute('viewBox', [LEFT, p.top - p.head, plotW, p.height].join(' '));
    });
    settle();
    draw();
}

// --- tooltip ---
function put(kind, words) {
    var e = d.createElement(kind);
    words.forEach(function (w) { var s = d.createElement('span'); s.textContent = w; e.appendChild(s); });
    tip.appendChild(e);
}
function lines(words) {
    tip.textContent = '';
    words.split('\n').forEach(function (l, i) {
        var k = l.indexOf(': ');
        if (!i || k < 0) { var b = d.createElement(i ? 'div' : 'b'); b.textContent = l; tip.appendChild(b); }
        else put('div', [l.slice(0, k), l.slice(k + 2)]);
    });
}
function tell(v, over) {
    tip.textContent = '';
    var b = d.createElement('b');
    b.textContent = v.name + (over ? ' \u2014 ' + over : '');
    tip.appendChild(b);
    var small = v.row.cells[0].querySelector('small');
    if (small) put('div', ['Call', small.textContent]);
    Array.prototype.forEach.call(v.row.cells, function (c, i) {
        if (i && c.textContent.trim()) put('div', [names[i], c.textContent]);
    });
}
function place(x, y) {
    tip.style.display = 'block';
    var w = tip.offsetWidth, h = tip.offsetHeight;
    tip.style.left = Math.max(4, Math.min(x + 16, innerWidth - w - 8)) + 'px';
    tip.style.top = Math.max(4, y + 18 + h > innerHeight ? y - h - 12 : y + 18) + 'px';
}
var lit = null;
function light(v) {
    if (lit === v) return;
    if (lit) { lit.g.classList.remove('on'); lit.row.classList.remove('on'); }
    lit = v;
    if (v) { v.g.classList.add('on'); v.row.classList.add('on'); }
    plots.forEach(function (p) {
        p.bars.forEach(function (b) {
            if (b.lit || (v && byCall[b.call] === v)) {
                b.lit = v && byCall[b.call] === v;
                b.g.classList.toggle('on', !!b.lit);
            }
        });
    });
}
// What waits for the next picture must not come back after it was closed.
var awaited = 0;
function hide() { cancelAnimationFrame(awaited); tip.style.display = 'none'; light(null); }
var shown = null, at = {};
// A browser tells of a pointer that rests, too, when the page moves under it: what was closed stays so.
function hover(e) {
    if (e.clientX === at.x && e.clientY === at.y && e.type === 'pointermove') return;
    at = {x: e.clientX, y: e.clientY};
    var t = e.target.closest ? e.target.closest('.v,[data-v],[data-t]') : null;
    if (!t) { shown = null; return hide(); }
    if (t !== shown) {
        shown = t;
        var v = byCall[t.dataset.v || t.id.slice(1)];
        var lane = t.dataset.v ? t.closest('[data-c]') : null;
        if (t.dataset.t !== undefined) { light(null); lines(t.dataset.t); }
        else if (v) { light(v); tell(v, lane && lane.dataset.c); }
        else return hide();
    }
    place(e.clientX, e.clientY);
}

// --- pointers: drag to pan, two fingers to zoom ---
var fingers = {}, moved = 0;
function spread() {
    var k = Object.keys(fingers);
    return k.length < 2 ? null : {
        gap: Math.abs(fingers[k[0]].x - fingers[k[1]].x) || 1, mid: (fingers[k[0]].x + fingers[k[1]].x) / 2};
}
function local(x) { return x - stage.getBoundingClientRect().left; }
stage.addEventListener('pointerdown', function (e) {
    if (e.button) return;
    fingers[e.pointerId] = {x: e.clientX};
    moved = 0;
});
stage.addEventListener('pointermove', function (e) {
    var f = fingers[e.pointerId];
    if (!f) { if (e.pointerType !== 'touch') hover(e); return; }
    var before = spread(), dx = e.clientX - f.x;
    f.x = e.clientX;
    var after = spread();
    moved += Math.abs(dx);
    if (moved > 4 && !stage.classList.contains('drag')) {
        stage.classList.add('drag');
        if (stage.setPointerCapture) try { stage.setPointerCapture(e.pointerId); } catch (x) { /* gone */ }
    }
    if (before) { pan(after.mid - before.mid, move); zoom(after.gap / before.gap, local(after.mid), move); }
    else if (moved > 4) { hide(); pan(dx, move); }
});
function lift(e) { delete fingers[e.pointerId]; stage.classList.remove('drag'); }
stage.addEventListener('pointerup', function (e) {
    if (e.pointerType === 'touch' && moved <= 4) hover(e);
    lift(e);
});
stage.addEventListener('pointercancel', lift);
stage.addEventListener('pointerleave', function () { shown = null; hide(); });
stage.addEventListener('wheel', function (e) {
    var side = e.deltaX || (e.shiftKey ? e.deltaY : 0);
    if (e.ctrlKey || e.metaKey) {
        e.preventDefault();
        zoom(Math.pow(1.0036, -clamp(e.deltaY * (e.deltaMode ? 30 : 1), -400, 400)), local(e.clientX), move);
    } else if (side) {
        e.preventDefault();
        pan(-side * (e.deltaMode ? 30 : 1), move);
    }
}, {passive: false});
stage.addEventListener('dblclick', function (e) { zoom(2, local(e.clientX)); });

// --- keyboard ---
function key(e) {
    if (e.altKey || e.metaKey || (e.ctrlKey && e.key !== '+' && e.key !== '-')) return;
    var half = LEFT + plotW / 2, did = true;
    switch (e.key) {
    case '+': case '=': zoom(1.5, half); break;
    case '-': case '_': zoom(1 / 1.5, half); break;
    case '0': fit(); break;
    case 'ArrowLeft': pan(plotW / 6); break;
    case 'ArrowRight': pan(-plotW / 6); break;
    case 'Home': view.x = 0; redraw(); break;
    case 'End': view.x = BASE; redraw(); break;
    case 'Escape': hide(); break;
    case 'Enter':
        if (d.activeElement.classList.contains('v')) {
            showAll();
            byCall[d.activeElement.id.slice(1)].row.scrollIntoView({block: 'center'});
            light(byCall[d.activeElement.id.slice(1)]);
        } else did = false;
        break;
    case '?': help(); break;
    case '/': id('find').focus(); break;
    default: did = false;
    }
    if (did) e.preventDefault();
}
stage.addEventListener('keydown', key);
stage.addEventListener('focusin', function (e) {
    var v = e.target.id && byCall[e.target.id.slice(1)];
    if (!v || e.target === stage || Object.keys(fingers).length) return;
    show(v);
    awaited = requestAnimationFrame(function () {
        var b = v.g.querySelector('.b').getBoundingClientRect();
        light(v);
        tell(v);
        place(clamp(b.left, 0, innerWidth - 100), Math.min(b.bottom, innerHeight) - 10);
    });
});
stage.addEventListener('focusout', hide);
function help() { var h = id('help'); if (h.showModal) h.showModal(); else h.setAttribute('open', ''); }

// --- filter ---
function haystack(row) { return row.textContent.toLowerCase(); }
var services = {};
all('tbody tr', function (row) {
    var s = cell(row, 'service');
    if (s) services[s] = (services[s] || 0) + 1;
}, calls);
Object.keys(services).sort().forEach(function (s) {
    var o = d.createElement('option');
    o.value = s;
    o.textContent = s + ' (' + services[s] + ')';
    id('service').appendChild(o);
});
id('service').hidden = !Object.keys(services).length;
var limit = 200, more = id('more');
function filter() {
    var words = id('find').value.toLowerCase().split(/\s+/).filter(Boolean), service = id('service').value, n = 0;
    var active = words.length > 0 || service !== '';
    all('tbody tr', function (row) {
        var hay = words.length ? haystack(row) : '', v = byCall[row.id.slice(1)];
        var on = (!service || cell(row, 'service') === service) &&
            words.every(function (w) { return hay.indexOf(w) >= 0; });
        n += on;
        row.hidden = !on || n > limit;
        if (v && v.off === on) {
            v.g.classList.toggle('off', !on);
            v.g.setAttribute('tabindex', on ? '0' : '-1');
        }
        if (v) v.off = !on;
    }, calls);
    plots.forEach(function (p) {
        p.bars.forEach(function (b) { b.g.classList.toggle('off', !!(byCall[b.call] && byCall[b.call].off)); });
    });
    id('count').textContent = active ? n + ' of ' + calls.tBodies[0].rows.length + ' calls' : '';
    redraw();
}
function showAll() {
    if (limit === Infinity) return;
    limit = Infinity;
    if (more) more.hidden = true;
    filter();
}
if (more) more.addEventListener('click', showAll);
addEventListener('beforeprint', showAll);
vessels.forEach(function (v) { v.off = false; });
id('find').addEventListener('input', filter);
id('service').addEventListener('change', filter);
id('find').addEventListener('keydown', function (e) {
    if (e.key === 'Escape') { this.value = ''; filter(); stage.focus(); }
    if (e.key === 'Enter') {
        var v = vessels.filter(function (o) { return !o.off; })[0];
        if (v) v.g.focus();
    }
});

// --- tools ---
function click(name, f) { id(name).addEventListener('click', f); }
click('in', function () { zoom(1.5, LEFT + plotW / 2); });
click('out', function () { zoom(1 / 1.5, LEFT + plotW / 2); });
click('fit', fit);
click('left', function () { pan(plotW / 3); });
click('right', function () { pan(-plotW / 3); });
click('keys', help);
click('theme', function () {
    var root = d.documentElement.classList;
    var dark = root.contains('dark') || (!root.contains('light') && matchMedia('(prefers-color-scheme:dark)').matches);
    root.toggle('dark', !dark);
    root.toggle('light', dark);
});
all('.tools [data-show]', function (box) {
    var name = box.dataset.show, chart = d.querySelector('[data-chart="' + name + '"]');
    if (name !== 'paths' && !chart) { box.parentNode.hidden = true; box.parentNode.style.display = 'none'; return; }
    function apply() {
        if (chart) chart.hidden = !box.checked;
        else stage.classList.toggle('walk', box.checked);
        redraw();
    }
    if (name === 'paths' && !d.querySelector('.paths *')) box.parentNode.style.display = 'none';
    if (chart) chart.hidden = !box.checked;
    box.addEventListener('change', apply);
});
// The bar above shows where the view is; drag it, or click to go there.
var over = id('over'), holds = false;
function jump(e) {
    var r = over.getBoundingClientRect();
    view.x = (e.clientX - r.left) / r.width * BASE - BASE / view.k / 2;
    move();
}
over.addEventListener('pointerdown', function (e) { holds = true; over.setPointerCapture(e.pointerId); jump(e); });
over.addEventListener('pointermove', function (e) { if (holds) jump(e); });
over.addEventListener('pointerup', function () { holds = false; });

// --- table ---
all('thead button', function (b) {
    b.addEventListener('click', function () {
        var th = b.parentNode, i = th.cellIndex, body = calls.tBodies[0];
        var up = th.getAttribute('aria-sort') !== 'ascending';
        all('th', function (o) { o.removeAttribute('aria-sort'); }, calls);
        th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        Array.prototype.slice.call(body.rows).sort(function (x, y) {
            var a = x.cells[i].dataset.v, c = y.cells[i].dataset.v;
            if (a === undefined) {
                a = x.cells[i].textContent;
                c = y.cells[i].textContent;
                return (a < c ? -1 : a > c ? 1 : 0) * (up ? 1 : -1);
            }
            return (a - c) * (up ? 1 : -1);
        }).forEach(function (r) { body.appendChild(r); });
        filter();
    });
}, calls);
calls.addEventListener('mouseover', function (e) {
    var row = e.target.closest('tr[id]');
    light(row ? byCall[row.id.slice(1)] || null : null);
});
calls.addEventListener('mouseleave', function () { light(null); });
d.addEventListener('click', function (e) {
    var a = e.target.closest ? e.target.closest('a[href^="#v"]') : null, v = a && byCall[a.hash.slice(2)];
    if (!v) return;
    e.preventDefault();
    show(v);
    v.g.focus({preventScroll: true});
    v.g.scrollIntoView({block: 'center'});
});

// --- begin ---
stage.classList.add('live');
all('.tools,#over', function (e) { e.hidden = false; });
addEventListener('resize', layout);
layout();
})();
