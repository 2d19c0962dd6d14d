#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A terminal operating system in miniature: every 30 seconds it feeds the news to a session, asks
for a plan within 20, says what moved, and keeps the plan of each cycle as a file. host.c and
Host.java do the same in the same words; all three write the same bytes.

    host.py SCENARIO NEWS FOLDER [PERIOD_S [WORK]]

With a work limit (and a period of 0) nothing depends on the clock.
"""

import os
import sys
import time

import quaywright as qw


def number(text):
    return None if text == "-" else int(text)


def berthed(session, call, quay, position, start, cranes, moves_done):
    facts = {"cranes": number(cranes), "moves_done": number(moves_done)}
    session.set_berthed(call, quay=quay, position_mm=int(position), start_s=int(start), **facts)


def pin(session, call, quay, position, start, cranes):
    parts = {"position_mm": number(position), "start_s": number(start), "cranes": number(cranes)}
    session.pin(call, quay=quay, **parts)


def close(session, window, quay, from_mm, to_mm, start, end):
    session.close_quay(window, quay, int(start), int(end), int(from_mm) / 1000, int(to_mm) / 1000)


NEWS = {
    "now": lambda session, now: session.set_now(int(now)),
    "eta": lambda session, call, eta: session.set_eta(call, int(eta)),
    "berthed": berthed,
    "left": lambda session, call: session.remove_call(call),
    "crane_down": lambda session, window, crane, start, end: session.crane_down(
        window, crane, int(start), int(end)
    ),
    "close": close,
    "over": lambda session, window: session.remove_window(window),
    "pin": pin,
    "free": lambda session, call: session.pin(call),
    "announce": lambda session: session.announce(),
}


def read_news(path):
    """The news of each cycle: [(kind, arguments), ...]."""
    cycles = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if len(words) >= 2 and not words[0].startswith("#"):
                cycles.setdefault(int(words[0]), []).append((words[1], words[2:]))
    return cycles


def feed(session, news):
    for kind, arguments in news:
        try:
            NEWS[kind](session, *arguments)
        except qw.QuaywrightError as error:
            # The library refuses news that cannot be true and stays as it was: say so and go on.
            print(f"  refused: {error.causes[0].message if error.causes else error}")


def plan(session, folder, options):
    result = session.plan(**options)
    print(
        f"cycle {result.cycle}: {result.plan.outcome}, {result.plan.unplaced} calls without a place"
    )
    for sentence in result.conflicts:
        print(f"  conflict: {sentence}")
    for change in result.diff or []:
        print(f"  {change}")
    qw.write_file(os.path.join(folder, f"plan-{result.cycle}.xml"), session.plan_text("xml"))


def main(arguments):
    if len(arguments) < 3:
        sys.exit("usage: host.py SCENARIO NEWS FOLDER [PERIOD_S [WORK]]")
    scenario, news, folder = arguments[:3]
    period_s = int(arguments[3]) if len(arguments) > 3 else 30
    options = {"deadline": period_s * 2 / 3}
    if len(arguments) > 4:
        options = {"work_limit": int(arguments[4])}
    session, cycles = qw.Session(qw.Scenario.load(scenario)), read_news(news)
    plan(session, folder, options)
    cycle = 1
    while cycle in cycles:
        next_time = time.time() + period_s
        feed(session, cycles[cycle])
        plan(session, folder, options)
        time.sleep(max(0.0, next_time - time.time()))
        cycle += 1


if __name__ == "__main__":
    main(sys.argv[1:])
