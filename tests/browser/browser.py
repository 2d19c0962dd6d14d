# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium for tests: starts chromedriver on a free port of this machine, speaks its
WebDriver protocol over HTTP, and prints results as TAP. Knows no page. Standard library only."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1",
]


class Failure(Exception):
    """The browser said no."""


def programs():
    """Paths of chromedriver and chromium; None where one is missing."""
    driver = shutil.which("chromedriver")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    return driver, browser


class Browser:
    """One window. Use as a context: everything started is ended."""

    def __init__(self, width=1400, height=1000, dark=False):
        driver, browser = programs()
        self.profile = tempfile.mkdtemp(prefix="browser-")
        self.driver = subprocess.Popen(
            [driver, "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.session = None
        try:
            self.port = self._find_port()
            arguments = ARGUMENTS + [f"--user-data-dir={self.profile}",
                                     f"--window-size={width},{height}"]
            if dark:
                arguments.append("--force-dark-mode")
            options = {"binary": browser, "args": arguments}
            answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL"}}}})
            self.session = "/session/" + answer["sessionId"]
        except BaseException:
            self.close()
            raise

    def _find_port(self):
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
        raise Failure("chromedriver did not start")

    def _call(self, method, path, body=None):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
            headers={"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Failure(json.load(error)["value"]["message"]) from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends window, driver and profile."""
        if self.session:
            try:
                self._call("DELETE", self.session)
            except (Failure, OSError):
                pass
            self.session = None
        self.driver.terminate()
        self.driver.wait(timeout=30)
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    # --- what a person does ---

    def open(self, path):
        """Shows a file."""
        self._call("POST", self.session + "/url", {"url": "file://" + os.path.abspath(path)})

    def run(self, script, *arguments):
        """Value of a script's body."""
        return self._call("POST", self.session + "/execute/sync",
                          {"script": script, "args": list(arguments)})

    def later(self, script, *arguments):
        """Value that a script hands to its last argument."""
        return self._call("POST", self.session + "/execute/async",
                          {"script": script, "args": list(arguments)})

    def command(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self._call("POST", self.session + "/goog/cdp/execute",
                          {"cmd": name, "params": parameters})

    def move(self, x, y):
        """Puts the mouse there."""
        self._mouse([{"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}])

    def drag(self, x1, y1, x2, y2):
        """Presses, moves in steps, lets go."""
        steps = [{"type": "pointerMove", "x": int(x1), "y": int(y1), "duration": 0},
                 {"type": "pointerDown", "button": 0}]
        for i in range(1, 6):
            steps.append({"type": "pointerMove", "x": int(x1 + (x2 - x1) * i / 5),
                          "y": int(y1 + (y2 - y1) * i / 5), "duration": 20})
        self._mouse(steps + [{"type": "pointerUp", "button": 0}])

    def _mouse(self, steps):
        self._call("POST", self.session + "/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
             "actions": steps}]})

    def wheel(self, x, y, delta, control=False):
        """Turns the wheel, with Ctrl held or not."""
        modifiers = 2 if control else 0
        self.command("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0,
                     deltaY=delta, modifiers=modifiers)

    def keys(self, text):
        """Types; special keys are code points of WebDriver."""
        actions = []
        for c in text:
            actions += [{"type": "keyDown", "value": c}, {"type": "keyUp", "value": c}]
        self._call("POST", self.session + "/actions",
                   {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def click(self, selector):
        """Clicks on the middle of the first element."""
        found = self._call("POST", self.session + "/element",
                           {"using": "css selector", "value": selector})
        self._call("POST", f"{self.session}/element/{found[ELEMENT]}/click")

    def until(self, script, *arguments):
        """Whether the script's value becomes true within some seconds."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.run(script, *arguments):
                return True
            time.sleep(0.05)
        return False

    def complaints(self):
        """What the console holds of errors."""
        entries = self._call("POST", self.session + "/se/log", {"type": "browser"})
        return [e["message"] for e in entries if e["level"] in ("SEVERE", "WARNING")]


class Tap:
    """Counts results and prints them."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, good, *words):
        """One result; words are shown if it is bad."""
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            self.failed += 1
            for word in words:
                for line in str(word).splitlines():
                    print(f"# {line}")
        sys.stdout.flush()

    def finish(self):
        """The plan, and the exit code."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def skip_all(reason):
    """For a script none of whose tests can run here."""
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)
