"""The reminder policy: what is in force, every version of it, and rules of one service changed with a preview."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse, Response

from casework.adopting import adopt_policy
from casework.drafts import keep_draft, read_draft, take_draft
from casework.errors import Refused
from casework.policy_edits import edited, own_values
from casework.policy_preview import MOST, preview
from casework.policy_versions import Version, version, versions
from casework.policy_words import FIELDS, Rules, differences, other_tables, rules_of
from casework.recomputing import progress
from statute.policy import load_policy
from statute.policy_errors import PolicyError
from web import case_words
from web.desks import Admin, Overseer
from web.faults import Faults
from web.forms import Posted
from web.house_tabs import tabs
from web.place import Desk
from web.policy_forms import laid_over, read_rules, typed
from web.words import count

router = APIRouter()

GONE = "That change was adopted or given up already."


@router.get("/policy")
def in_force(at: Overseer) -> Response:
    """What is in force, service by service, in how many cases it is worked out, and every earlier version."""
    found = versions(at.db)
    return _shown(at, found[0], versions=found)


@router.get("/policy/versions/{version_number}")
def earlier(at: Overseer, version_number: str) -> Response:
    """One version: its rules and its whole text."""
    return _shown(at, _version(at, version_number))


@router.post("/policy/versions/{version_number}/again")
def again(at: Admin, version_number: str, form: Posted) -> Response:
    """Take up an earlier version again: what that would change is shown first."""
    chosen = _version(at, version_number)
    return _to_preview(at, {"version": chosen.number}, chosen.toml)


@router.get("/policy/change")
def changing(at: Admin, service: str = "") -> Response:
    """The rules of one service, or those for everybody."""
    now = version(at.db)
    rules = _rules(at, now, service)
    values = typed(own_values(now.toml, service))
    if not service:
        values = {**typed(rules.advice.model_dump()), **values}
    return _form(at, rules, values, Faults())


@router.post("/policy/change")
def change(at: Admin, form: Posted) -> Response:
    """Read the form and show what it would change."""
    now, service, faults = version(at.db), form.get("service"), Faults()
    rules = _rules(at, now, service)
    values = read_rules(form, faults, everybody=not service)
    result = laid_over(now.toml, service, values, faults)
    if faults or result is None:
        return _form(at, rules, form.values, faults)
    return _to_preview(at, {"service": service, "values": values}, result.toml)


@router.get("/policy/previews/{number}")
def looking(at: Admin, number: str) -> Response:
    """What the change would do, worked out with what is in force now."""
    if (kept := read_draft(at.db, at.me.username, "policy", number)) is None:
        return at.go("/policy", GONE)
    now = version(at.db)
    try:
        toml = _proposed(at, kept, now)
        found = preview(at.db, toml, at.actor, at.now)
    except (Refused, PolicyError):
        return at.go(_form_of(kept), "That can no longer be adopted as it was. Look at it again.", warning=True)
    wanted = load_policy(toml)
    looked_at = version(at.db, kept["after"])
    at.saw("policy preview", {move.process_id for move in found.norms})
    return at.page(
        "policy/preview.html",
        title="Check what would change",
        number=number,
        found=found,
        most=MOST,
        changes=differences(now.policy, wanted),
        others=other_tables(now.policy, wanted),
        meanwhile=None if looked_at.number == now.number else now,
        since=differences(looked_at.policy, now.policy),
        fields=FIELDS,
        letter=case_words.letter,
        back=_form_of(kept),
    )


@router.post("/policy/previews/{number}")
def adopt(at: Admin, number: str, form: Posted) -> Response:
    """Adopt what was looked at, or give it up."""
    if form.asked("give_up"):
        take_draft(at.db, at.me.username, "policy", number)
        return at.go("/policy", "Nothing was changed.")
    if (kept := read_draft(at.db, at.me.username, "policy", number)) is None:
        return at.go("/policy", GONE)
    now = version(at.db)
    try:
        if form.get("after") != str(now.number):
            raise Refused("Somebody else adopted another policy meanwhile.")
        done = adopt_policy(at.db, _proposed(at, kept, now), at.actor, at.now, after=now.number)
    except (Refused, PolicyError):
        said = "Somebody else adopted another policy meanwhile. Yours is kept: look again at what it would change."
        return at.go(f"/policy/previews/{number}", said, warning=True)
    take_draft(at.db, at.me.username, "policy", number)
    more = f" Days are worked out anew in {count(done.to_work_out, 'case')}: see below." if done.to_work_out else ""
    return at.go("/policy", f"Policy {done.number} is in force, and every clock follows it.{more}")


def _shown(at: Desk, chosen: Version, versions: Sequence[Version] = ()) -> Response:
    return at.page(
        "policy/policy.html",
        title="Policy" if versions else f"Policy, version {chosen.number}",
        tabs=tabs(at),
        chosen=chosen,
        rules=rules_of(at.db, chosen.policy, at.today),
        versions=versions,
        progress=progress(at.db) if versions else None,
        may_change=at.me.role == "admin",
    )


def _form(at: Desk, rules: Rules, values: Mapping[str, str], faults: Faults) -> Response:
    above = None if not rules.name else _above(at, rules)
    return at.page(
        "policy/change.html",
        title=f"Change the rules for {_called(rules)}",
        faults=faults,
        rules=rules,
        above=above,
        form=values,
        called=_called(rules),
    )


def _called(rules: Rules) -> str:
    if not rules.name:
        return "every service"
    return rules.title or f"{case_words.service_words(rules.name).lower()} advice"


def _above(at: Desk, rules: Rules) -> Rules:
    """Whose rules hold where this service has none of its own."""
    policy = version(at.db).policy
    name = rules.category if "/" in rules.name else ""
    return next(each for each in rules_of(at.db, policy, at.today) if each.name == name)


def _rules(at: Desk, now: Version, service: str) -> Rules:
    for each in rules_of(at.db, now.policy, at.today):
        if each.name == service:
            return each
    raise HTTPException(404)


def _version(at: Desk, number: str) -> Version:
    chosen = int(number) if re.fullmatch(r"[0-9]{1,6}", number) else None
    try:
        if chosen is not None:
            return version(at.db, chosen)
    except Refused:
        pass
    raise HTTPException(404)


def _to_preview(at: Desk, what: Mapping[str, Any], toml: str) -> Response:
    now = version(at.db)
    if load_policy(toml) != now.policy:
        number = keep_draft(at.db, at.me.username, "policy", {**what, "after": now.number}, at.now)
        return RedirectResponse(f"/policy/previews/{number}", status_code=303)
    return at.go("/policy", "The policy says so already: nothing was changed.")


def _proposed(at: Desk, kept: Mapping[str, Any], now: Version) -> str:
    """The text to be adopted: always laid over what is in force now, so that nobody's change undoes another's."""
    if "version" in kept:
        return version(at.db, kept["version"]).toml
    return edited(now.toml, kept["service"], kept["values"]).toml


def _form_of(kept: Mapping[str, Any]) -> str:
    return "/policy" if "version" in kept or not kept["service"] else f"/policy/change?service={kept['service']}"
