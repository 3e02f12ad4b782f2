"""GET /statistics: figures follow the cases' own events, every ratio has its base, small groups stay hidden, queries
do not grow with cases or organisations."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.statistics import services
from backend.statistics.models import CaseFact
from backend.statistics.types import PastCase
from tests.factories import cases
from tests.factories import powers as items

pytestmark = pytest.mark.django_db
QUERIES = 10


@pytest.fixture(autouse=True)
def november(travel):
    travel(to=datetime.fromisoformat("2026-11-23T10:00:00+08:00"))


def get(query="", status=200):
    response = Client().get(f"/api/v1/statistics?{query}")
    assert response.status_code == status, response.content
    return response.json()


def place(name="宿迁市教育局", **content):
    office = items.organisation(name)
    power = items.published(office, **content)
    code = Client().get(f"/api/v1/powers/{power}").json()["code"]
    return office, code


def past(office, code, number, month=3, **changes):
    values = {
        "organisation_code": office.code,
        "item_code": code,
        "received_on": date(2026, month, 2),
        "closed_on": date(2026, month, 12),
        "working_days": 6,
        "promised_days": 10,
        "is_on_time": True,
        "rating_level": None,
        **changes,
    }
    key = f"{office.code}-{month}-{sorted(changes.items())}"
    rows = [PastCase(reference=sha256(f"{key}/{n}".encode()).hexdigest(), **values) for n in range(number)]
    return services.import_past(actor=items.SYSTEM, source="before", cases=rows)


def by_name(rows):
    return {row["name"]: row for row in rows}


def test_sums_months_and_ratios():
    office, code = place()
    past(office, code, 10, rating_level=5)
    past(office, code, 10, is_on_time=False, working_days=12, rating_level=2)
    past(office, code, 20, month=4)
    found = get()
    assert (found["year"], found["as_of"], found["hide_below"]) == (2026, "2026-11-22", 5)
    total = found["total"]
    assert (total["received"], total["closed"], total["judged"], total["on_time"]) == (40, 40, 40, 30)
    assert (total["on_time_rate"], total["average_days"], total["average_promise"]) == (0.75, 7.5, 10.0)
    assert (total["rated"], total["satisfied"], total["satisfaction"]) == (20, 10, 0.5)
    assert [month["month"] for month in found["months"]][-1] == "2026-11"
    assert [month["received"] for month in found["months"]][:5] == [0, 0, 20, 20, 0]
    assert by_name(found["organisations"])[office.name]["received"] == 40
    assert by_name(found["themes"])["教育入学"]["received"] == 40


def test_one_organisation_or_one_topic_by_month():
    school, code = place()
    market, other = place("宿迁市市场监督管理局", themes=("business_permit",))
    past(school, code, 12)
    past(market, other, 30, month=5)
    office = get(f"organisation={market.id}")
    assert office["organisation"]["name"] == market.name
    assert office["months"][4]["received"] == 30
    assert (office["months"][2]["received"], office["organisations"], office["themes"]) == (0, [], [])
    assert get("theme=education")["months"][2]["received"] == 12
    assert get(f"organisation={market.id}&theme=education", 400)["code"] == "statistics_one_at_a_time"


def test_small_groups_are_hidden_and_not_to_be_worked_out():
    small, code = place("宿迁市民政局")
    large, other = place("宿迁市市场监督管理局")
    past(small, code, 3)
    past(small, code, 9, month=4)
    past(large, other, 40)
    past(large, other, 50, month=4)
    whole, few, many = get(), get(f"organisation={small.id}"), get(f"organisation={large.id}")
    march = [found["months"][2]["received"] for found in (whole, few, many)]
    april = [found["months"][3]["received"] for found in (whole, few, many)]
    assert march == [43, None, None]
    assert april == [59, None, None]
    assert few["months"][2]["hidden"] == ["received", "closed"]
    assert few["total"]["received"] == 12
    assert {row["received"] for row in whole["organisations"]} == {12, 90}


def test_a_year_of_so_few_cases_is_hidden_whole():
    office, code = place()
    past(office, code, 4)
    found = get()
    assert found["total"]["received"] is None
    assert {month["received"] for month in found["months"]} == {0, None}
    assert found["organisations"][0]["received"] is None


def test_todays_cases_wait_until_tomorrow(travel):
    office, code = place()
    past(office, code, 8, month=11, received_on=date(2026, 11, 23), closed_on=None, working_days=None)
    assert get()["total"]["received"] == 0
    travel(hours=24)
    assert get()["total"]["received"] == 8


def test_a_case_leaves_its_facts_and_nothing_of_the_person(deliver_events, travel):
    office = cases.department(themes=("education",))
    citizen = cases.citizen()
    case = cases.pending(citizen, office)
    deliver_events()
    fact = CaseFact.objects.get(reference=case["id"])
    assert (fact.themes, fact.closed_on) == (["education"], None)
    names = {field.name for field in CaseFact._meta.get_fields()}
    assert not {name for name in names if "applicant" in name or "person" in name or "case_no" in name}


def test_taking_past_cases_in_twice_counts_them_once():
    office, code = place()
    assert past(office, code, 7).taken == 7
    again = past(office, code, 7)
    assert (again.taken, again.known) == (0, 7)
    assert get()["total"]["received"] == 7


def test_a_file_of_past_cases(tmp_path, capsys):
    office, code = place()
    heads = ",".join(services.COLUMNS)
    lines = [f"old-{n},{office.code},{code},2026-03-02,2026-03-12,6,10,1,5" for n in range(6)]
    lines.append(f"old-9,NOBODY,{code},2026-03-02,,,,,")
    file = tmp_path / "past.csv"
    file.write_text("\n".join(["\ufeff" + heads, *lines]), encoding="utf-8")
    call_command("import_past_cases", str(file), "--source", "old")
    assert CaseFact.objects.count() == 0
    call_command("import_past_cases", str(file), "--source", "old", "--commit")
    told = capsys.readouterr().out
    assert "没有这个单位：NOBODY" in told
    assert get()["total"]["satisfaction"] == 1.0
    file.write_text(heads + "\nx,y,z,yesterday,,,,,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第2行"):
        call_command("import_past_cases", str(file), "--source", "old")


@pytest.mark.parametrize("query", ["year=1999999", "year=abc", "organisation=7", "theme=%00"])
def test_what_is_not_a_choice_is_told(query):
    assert get(query, 400)["errors"][0]["pointer"].startswith("/query/")


@pytest.mark.parametrize("query", ["year=2019", "theme=astronomy", "organisation=00000000-0000-0000-0000-000000000007"])
def test_choices_without_figures_are_404(query):
    assert get(query, 404)["code"] == "statistics_not_found"


def test_queries_do_not_grow():
    for name in ("宿迁市教育局", "宿迁市民政局", "宿迁市交通运输局"):
        office, code = place(name)
        for month in range(1, 11):
            past(office, code, 6, month=month)
    with CaptureQueriesContext(connection) as caught:
        get()
    assert len(caught) <= QUERIES, [query["sql"][:90] for query in caught]


def test_closing_measures_the_decision_against_the_promise_and_ratings_come_along(deliver_events, travel):
    office = cases.department()
    case = cases.pending(cases.citizen(), office)
    travel(hours=24 * 3)
    office.approver.sign_in_again()
    office.clerk.sign_in_again()
    assert cases.act(office.approver, case["id"], "grant").status_code == 200
    assert cases.act(office.clerk, case["id"], "deliver").status_code == 200
    deliver_events()
    fact = CaseFact.objects.get(reference=case["id"])
    assert (fact.is_on_time, fact.promised_days) == (True, 10)
    assert fact.working_days == 3
    services.note_rating(case_id=case["id"], level=5)
    assert CaseFact.objects.get(reference=case["id"]).rating_level == 5
