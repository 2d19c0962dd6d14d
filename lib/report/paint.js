// SPDX-License-Identifier: Apache-2.0
// Paints the plots on a canvas while the view moves: a thousand vessels as SVG cost several frames,
// as pixels a part of one. It copies what the SVG shows, places and looks, and knows no vessel. When
// the view rests, the SVG is back, for pointing, focus and paper.
function quayPainter(stage, plots, at) {
'use strict';
var canvas = document.createElement('canvas'), pen = canvas.getContext('2d'), looks = {}, box = null;
canvas.className = 'live';
canvas.setAttribute('aria-hidden', 'true');
stage.appendChild(canvas);

function num(e, name) { return parseFloat(e.getAttribute(name)); }
// Shapes of a plot in the order they are drawn, read once.
function shapesOf(p) {
    var list = [];
    Array.prototype.forEach.call(p.st.querySelectorAll('rect,line,path'), function (e) {
        var s = {e: e, g: e.parentNode, kind: e.tagName};
        if (s.kind === 'rect') { s.x = num(e, 'x'); s.r = s.x + num(e, 'width'); s.y = num(e, 'y'); s.h = num(e, 'height'); }
        else if (s.kind === 'line') { s.x = num(e, 'x1'); s.r = num(e, 'x2'); s.y = num(e, 'y1'); s.z = num(e, 'y2'); }
        else s.path = new Path2D(e.getAttribute('d'));
        s.path_group = s.g.classList.contains('paths');
        list.push(s);
    });
    return list;
}
function hatch(name) {
    var line = document.querySelector(name + ' line'), tile = document.createElement('canvas'), n = 8;
    var style = getComputedStyle(line), c = tile.getContext('2d');
    tile.width = tile.height = n;
    c.strokeStyle = style.stroke;
    c.globalAlpha = +style.opacity;
    c.lineWidth = parseFloat(style.strokeWidth) * 0.8;
    c.beginPath();
    for (var k = -1; k <= 1; k++) { c.moveTo((k - 1) * n, n + n); c.lineTo((k + 2) * n, -n); }
    c.stroke();
    return pen.createPattern(tile, 'repeat');
}
// How elements of one class in a group of one class look; asked of the browser once a gesture.
function look(e, g) {
    var key = e.getAttribute('class') + '|' + g.getAttribute('class'), l = looks[key];
    if (l) return l;
    var s = getComputedStyle(e), fill = s.fill, dash = s.strokeDasharray;
    l = {width: parseFloat(s.strokeWidth), font: s.fontWeight + ' ' + s.fontSize + ' ' + s.fontFamily,
        alpha: s.opacity * (g.classList.contains('off') ? getComputedStyle(g).opacity : 1),
        stroke: s.stroke === 'none' ? null : s.stroke,
        dash: dash === 'none' ? [] : dash.split(/[ ,]+/).map(parseFloat)};
    if (fill.indexOf('url') === 0) fill = hatch(fill.replace(/.*(#\w+).*/, '$1'));
    l.fill = fill === 'none' || fill === 'rgba(0, 0, 0, 0)' ? null : fill;
    l.solid = s.fillOpacity * 1;
    return looks[key] = l;
}
function outline(l) {
    pen.globalAlpha = l.alpha;
    pen.strokeStyle = l.stroke;
    pen.lineWidth = l.width;
    pen.setLineDash(l.dash);
}
function shape(s, left, right) {
    var l = look(s.e, s.g), x, r;
    if (s.kind === 'path') {
        var moved = new Path2D();
        moved.addPath(s.path, at.matrix());
        pen.globalAlpha = l.alpha;
        if (l.fill) { pen.fillStyle = l.fill; pen.fill(moved); }
        if (l.stroke) { outline(l); pen.stroke(moved); }
        return;
    }
    x = at.X(s.x);
    r = at.X(s.r);
    if (Math.max(x, r) < left || Math.min(x, r) > right) return;
    if (s.kind === 'line') {
        outline(l);
        pen.beginPath();
        pen.moveTo(x, s.y);
        pen.lineTo(r, s.z);
        pen.stroke();
        return;
    }
    if (l.fill) {
        pen.globalAlpha = l.alpha * l.solid;
        pen.fillStyle = l.fill;
        pen.fillRect(x, s.y, r - x, s.h);
    }
    if (l.stroke) { outline(l); pen.strokeRect(x, s.y, r - x, s.h); }
}
function plainLook(kind, p) {
    var q = kind === 'vc' ? '.vc:not(.vl)' : '.' + kind.split(' ').join('.'), e = p.svg.querySelector(q) || stage.querySelector(q);
    if (!e && (e = stage.querySelector('.plot text'))) {
        // None is shown yet: one in the SVG that holds the hatches stands for all to come.
        e = stage.querySelector('.diagram').appendChild(e.cloneNode(false));
        e.setAttribute('class', kind);
    }
    return e ? look(e, e.parentNode) : null;
}
function words(p, op) {
    var l = plainLook(op.kind, p);
    if (!l) return;
    pen.globalAlpha = l.alpha;
    pen.fillStyle = l.fill;
    if (pen.font !== l.font) pen.font = l.font;
    pen.textAlign = op.kind === 'ck' ? 'center' : 'left';
    if (!op.up) { pen.fillText(op.s, op.x, op.y); return; }
    pen.save();
    pen.translate(op.x, op.y);
    pen.rotate(-Math.PI / 2);
    pen.fillText(op.s, 0, 0);
    pen.restore();
}
function pin(p, op) {
    var l = plainLook('pi', p);
    if (!l) return;
    pen.globalAlpha = 1;
    pen.fillStyle = l.fill;
    pen.beginPath();
    pen.arc(op.x, op.y, 3, 0, 7);
    pen.fill();
}
function plot(p, view) {
    var left = at.left, right = left + at.width(), top = p.top - p.head, bottom = top + p.height;
    pen.save();
    pen.translate(0, p.offset);
    pen.beginPath();
    pen.rect(left, top, right - left, p.height);
    pen.clip();
    var ground = plainLook('pn', p), frame = plainLook('fr', p);
    pen.globalAlpha = 1;
    pen.fillStyle = ground.fill;
    pen.fillRect(left, p.top, right - left, bottom - p.top);
    view.ticks(p).forEach(function (t) {
        if (t.s !== undefined) { words(p, t); return; }
        var l = plainLook(t.kind, p);
        if (!l) return;
        outline(l);
        pen.beginPath();
        pen.moveTo(t.x, t.y);
        pen.lineTo(t.x, t.z);
        pen.stroke();
    });
    p.shapes.forEach(function (s) { if (!s.path_group || stage.classList.contains('walk')) shape(s, left, right); });
    p.fx.forEach(function (f) {
        if (f.a) { pen.globalAlpha = 1; pen.fillStyle = look(f.e, f.e.parentNode).fill; pen.fill(new Path2D(at.arrow(f.a))); }
        else words(p, {kind: f.e.getAttribute('class'), x: at.X(f.x), y: num(f.e, 'y'), s: f.e.textContent});
    });
    pen.setLineDash([]);
    view.labels(p).forEach(function (op) { if (op.pin) pin(p, op); else words(p, op); });
    outline(frame);
    pen.strokeRect(left, p.top, right - left, bottom - p.top);
    pen.restore();
}
return {
    // The part of the stage that is on the screen becomes canvas.
    begin: function () {
        var r = stage.getBoundingClientRect(), top = Math.max(r.top, 0), ratio = window.devicePixelRatio || 1;
        var bottom = Math.min(r.bottom, innerHeight);
        looks = {};
        box = {h: bottom - top, top: top - r.top, ratio: ratio};
        canvas.width = Math.round(stage.clientWidth * ratio);
        canvas.height = Math.max(1, Math.round(box.h * ratio));
        canvas.style.top = box.top + stage.scrollTop + 'px';
        canvas.style.width = stage.clientWidth + 'px';
        canvas.style.height = box.h + 'px';
        plots.forEach(function (p) {
            var q = p.chart.hidden ? null : p.svg.getBoundingClientRect();
            p.live = q !== null && q.bottom > top && q.top < bottom;
            p.shapes = p.live ? p.shapes || shapesOf(p) : p.shapes;
            // Places in the plot are told in pixels of its chart, the canvas begins elsewhere.
            if (p.live) p.offset = p.svg.ownerSVGElement.getBoundingClientRect().top - top;
        });
        stage.classList.add('moving');
    },
    paint: function (view) {
        pen.setTransform(box.ratio, 0, 0, box.ratio, 0, 0);
        pen.clearRect(0, 0, canvas.width, canvas.height);
        plots.forEach(function (p) { if (p.live) plot(p, view); });
    },
    end: function () { stage.classList.remove('moving'); }
};
}
