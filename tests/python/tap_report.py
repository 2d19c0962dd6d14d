# SPDX-License-Identifier: Apache-2.0
"""Writes the results of pytest as TAP into the file QWR_TAP names. Knows no test."""

import os


class Report:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.count = 0

    def line(self, passed, name, note=""):
        self.count += 1
        self.file.write(f"{'ok' if passed else 'not ok'} {self.count} - {name}{note}\n")

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.split("/")[-1].replace("#", "-")
        if report.skipped:
            reason = (
                report.longrepr[2] if isinstance(report.longrepr, tuple) else "expected to fail"
            )
            self.line(True, name, f" # SKIP {reason.replace('Skipped: ', '')}")
        elif report.failed:
            self.line(False, name, f" ({report.when})" if report.when != "call" else "")
        elif report.when == "call":
            self.line(True, name)

    def pytest_sessionfinish(self):
        self.file.write(f"1..{self.count}\n")
        self.file.close()


def pytest_configure(config):
    if os.environ.get("QWR_TAP"):
        config.pluginmanager.register(Report(os.environ["QWR_TAP"]))
