# SPDX-License-Identifier: Apache-2.0
"""Certificates: made with a plan or by hand, written, read and replayed."""

import gc
import os
import threading
from decimal import Decimal

import pytest
from conftest import python

import quaywright as qw
from quaywright import CertificateStep

# Four vessels, two berths, the first of which cannot take V4. The best plan costs 14.
FOUR = "4 2\n0 0 5 6\n0 0\n5 9\n8 4\n3 6\n99999 2\n50 50\n50 50 50 50\n"
STEPS = [
    CertificateStep("split", None, "V1", "B1", "B1", 0, 0),
    CertificateStep("prices", (5000, 4000, 3000, 2000)),
    CertificateStep("end"),
    CertificateStep("prices", (9000, 4000, 3000, 2000)),
    CertificateStep("end"),
]


@pytest.fixture
def four():
    return qw.Scenario.parse(FOUR, "four", "dbap-text")


@pytest.fixture
def planned(four):
    plan = four.plan(work_limit=20000)
    assert plan.certificate is not None
    return plan


def made(scenario, steps=STEPS, **frame):
    certificate = scenario.empty_certificate(**{"target": 13.999, **frame})
    for step in steps:
        certificate.add(step)
    return certificate


def test_the_certificate_of_a_plan_holds(four, planned):
    certificate = planned.certificate
    assert len(certificate) > 0 and certificate.scenario is four
    assert certificate.scenario_hash == four.hash
    verdict = four.verify(certificate)
    assert verdict.proved and verdict.sentence == ""
    assert verdict.bound_mu == planned.bound_mu == planned.cost_mu == 14000
    assert verdict.bound == planned.bound == 14.0
    assert verdict.steps == len(certificate) and verdict.calls == 4
    assert verdict.stays > 0 and verdict.nodes >= 1
    assert str(verdict) == "proved: no plan of 4 calls costs less than 14"


def test_plans_without_one_say_none(mini_plan, planned):
    assert mini_plan.certificate is None
    four = planned.scenario
    assert four.empty_plan().certificate is None
    assert four.parse_plan(planned.text()).certificate is None
    assert list(planned.copy().certificate) == list(planned.certificate)


def test_a_file_brings_back_what_was_saved(tmp_path, four, planned):
    path = tmp_path / "proof.xml"
    planned.certificate.save(path)
    read = four.read_certificate(path)
    assert list(read) == list(planned.certificate)
    for name in ("target", "target_mu", "price_unit", "ordered", "scenario_hash"):
        assert getattr(read, name) == getattr(planned.certificate, name), name
    assert four.verify(read) == four.verify(planned.certificate)
    parsed = four.parse_certificate(path.read_bytes())
    assert list(parsed) == list(four.parse_certificate(path.read_text())) == list(read)
    assert os.listdir(tmp_path) == ["proof.xml"]


def test_one_is_made_step_by_step(tmp_path, four):
    proof = four.empty_certificate(target=Decimal("13.999"))
    proof.add_split("V1", berth="B1", start=0, end=four.epoch)
    proof.add_prices([5000, 4000, 3000, 2000])
    proof.add_end()
    proof.add_prices(iter([9000, 4000, 3000, 2000]))
    proof.add_end()
    assert list(proof) == STEPS == list(made(four))
    assert (proof.target, proof.target_mu, proof.price_unit) == (13.999, 13999, 1)
    assert not proof.ordered
    verdict = four.verify(proof)
    assert verdict.proved and verdict.bound_mu == 14000
    assert (verdict.steps, verdict.nodes, verdict.calls) == (5, 2, 4)
    proof.save(tmp_path / "proof.xml")
    assert list(four.read_certificate(tmp_path / "proof.xml")) == STEPS


def test_splits_by_ranges_of_berths(four):
    proof = four.empty_certificate(target_mu=1, price_unit=7, ordered=True)
    proof.add_split(four.calls["V2"], start=0, end="2000-01-02T00:00:00Z")
    proof.add_split(2, berth=0, berth_last="B2", start=3600, end=7200)
    assert proof[0].call == "V2" and proof[0].berth is None and proof[0].berth_last is None
    assert proof[1] == CertificateStep("split", None, "V3", "B1", "B2", 3600, 7200)
    assert (proof.target_mu, proof.price_unit, proof.ordered) == (1, 7, True)


def test_without_a_target_prices_give_a_bound(four):
    proof = made(four, [STEPS[1]], target=None)
    assert proof.target is None and proof.target_mu is None
    verdict = four.verify(proof)
    assert verdict.proved and 0 < verdict.bound <= 14


def test_steps_are_a_sequence(four):
    proof = made(four)
    assert len(proof) == 5 and proof[-1] == proof[4] == CertificateStep("end")
    assert proof[1:3] == STEPS[1:3] and proof.index(STEPS[3]) == 3 and STEPS[0] in proof
    for index in (5, -6):
        with pytest.raises(IndexError, match="there are 5 steps"):
            proof[index]
    assert repr(proof) == '<Certificate of "four": 5 steps, no plan costs 13.999 or less>'


