# SPDX-License-Identifier: Apache-2.0
"""The report in a headless Chromium: what a planner sees, points at, filters and types. Skipped
where chromium or chromedriver is not installed. Compares no pictures and no times."""

import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree may be read-only
sys.path.insert(0, os.path.join(os.environ["QWR_SRCDIR"], "tests", "browser"))
# pylint: disable=wrong-import-position
from browser import Browser, Failure, Tap, programs, skip_all  # noqa: E402

TOOL = os.environ["QWR_TOOL"]
SCENARIO = os.path.join(os.environ["QWR_SRCDIR"], "data", "scenarios", "harbour-week.xml")
MIDDLE = """
var r = document.querySelector(arguments[0]).getBoundingClientRect();
return [r.left + r.width / 2, r.top + r.height / 2, r.width, r.height];"""
TIP = "return getComputedStyle(tip).display === 'none' ? '' : tip.innerText;"
ZOOM = "return parseFloat(stage.dataset.zoom);"
HOSTILE = "<img src=x onerror=alert(1)>\"&'"
HOSTILE_XML = "&lt;img src=x onerror=alert(1)&gt;&quot;&amp;'"
ESCAPE, TAB, ENTER, RIGHT = "\ue00c", "\ue004", "\ue007", "\ue014"


def make_reports(folder):
    """A plan of the week, a second one in which vessels moved, and the reports of both."""
    def tool(*arguments):
        result = subprocess.run([TOOL, *arguments], capture_output=True, text=True, check=False)
        if result.returncode not in (0, 3):
            raise Failure(result.stderr)
    first, second = os.path.join(folder, "first"), os.path.join(folder, "second.csv")
    tool("plan", SCENARIO, "--work-limit", "2000", "--quiet", "--out", first)
    with open(os.path.join(first, "plan.csv"), encoding="utf-8") as source:
        rows = source.read().splitlines()
    # The first call loses its place; the second has one crane fewer.
    heading = rows[0].split(",")
    lost, fewer = rows[1].split(","), rows[2].split(",")
    lost[heading.index("placed"):] = ["no"] + [""] * (len(heading) - heading.index("placed") - 1)
    fewer[heading.index("cranes")] = "1"
    rows[1:3] = [",".join(lost), ",".join(fewer)]
    with open(second, "w", encoding="utf-8") as target:
        target.write("\n".join(rows) + "\n")
    changes = os.path.join(folder, "changes.html")
    tool("report", SCENARIO, os.path.join(first, "plan.csv"), second, "--out", changes)
    # A vessel, its service and a crane whose names are HTML.
    hostile, page = os.path.join(folder, "hostile.xml"), os.path.join(folder, "hostile.html")
    with open(SCENARIO, encoding="utf-8") as source:
        text = source.read()
    text = re.sub(r'(<call id="C002" vessel=)"[^"]*"( service=)"[^"]*"',
                  rf'\1"{HOSTILE_XML}"\2"{HOSTILE_XML}"', text)
    text = re.sub(r'"QC02"', f'"{HOSTILE_XML}"', text)
    with open(hostile, "w", encoding="utf-8") as target:
        target.write(text)
    tool("report", hostile, os.path.join(first, "plan.csv"), "--out", page)
    return os.path.join(first, "report.html"), changes, page


def what_is_there(tap, page):
    """Elements of the page."""
    for selector, least, name in (
            (".v[id]", 48, "each vessel is drawn"),
            ("[data-chart=cranes] [data-c]", 14, "each crane has a lane by name"),
            ("[data-chart=cranes] [data-v]", 48, "cranes have vessels in their lanes"),
            ("[data-chart=use] .plot", 4, "use of quays and cranes is drawn"),
            ("[data-chart=tide] .plot", 1, "the water level is drawn"),
            ("[data-chart=depth] .dr", 20, "draughts stand in the depth profile"),
            (".cl", 1, "a closure is drawn"), (".wx", 1, "weather is drawn"),
            (".mt", 1, "maintenance is drawn"), (".pi", 2, "pins are drawn"),
            ("#calls tbody tr", 48, "each call has a row"),
            (".crane", 14, "each crane has its movements")):
        count = page.run("return document.querySelectorAll(arguments[0]).length", selector)
        tap.check(name, count >= least, f"{count} of {selector}, at least {least} expected")
    tap.check("every vessel has a label for those who hear it", page.run(
        "return [].every.call(document.querySelectorAll('.v[id]'), "
        "function (g) { return /, .* to /.test(g.getAttribute('aria-label')); });"))
    tap.check("tools are shown once the script runs",
              page.run("return !document.querySelector('.tools').hidden"))


