# SPDX-License-Identifier: Apache-2.0
# What if we had two more cranes, or the tide gate closed? A notebook-style script: run it whole, or
# cell by cell in an editor.    python3 what_if.py [SCENARIO.xml PICTURE.png WORK_LIMIT]
# %%
import sys
from datetime import timedelta

import matplotlib.pyplot as plt
import numpy as np

import quaywright as qw

scenario, picture, work = sys.argv[1:] or ["data/scenarios/harbour-week.xml", "what_if.png", 100000]
base = qw.Scenario.load(scenario)
shut, opened = base.epoch + timedelta(hours=36), base.epoch + timedelta(hours=72)

# %% Two more cranes like the last one on the rail; a gate that keeps the flood out for 36 hours
with base.edit() as more:
    for i in (1, 2):
        more.add_crane(**{**base.cranes[-1], "id": f"NEW{i}", "rail_order": 100 + i})
with base.edit() as gate:
    gate.hold_tide(shut, opened)

# %% The same work for each case, so that everybody gets the same plans
cases = {"as it is": base, "two more cranes": more.scenario, "tide gate closed": gate.scenario}
plans = {name: case.plan(work_limit=int(work)) for name, case in cases.items()}
for name, plan in plans.items():
    print(f"{name}: {plan!r}", *plans["as it is"].diff(plan)[:3], sep="\n    ")

# %% What it costs, and when it costs the vessels their time
plt.rcParams["date.converter"] = "concise"
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
for name, colour in zip(plans, ("0.45", "tab:green", "tab:red")):
    left.bar_label(left.barh(name, plans[name].cost / 1000, color=colour), fmt=" %.0f")
    stays, eta = plans[name].to_numpy(), cases[name].calls.to_numpy()["eta"]
    order = np.argsort(stays["start"])
    waited = np.maximum(stays["start"] - eta, np.timedelta64(0)) / np.timedelta64(1, "h")
    right.step(stays["start"][order], waited[order].cumsum(), c=colour, where="post", label=name)
right.axvspan(shut, opened, color="tab:red", alpha=0.1, label="gate closed, in that case")
right.legend(loc="upper left")
right.set(title="Hours waited by all vessels so far", ylim=0)
left.set(title=f"Cost, thousand {base.info.currency or ''}", xmargin=0.2, ylim=(2.6, -0.6))
figure.savefig(picture, dpi=120)