@pytest.mark.parametrize(
    "steps, frame, sentence",
    [
        (STEPS, {"target": 14}, "step 3 ends a node that is not closed"),
        (STEPS[:4], {}, "stops after step 4, before the end of 1 node"),
        (STEPS + STEPS[4:], {}, "step 6 is left over"),
        ([*STEPS[:3], STEPS[4]], {}, "step 4 ends a node that is not closed"),
        (
            [*STEPS[:3], CertificateStep("prices", (90000, 4000, 3000, 2000)), STEPS[4]],
            {},
            "step 5 ends a node that is not closed",
        ),
    ],
)
def test_tampered_ones_are_refused(four, steps, frame, sentence):
    verdict = four.verify(made(four, steps, **frame))
    assert not verdict and not verdict.proved and sentence in verdict.sentence
    assert verdict.bound is None and verdict.bound_mu is None
    assert str(verdict).startswith("not proved: ")


def test_a_verdict_is_true_if_the_certificate_holds(four):
    assert four.verify(made(four))
    assert not four.verify(made(four, STEPS[:2]))


def test_one_of_another_scenario_is_refused(tmp_path, four, mini):
    other = qw.Scenario.parse(FOUR.replace("8 4", "8 5"), "four", "dbap-text")
    proof = made(four)
    assert other.hash != four.hash and not other.verify(proof)
    proof.save(tmp_path / "proof.xml")
    with pytest.raises(qw.FormatError, match=r"proof\.xml:2: .*about a scenario with hash"):
        other.read_certificate(tmp_path / "proof.xml")
    with pytest.raises(qw.Unsupported, match="cranes"):
        mini.verify(mini.empty_certificate())


def test_mistakes_are_named(tmp_path, four):
    proof = made(four, [])
    with pytest.raises(ValueError, match="there are 3 prices; expected one a call, 4"):
        proof.add_prices([1, 2, 3])
    with pytest.raises(TypeError, match="price must be a whole number"):
        proof.add_prices([1, 2, 3, 4.5])
    with pytest.raises(OverflowError, match="64 bits"):
        proof.add_prices([1, 2, 3, 2**63])
    with pytest.raises(qw.NotFound, match='no call "V9"'):
        proof.add_split("V9", start=0, end=0)
    with pytest.raises(qw.NotFound, match='no berth "B9"'):
        proof.add_split("V1", berth="B9", start=0, end=0)
    with pytest.raises(qw.InvalidArgument, match="which is before"):
        proof.add_split("V1", start=10, end=0)
    with pytest.raises(qw.InvalidArgument, match="do not begin there or before"):
        proof.add_split("V1", berth="B2", berth_last="B1", start=0, end=0)
    with pytest.raises(ValueError, match='"price" is not known.*prices'):
        proof.add(CertificateStep("price"))
    with pytest.raises(ValueError, match="a split needs"):
        proof.add(CertificateStep("split", call="V1"))
    assert len(proof) == 0
    with pytest.raises(TypeError, match="not both"):
        four.empty_certificate(1, target_mu=1)
    with pytest.raises(qw.InvalidArgument, match="price_unit is 0"):
        four.empty_certificate(price_unit=0)
    with pytest.raises(qw.FileError):
        four.read_certificate(tmp_path / "none.xml")
    with pytest.raises(qw.FormatError, match="mine:1"):
        four.parse_certificate("<certificate/>", "mine")
    with pytest.raises(TypeError, match="a certificate is needed to verify, not None"):
        four.verify(four.empty_plan().certificate)
    with pytest.raises(TypeError, match="empty_certificate"):
        qw.Certificate()


def test_that_of_a_plan_does_not_change(planned):
    count = len(planned.certificate)
    with pytest.raises(qw.StateError, match="belongs to a plan"):
        planned.certificate.add_end()
    assert len(planned.certificate) == count


def test_that_of_a_plan_outlives_every_name_of_the_plan():
    ctx = qw.Context(threads=1)
    four = qw.Scenario.parse(FOUR, "four", "dbap-text", context=ctx)
    plan = four.plan(work_limit=20000)
    certificate = plan.certificate
    steps = list(certificate)
    plan.close()
    with pytest.raises(qw.StateError, match="this plan is closed"):
        plan.certificate
    del plan, four, ctx
    gc.collect()
    assert list(certificate) == steps and certificate.scenario.verify(certificate)
    certificate.close()
    certificate.close()
    assert repr(certificate) == "<Certificate, closed>"
    with pytest.raises(qw.StateError, match="this certificate is closed"):
        len(certificate)


def test_other_threads_and_contexts_may_replay(four, planned):
    certificate, found = planned.certificate, []

    def replay():
        found.append(four.verify(certificate))

    threads = [threading.Thread(target=replay) for _unused in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(found)
    assert four.verify(certificate, context=qw.Context(threads=1)) == found[0]


def test_a_cancelled_replay_proves_nothing(four):
    ctx = qw.Context()
    ctx.cancel()
    verdict = four.verify(made(four), context=ctx)
    assert not verdict and "cancelled" in verdict.sentence
    assert four.verify(made(four), context=ctx)


def test_an_interpreter_ends_quietly_with_certificates_alive():
    result = python(
        "import sys, quaywright as qw\n"
        "s = qw.Scenario.parse(sys.argv[1], 'four', 'dbap-text')\n"
        "p = s.plan(work_limit=20000); c = p.certificate; e = s.empty_certificate()\n"
        "e.add_end(); v = s.verify(c); cycle = [p, c, e]; cycle.append(cycle)\n"
        "del p\n",
        FOUR,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
