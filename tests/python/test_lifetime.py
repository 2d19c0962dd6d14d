# SPDX-License-Identifier: Apache-2.0
"""Objects are freed once, and never before what was made from them."""

import gc
import itertools

import pytest
from conftest import data, mini_builder, python

import quaywright as qw
from quaywright._handle import Handle


class Counted:
    """Counts what Handle frees, in which order."""

    def __init__(self):
        self.freed = []

    def handle(self, name, *parents):
        return Handle(name, self.freed.append, *parents)


def test_a_parent_waits_for_its_children():
    seen = Counted()
    root = seen.handle("context")
    child = seen.handle("scenario", root)
    leaf = seen.handle("plan", child, root)
    root.close()
    child.close()
    assert seen.freed == []
    leaf.close()
    assert seen.freed == ["plan", "scenario", "context"]
    leaf.close()
    assert seen.freed == ["plan", "scenario", "context"]
    with pytest.raises(qw.StateError, match="this plan is closed"):
        leaf.get("plan")


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_any_order_of_deleting_frees_children_first(order):
    seen = Counted()
    handles = {0: seen.handle("context")}
    handles[1] = seen.handle("scenario", handles[0])
    handles[2] = seen.handle("plan", handles[1], handles[0])
    handles[3] = seen.handle("violations", handles[1], handles[0])
    for number in order:
        del handles[number]
    gc.collect()
    assert sorted(seen.freed) == sorted(["context", "scenario", "plan", "violations"])
    assert seen.freed.index("plan") < seen.freed.index("scenario") < seen.freed.index("context")
    assert seen.freed.index("violations") < seen.freed.index("scenario")


def test_a_cycle_is_freed_children_first():
    seen = Counted()

    class Node:
        pass

    nodes = [Node(), Node(), Node()]
    nodes[0].handle = seen.handle("context")
    nodes[1].handle = seen.handle("scenario", nodes[0].handle)
    nodes[2].handle = seen.handle("plan", nodes[1].handle)
    for node in nodes:
        node.others = nodes
    del node, nodes
    gc.collect()
    assert seen.freed == ["plan", "scenario", "context"]


def test_a_plan_outlives_every_name_of_its_scenario_and_context():
    ctx = qw.Context(threads=1)
    scenario = qw.Scenario.load(data("small-day.xml"), context=ctx)
    plan = scenario.plan(work_limit=500)
    stays, row = plan.stays, plan.stay("C001")
    expected = plan.text()
    del scenario, ctx
    gc.collect()
    assert stays[0] == row and plan.text() == expected
    del plan
    gc.collect()
    assert stays[0] == row and len(stays.to_list()) == 8


def test_closing_a_scenario_leaves_the_memory_to_its_plans():
    scenario = mini_builder().freeze()
    plan = scenario.plan(work_limit=500)
    cost = plan.cost
    scenario.close()
    assert plan.cost == cost and plan.outcome
    with pytest.raises(qw.StateError, match="this scenario is closed"):
        plan.stays


def test_closed_objects_say_so():
    ctx = qw.Context()
    builder = mini_builder()
    scenario = builder.freeze()
    plan = scenario.plan(work_limit=500)
    checker = plan.checker()
    for thing in (ctx, builder, scenario, plan, checker):
        thing.close()
        thing.close()
    assert "closed" in repr(ctx) and "closed" in repr(builder)
    assert "closed" in repr(scenario) and "closed" in repr(plan)
    for call in (
        ctx.plugins,
        builder.freeze,
        lambda: scenario.id,
        lambda: plan.cost,
        lambda: checker.try_move("V1", cranes=1),
    ):
        with pytest.raises(qw.StateError, match="closed"):
            call()
    ctx.cancel()
    with qw.Context(threads=1) as inner:
        assert inner.options["threads"] == "1"
    with pytest.raises(qw.StateError):
        inner.plugins()


def test_tables_keep_what_they_show_alive():
    table = mini_builder().freeze().calls
    gc.collect()
    assert table[0].vessel == "Alpha"
    entity = mini_builder().call("V2")
    gc.collect()
    entity.moves = 5
    assert entity.moves == 5


def test_an_interpreter_ends_quietly_with_everything_alive():
    result = python(
        "import sys, quaywright as qw\n"
        "c = qw.Context(log=lambda *a: None)\n"
        "s = qw.Scenario.load(sys.argv[1], context=c)\n"
        "p = s.plan(work_limit=500, progress=lambda p: None)\n"
        "k = p.checker(); b = s.edit(); v = p.check(); e = b.call('C001')\n"
        "cycle = [p]; cycle.append(cycle)\n",
        data("small-day.xml"),
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_memory_stays_flat_over_many_plans():
    result = python(
        "import resource, sys, quaywright as qw\n"
        "s = qw.Scenario.load(sys.argv[1])\n"
        "def cycle(n):\n"
        "    for i in range(n):\n"
        "        with s.edit() as b:\n"
        "            b.call('C001').moves = 100 + i % 7\n"
        "        p = b.scenario.plan(work_limit=50, solver='none', progress=lambda p: None)\n"
        "        p.stays.to_list(); p.check(); p.text(); s.diff(b.scenario)\n"
        "        p.checker().try_move('C002')\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "first = cycle(40)\n"
        "print(cycle(160) - first)\n",
        data("small-day.xml"),
    )
    assert result.returncode == 0, result.stderr
    # kB: a leaked plan, scenario or builder would be some 10 kB a cycle, 1600 in all.
    assert int(result.stdout) < 1000
