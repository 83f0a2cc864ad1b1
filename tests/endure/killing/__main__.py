"""Kills, checks, and prints what was found as JSON. Breaks only what it started."""

import argparse
import json
import os
import random
import statistics
import time
from pathlib import Path

from ondersteuning import local
from tests import services
from tests.endure.interrupting.__main__ import _fill as fill

LONGEST_RECOVERY = 60  # seconds after the last kill, for all that still waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument(
        "--seconds", type=int, default=2700, help="stop eerder als het zo lang duurt"
    )
    parser.add_argument("--copy", help="adres van een database met de tabellen, om over te nemen")
    asked = parser.parse_args()
    environ = services.environ_without_services()
    data = services.new_folder()
    environ["OT_DATA"] = str(data)
    local.prepare(environ, command="test")
    os.environ.clear()
    os.environ.update(environ, DJANGO_SETTINGS_MODULE="ondersteuning.settings")
    try:
        fill(asked.copy)
        import django

        django.setup()
        found = _killed(asked, data)
        print(f"\n{json.dumps(found)}", flush=True)
    finally:
        services.stop(data)


def _killed(asked: argparse.Namespace, data: Path) -> dict:
    from tests.endure.killing.machine import Machine
    from tests.endure.killing.orders import Orders, whatever_falls

    chance, began, recovered = random.Random(asked.seed), time.monotonic(), []
    with Machine(data, dict(os.environ)) as machine:
        orders = Orders()

        def go_on() -> bool:
            return whatever_falls(orders.go_on, machine.look, LONGEST_RECOVERY)

        def in_time() -> bool:
            return time.monotonic() - began < asked.seconds

        while machine.killed.total() < asked.kills and in_time():
            whatever_falls(lambda: orders.place() or True, machine.look, LONGEST_RECOVERY)
            for _ in range(chance.randint(1, 4)):
                go_on()
                machine.wait(chance.uniform(0.1, 3))
                if machine.killed.total() < asked.kills and in_time():
                    machine.kill_something(chance)
            fell = time.monotonic()
            while not go_on():
                machine.wait(0.2)
                if time.monotonic() - fell > LONGEST_RECOVERY:
                    wrong = ["niet klaar een minuut na de klap", *orders.unfinished()]
                    return _said(machine, orders, recovered, wrong)
            recovered.append(time.monotonic() - fell)
        return _said(machine, orders, recovered, orders.faults())


def _said(machine, orders, recovered: list[float], wrong: list[str]) -> dict:
    return {
        "tried": machine.killed.total(),
        "wrong": wrong,
        "kinds": dict(machine.killed),
        "orders": len(orders.placed),
        "afresh": orders.afresh,
        "recovered": statistics.median(recovered) if recovered else None,
        "slowest": max(recovered, default=None),
    }


if __name__ == "__main__":
    main()