def tooltip(tap, page):
    """What the pointer and the table bring up."""
    name = page.run("return vessel = document.querySelector('#calls tbody a').textContent")
    row = page.run("return document.querySelector('#calls tbody a').hash.slice(2)")
    x, y, _, _ = page.run(MIDDLE, f"#v{row} .b")
    page.move(x, y)
    said = page.run(TIP)
    tap.check("a tooltip appears over a vessel", name in said and "Alongside" in said, said)
    tap.check("its row is lit", page.run("return document.getElementById(arguments[0])"
                                         ".classList.contains('on')", "r" + row))
    page.move(3, 3)
    tap.check("the tooltip goes with the pointer", page.run(TIP) == "", page.run(TIP))
    page.run("document.querySelector('[data-chart=cranes]').scrollIntoView()")
    x, y, _, _ = page.run(MIDDLE, "[data-chart=cranes] [data-v]")
    page.move(x, y)
    tap.check("a bar in a lane tells crane and vessel", "\u2014 QC" in page.run(TIP), page.run(TIP))
    page.move(3, 3)
    page.run("scrollTo(0, 0)")


def zoom_and_pan(tap, page):
    """Buttons, wheel, keys and dragging change what is seen."""
    last = page.run("return document.querySelector('#calls tbody tr:nth-child(24) a').hash")
    before = page.run(MIDDLE, f"{last} .b")
    x, y, _, _ = page.run(MIDDLE, "#stage .plot")
    page.wheel(x, y, -300, control=True)
    tap.check("Ctrl and wheel zoom in", page.until(ZOOM.replace(";", " > 1.2;")), page.run(ZOOM))
    tap.check("the view comes to rest",
              page.until("return !stage.classList.contains('moving')"))
    after = page.run(MIDDLE, f"{last} .b")
    tap.check("vessels are wider then, and as high", after[2] > before[2] * 1.2 and
              abs(after[3] - before[3]) < 3, before, after)
    tap.check("letters are not stretched", page.run(
        "var t = document.querySelector('.lb .vn'), r = t.getBoundingClientRect();"
        "return Math.abs(r.width - t.getComputedTextLength()) < 3 || r.height > r.width;"))
    shown = page.run("return range.textContent")
    page.drag(x + 100, y, x - 200, y)
    tap.check("dragging moves through time",
              page.until("return range.textContent !== arguments[0]", shown), shown)
    page.click("#fit")
    tap.check("Fit shows all", page.until(ZOOM.replace(";", " === 1;")))
    page.click("#in")
    tap.check("the plus button zooms", page.until(ZOOM.replace(";", " > 1;")))
    page.run("stage.focus()")
    page.keys("0")
    tap.check("key 0 shows all", page.until(ZOOM.replace(";", " === 1;")))
    page.keys("++")
    tap.check("key + zooms", page.until(ZOOM.replace(";", " > 2;")), page.run(ZOOM))
    shown = page.run("return range.textContent")
    page.keys(RIGHT)
    tap.check("the arrow moves later",
              page.until("return range.textContent !== arguments[0]", shown), shown)
    page.keys("-")
    tap.check("key - zooms out", page.until(ZOOM.replace(";", " < 2;")), page.run(ZOOM))
    page.keys("0")


def keyboard(tap, page):
    """From vessel to vessel without a mouse."""
    page.run("stage.focus()")
    page.keys(TAB)
    tap.check("Tab goes to a vessel", page.run(
        "return document.activeElement.classList.contains('v')"))
    tap.check("and tells its details", page.until(TIP), "no tooltip")
    first = page.run("return document.activeElement.id")
    page.keys(TAB)
    tap.check("Tab goes on to the next", page.run(
        "return document.activeElement.classList.contains('v') && "
        "document.activeElement.id !== arguments[0]", first))
    page.keys(ESCAPE)
    tap.check("Escape closes the tooltip", page.until(TIP.replace("return", "return !(") .replace(
        ";", ");")))
    page.keys("?")
    tap.check("? opens help", page.until("return help.open"))
    page.keys(ESCAPE)
    tap.check("Escape closes help", page.until("return !help.open"))
    page.run("stage.focus()")
    page.keys("/")
    tap.check("/ goes to the search", page.run("return document.activeElement.id === 'find'"))


def filters(tap, page):
    """By words and by service."""
    off = "return document.querySelectorAll('.v.off').length"
    rows = "return document.querySelectorAll('#calls tbody tr:not([hidden])').length"
    name = page.run("return document.querySelector('#calls tbody a').textContent")
    page.click("#find")
    page.keys(name.lower())
    tap.check("the search leaves what matches", page.run(rows) == 1, page.run(rows))
    tap.check("and takes the others back", page.run(off) == 47, page.run(off))
    tap.check("what is taken back cannot be pointed at", page.run(
        "return getComputedStyle(document.querySelector('.v.off')).pointerEvents === 'none'"))
    page.keys(ENTER)
    tap.check("Enter goes to it", page.run(
        "return document.activeElement.getAttribute('aria-label').indexOf(arguments[0]) === 0",
        name))
    page.run("var f = document.getElementById('find'); f.value = '';"
             "f.dispatchEvent(new Event('input'))")
    tap.check("an empty search brings all back", page.run(rows) == 48 and page.run(off) == 0)
    count = page.run("service.selectedIndex = 1; service.dispatchEvent(new Event('change'));"
                     "return parseInt(service.selectedOptions[0].textContent.match(/[(](\\d+)/)[1])")
    tap.check("a service alone is left", page.run(rows) == count and page.run(off) == 48 - count,
              count, page.run(rows), page.run(off))
    page.run("service.selectedIndex = 0; service.dispatchEvent(new Event('change'))")


