# SPDX-License-Identifier: Apache-2.0
"""What classes get by name for each kind of entity, declared for type checkers and editors. The
code behind it is made in builder.py and scenario.py; a test compares both lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from .entity import Entity
    from .tables import Table


class TableNames:
    """One table a kind of entity."""

    quays: Table
    quay_depths: Table
    quay_breaks: Table
    quay_positions: Table
    berths: Table
    tide: Table
    cranes: Table
    calls: Table
    places: Table
    handling: Table
    efficiency: Table
    tasks: Table
    precedence: Table
    windows: Table
    tariff: Table
    nodes: Table
    lanes: Table
    blocks: Table
    transfers: Table
    fleets: Table
    vehicles: Table
    chargers: Table
    history: Table


class EntityNames(TableNames):
    """One function to add, remove and get an entity a kind."""

    add_quay: Callable[..., Entity]
    add_quay_depth: Callable[..., Entity]
    add_quay_break: Callable[..., Entity]
    add_quay_position: Callable[..., Entity]
    add_berth: Callable[..., Entity]
    add_tide: Callable[..., Entity]
    add_crane: Callable[..., Entity]
    add_call: Callable[..., Entity]
    add_place: Callable[..., Entity]
    add_handling: Callable[..., Entity]
    add_efficiency: Callable[..., Entity]
    add_task: Callable[..., Entity]
    add_precedence: Callable[..., Entity]
    add_window: Callable[..., Entity]
    add_tariff: Callable[..., Entity]
    add_node: Callable[..., Entity]
    add_lane: Callable[..., Entity]
    add_block: Callable[..., Entity]
    add_transfer: Callable[..., Entity]
    add_fleet: Callable[..., Entity]
    add_vehicle: Callable[..., Entity]
    add_charger: Callable[..., Entity]
    add_history: Callable[..., Entity]

    remove_quay: Callable[[Any], None]
    remove_quay_depth: Callable[[Any], None]
    remove_quay_break: Callable[[Any], None]
    remove_quay_position: Callable[[Any], None]
    remove_berth: Callable[[Any], None]
    remove_tide: Callable[[Any], None]
    remove_crane: Callable[[Any], None]
    remove_call: Callable[[Any], None]
    remove_place: Callable[[Any], None]
    remove_handling: Callable[[Any], None]
    remove_efficiency: Callable[[Any], None]
    remove_task: Callable[[Any], None]
    remove_precedence: Callable[[Any], None]
    remove_window: Callable[[Any], None]
    remove_tariff: Callable[[Any], None]
    remove_node: Callable[[Any], None]
    remove_lane: Callable[[Any], None]
    remove_block: Callable[[Any], None]
    remove_transfer: Callable[[Any], None]
    remove_fleet: Callable[[Any], None]
    remove_vehicle: Callable[[Any], None]
    remove_charger: Callable[[Any], None]
    remove_history: Callable[[Any], None]

    quay: Callable[[Any], Entity]
    berth: Callable[[Any], Entity]
    crane: Callable[[Any], Entity]
    call: Callable[[Any], Entity]
    task: Callable[[Any], Entity]
    window: Callable[[Any], Entity]
    node: Callable[[Any], Entity]
    lane: Callable[[Any], Entity]
    block: Callable[[Any], Entity]
    fleet: Callable[[Any], Entity]
    vehicle: Callable[[Any], Entity]
    charger: Callable[[Any], Entity]
