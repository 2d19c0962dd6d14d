# SPDX-License-Identifier: Apache-2.0
"""Certificates: a proof that no plan costs less, read, made step by step, written and replayed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Iterable, NamedTuple, Optional, Tuple, Union

from . import _solve, _times
from ._handle import Handle
from ._library import NONE, NULL, UNSET, ffi, lib, text
from .builder import Key, PathLike, as_bytes
from .context import Context, value_of
from .errors import StateError, nearest
from .tables import cell

if TYPE_CHECKING:
    from .plan import Plan
    from .scenario import Scenario

__all__ = ["Certificate", "CertificateStep", "Verdict"]

_KINDS = ("prices", "split", "end")


class CertificateStep(NamedTuple):
    """One step; what it says and proves stands in <quaywright/certificate.h>.

    Starts are seconds since the epoch: ``scenario.at(step.from_s)`` is the instant.
    """

    kind: str  #: "prices", "split" or "end".
    prices: Optional[Tuple[int, ...]] = None  #: One a call, in 1/price_unit mu.
    call: Optional[str] = None  #: Of a split, as all below: id of the call.
    berth: Optional[str] = None  #: Id of the first berth of the range; None: any berth.
    berth_last: Optional[str] = None  #: Id of the last; None: any berth, or the first alone.
    from_s: Optional[int] = None  #: Starts from here ...
    to_s: Optional[int] = None  #: ... to here, both included.


class Verdict(NamedTuple):
    """What a replay found. As a condition it is true if the certificate holds."""

    proved: bool  #: True: the certificate holds for the scenario.
    bound: Optional[float]  #: Then no plan that places these calls costs less; else None.
    bound_mu: Optional[int]  #: The same in thousandths, exact.
    steps: int  #: Steps replayed.
    nodes: int  #: Nodes that ended closed, not those that were split.
    stays: int  #: Legal stays at the beginning.
    calls: int  #: Calls that have one: the plans it is about place these.
    sentence: str  #: Not proved: which step fails and why. Else empty.

    def __bool__(self) -> bool:
        return self.proved

    def __str__(self) -> str:
        if not self.proved:
            return f"not proved: {self.sentence}"
        return f"proved: no plan of {self.calls} calls costs less than {cell(self.bound)}"


class Certificate(Sequence):  # type: ignore[type-arg]
    """A proof that no plan of a scenario costs less: a sequence of steps, each a CertificateStep.

    That of a plan is ``plan.certificate``; others come from ``scenario.read_certificate()``,
    ``scenario.parse_certificate()`` and ``scenario.empty_certificate()``. Whether it holds is for
    ``scenario.verify()`` to say.
    """

    _handle: Handle
    _made_in: Context
    _borrowed: bool
    scenario: "Scenario"  #: The scenario it is about.

    def __init__(self) -> None:
        raise TypeError(
            "make a certificate with scenario.read_certificate(), scenario.parse_certificate() "
            "or scenario.empty_certificate(), or take that of a plan"
        )

    @classmethod
    def _of(cls, scenario: "Scenario", context: Context, pointer: Any) -> "Certificate":
        """Takes over a certificate the library made."""
        certificate = cls.__new__(cls)
        certificate._handle = Handle(pointer, lib.qwr_certificate_free, context._handle)
        certificate._made_in, certificate._borrowed = context, False
        certificate.scenario = scenario
        return certificate

    @classmethod
    def _of_plan(cls, plan: "Plan") -> Optional["Certificate"]:
        """That of a plan, whose memory stays as long as this is there."""
        pointer = lib.qwr_plan_certificate(plan._pointer())
        if pointer == NULL:
            return None
        certificate = cls.__new__(cls)
        certificate._handle = Handle(pointer, lambda _pointer: None, plan._handle)
        certificate._made_in, certificate._borrowed = plan._made_in, True
        certificate.scenario = plan.scenario
        return certificate

    @classmethod
    def _read(cls, scenario: "Scenario", path: PathLike) -> "Certificate":
        ctx, name = scenario._context(), os.fsencode(path)
        function = lib.qwr_certificate_read
        return cls._of(
            scenario, ctx, ctx._make("qwr_certificate", function, scenario._pointer(), name)
        )

    @classmethod
    def _parse(cls, scenario: "Scenario", data: Union[str, bytes], name: str) -> "Certificate":
        ctx, content = scenario._context(), as_bytes(data)
        pointer = ctx._make(
            "qwr_certificate",
            lib.qwr_certificate_parse,
            scenario._pointer(),
            content,
            len(content),
            name.encode(),
        )
        return cls._of(scenario, ctx, pointer)

    @classmethod
    def _empty(
        cls,
        scenario: "Scenario",
        target: Any,
        target_mu: Optional[int],
        price_unit: int,
        ordered: bool,
    ) -> "Certificate":
        if target is not None and target_mu is not None:
            raise TypeError("give target or target_mu, not both")
        info = ffi.new("qwr_certificate_info *", lib.qwr_certificate_info_init())
        info.scenario_hash = lib.qwr_scenario_hash(scenario._pointer())
        info.call_count = scenario._count("call")
        info.price_unit = _times.whole(price_unit, "price_unit")
        info.ordered = 1 if ordered else 0
        if target is not None:
            info.target_mu = _times.fixed(target, 1000, "target")
        if target_mu is not None:
            info.target_mu = _times.whole(target_mu, "target_mu")
        ctx = scenario._context()
        return cls._of(scenario, ctx, ctx._make("qwr_certificate", lib.qwr_certificate_new, info))

    # --- reading ----------------------------------------------------------------------------------

    def _pointer(self) -> Any:
        return self._handle.get("certificate")

    def _info(self) -> Any:
        return lib.qwr_certificate_get_info(self._pointer())

    @property
    def target(self) -> Optional[float]:
        """No plan costs this or less, it claims; None: no target, and its prices give a bound."""
        return value_of(self._info().target_mu)

    @property
    def target_mu(self) -> Optional[int]:
        """The target in thousandths of the money unit."""
        target = int(self._info().target_mu)
        return None if target == UNSET else target

    @property
    def price_unit(self) -> int:
        """Prices are in 1/price_unit thousandths of the money unit."""
        return int(self._info().price_unit)

    @property
    def ordered(self) -> bool:
        """True if it is replayed with the rules of exchange, shift, repeat and copies."""
        return bool(self._info().ordered)

    @property
    def scenario_hash(self) -> str:
        """Hash of the scenario it is about, as Scenario.hash."""
        return f"{self._info().scenario_hash:016x}"

    def __len__(self) -> int:
        return int(lib.qwr_certificate_count(self._pointer()))

    def __getitem__(self, index: Any) -> Any:
        count = len(self)
        if isinstance(index, slice):
            return [self._step(k) for k in range(*index.indices(count))]
        k = index.__index__()
        if not -count <= k < count:
            raise IndexError(f"there are {count} steps, not a step {k}")
        return self._step(k % count)

    def _step(self, k: int) -> CertificateStep:
        step = ffi.new("qwr_certificate_step *", lib.qwr_certificate_step_init())
        if lib.qwr_certificate_get(step, self._pointer(), k):
            raise IndexError(f"there is no step {k}")
        if step.price != NULL:
            return CertificateStep("prices", tuple(ffi.unpack(step.price, self._info().call_count)))
        if step.call.v == NONE:
            return CertificateStep("end")
        return CertificateStep(
            "split",
            None,
            self.scenario.id_of("call", step.call.v),
            self._berth(step.berth),
            self._berth(step.berth_last),
            step.from_s,
            step.to_s,
        )

    def _berth(self, index: Any) -> Optional[str]:
        return None if index.v == NONE else self.scenario.id_of("berth", index.v)

    # --- making -----------------------------------------------------------------------------------

    def _add(self, step: Any) -> None:
        if self._borrowed:
            raise StateError(
                "this certificate belongs to a plan and does not change; add its steps to one "
                "made with scenario.empty_certificate()"
            )
        with self._made_in._use():
            self._made_in._checked(lib.qwr_certificate_add(self._pointer(), step))

    def add_prices(self, prices: Iterable[int]) -> None:
        """Appends prices: a whole number a call in the order of the scenario, in 1/price_unit
        thousandths of the money unit."""
        values = [_times.whole(price, "price") for price in prices]
        count = self._info().call_count
        if len(values) != count:
            raise ValueError(f"there are {len(values)} prices; expected one a call, {count}")
        step = ffi.new("qwr_certificate_step *", lib.qwr_certificate_step_init())
        vector = ffi.new("int64_t[]", values)
        step.price = vector
        self._add(step)

    def add_split(
        self,
        call: Key,
        *,
        start: _times.Instant,
        end: _times.Instant,
        berth: Optional[Key] = None,
        berth_last: Optional[Key] = None,
    ) -> None:
        """Appends a split: in the first node the call begins from `start` to `end`, both included,
        at one of the berths; in the second it does not.

        Args:
            berth: first berth of the range; None: any berth.
            berth_last: last berth of it; None: the first alone.
        """
        step = ffi.new("qwr_certificate_step *", lib.qwr_certificate_step_init())
        scenario = self.scenario
        step.call = scenario._index("call", call)
        if berth is not None:
            step.berth = scenario._index("berth", berth)
        if berth_last is not None:
            step.berth_last = scenario._index("berth", berth_last)
        step.from_s = scenario.seconds(start)
        step.to_s = scenario.seconds(end)
        self._add(step)

    def add_end(self) -> None:
        """Appends the end of a node."""
        self._add(ffi.new("qwr_certificate_step *", lib.qwr_certificate_step_init()))

    def add(self, step: CertificateStep) -> None:
        """Appends a step as iterating over a certificate gives it."""
        if step.kind == "prices":
            self.add_prices(step.prices or ())
        elif step.kind == "split":
            if step.call is None or step.from_s is None or step.to_s is None:
                raise ValueError("a split needs a call, from_s and to_s")
            self.add_split(
                step.call,
                start=step.from_s,
                end=step.to_s,
                berth=step.berth,
                berth_last=step.berth_last,
            )
        elif step.kind == "end":
            self.add_end()
        else:
            raise ValueError(f'step kind "{step.kind}" is not known; ' + nearest(step.kind, _KINDS))

    # --- files, replay ----------------------------------------------------------------------------

    def save(self, path: PathLike) -> None:
        """Writes it as XML, in one step: there is never half a file."""
        scenario = self.scenario
        scenario._context()._call(
            lib.qwr_certificate_write, self._pointer(), scenario._pointer(), os.fsencode(path)
        )

    def _verified(self, scenario: "Scenario", context: Optional[Context]) -> Verdict:
        verdict = ffi.new("qwr_verdict *", lib.qwr_verdict_init())
        pointer, ours = scenario._pointer(), self._pointer()
        signal = _solve.run(
            scenario._context(context),
            lambda ctx: int(lib.qwr_certificate_verify(verdict, ctx, pointer, ours)),
            (scenario, self, verdict),
        )
        if signal is not None:
            raise signal
        return Verdict(
            bool(verdict.proved),
            value_of(verdict.bound_mu),
            None if verdict.bound_mu == UNSET else int(verdict.bound_mu),
            verdict.steps,
            verdict.nodes,
            verdict.stays,
            verdict.calls,
            text(verdict.sentence) or "",
        )

    def close(self) -> None:
        """Frees it; that of a plan goes with the plan. Python does so by itself."""
        self._handle.close()

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<Certificate, closed>"
        claim = "" if self.target is None else f", no plan costs {cell(self.target)} or less"
        return f'<Certificate of "{self.scenario.id}": {len(self)} steps{claim}>'