def table_and_tools(tap, page):
    """Sorting, leading to the diagram, hiding charts, light and dark."""
    column = "return [].map.call(calls.tBodies[0].rows, function (r) { return +r.cells[" \
        "document.querySelector('[data-k=eta]').cellIndex].dataset.v; })"
    page.run("document.querySelector('[data-k=eta] button').click()")
    values = page.run(column)
    tap.check("a column sorts upwards", values == sorted(values))
    page.run("document.querySelector('[data-k=eta] button').click()")
    values = page.run(column)
    tap.check("and downwards", values == sorted(values, reverse=True))
    tap.check("and says so", page.run(
        "return document.querySelector('[data-k=eta]').ariaSort === 'descending'"))
    page.run("document.querySelector('#calls tbody a').click()")
    tap.check("a name in the table leads to the vessel", page.run(
        "return '#' + document.activeElement.id === document.querySelector('#calls tbody a').hash"))
    page.run("document.querySelector('[data-show=use]').click()")
    tap.check("a chart can be hidden", page.run(
        "return document.querySelector('[data-chart=use]').offsetHeight === 0"))
    page.run("document.querySelector('[data-show=paths]').click()")
    tap.check("paths of cranes can be shown", page.run(
        "return getComputedStyle(document.querySelector('.paths')).display !== 'none'"))
    colour = "return getComputedStyle(document.body).backgroundColor"
    light = page.run(colour)
    page.run("scrollTo(0, 0)")
    page.click("#theme")
    tap.check("the page can be dark", page.run(colour) != light, light)
    page.command("Emulation.setEmulatedMedia", media="print")
    tap.check("paper is light and has no tools", page.run(
        "return getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)' && "
        "getComputedStyle(document.querySelector('.tools')).display === 'none'"))
    page.command("Emulation.setEmulatedMedia", media="")


def changes(tap, page):
    """Two plans on one page."""
    for selector, count, name in (
            (".v.moved", 1, "the vessel with fewer cranes is marked"),
            (".v.same", 46, "the others are as before"),
            (".gl", 1, "the place that was lost is outlined"),
            (".gb", 1, "where the vessel was is outlined"),
            (".trouble.note li", 2, "both changes are told")):
        found = page.run("return document.querySelectorAll('#stage .chart ' + arguments[0] + "
                         "', .trouble' + arguments[0].replace('.trouble', '')).length"
                         if selector.startswith(".trouble") else
                         "return document.querySelectorAll('.plot ' + arguments[0]).length",
                         selector)
        tap.check(name, found == count, f"{found} of {selector}, {count} expected")


def hostile(tap, page):
    """Names stay words wherever the script puts them."""
    row = page.run("return [].filter.call(calls.tBodies[0].rows, function (r) {"
                   "return r.textContent.indexOf('onerror') >= 0; })[0].id.slice(1)")
    page.run("for (var i = 0; i < 3; i++) document.getElementById('in').click()")
    page.run("document.getElementById(arguments[0]).focus()", "v" + row)
    tap.check("a tooltip tells a name of HTML as words",
              page.until("return tip.innerText.indexOf(arguments[0]) >= 0", HOSTILE),
              page.run(TIP))
    tap.check("so does the list of services", page.run(
        "return document.getElementById('service').textContent.indexOf(arguments[0]) >= 0",
        HOSTILE))
    tap.check("and the label in the diagram", page.until(
        "return [].some.call(document.querySelectorAll('.lb text'), function (t) {"
        "return t.textContent.indexOf('<img') === 0; })"))
    tap.check("nothing of it becomes an element",
              page.run("return document.querySelectorAll('img').length") == 0)


def main():
    """All of it, in one window."""
    driver, browser = programs()
    if not driver or not browser:
        skip_all("chromium or chromedriver is not installed")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        report, both, names = make_reports(folder)
        try:
            page = Browser()
        except Failure as failure:
            skip_all(f"chromium does not start here: {failure}".splitlines()[0])
        with page:
            page.open(report)
            what_is_there(tap, page)
            tooltip(tap, page)
            zoom_and_pan(tap, page)
            keyboard(tap, page)
            filters(tap, page)
            table_and_tools(tap, page)
            tap.check("the console holds no complaint", not (said := page.complaints()), *said)
            page.open(both)
            changes(tap, page)
            tap.check("nor with two plans", not (said := page.complaints()), *said)
            page.open(names)
            hostile(tap, page)
            tap.check("nor with hostile names", not (said := page.complaints()), *said)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
