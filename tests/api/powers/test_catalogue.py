"""GET /powers, /powers/{id}, /organisations: public, searchable in Chinese, pinyin and initials, paged, few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.powers import services
from tests.factories import powers as make

pytestmark = pytest.mark.django_db

QUERIES = {"list": 2, "detail": 4, "organisations": 3}


@pytest.fixture
def city():
    """Three organisations with the prepared items of the law."""
    offices = [
        make.organisation("宿迁市教育局", code="321300JY"),
        make.organisation("沭阳县教育局", code="321322JY", level="county", region_code="321322"),
        make.organisation("沭阳县市场监督管理局", code="321322SJ", level="county", region_code="321322"),
        make.organisation("沭阳县民政局", code="321322MZ", level="county", region_code="321322"),
    ]
    services.load_items(actor=make.SYSTEM, organisation_ids=[office.id for office in offices])
    return offices


def get(path, status=200, **options):
    response = Client().get(f"/api/v1{path}", **options)
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def names(query):
    return [item["name"] for item in get(f"/powers?{query}")["items"]]


@pytest.mark.parametrize(
    "query",
    [
        "jszg",
        "JSZG",
        "jiaoshizige",
        "教师资格",
        "教师 资格",
        "教师资格认定",
        "ｊｓｚｇ",
        "jiao shi zi ge",
        "教资",
        "教师、资格",
    ],
)
def test_every_way_of_asking_finds_teacher_qualification_first(city, query):
    assert names(f"q={query}")[0] == "教师资格认定"


def test_exact_names_come_before_prefixes_and_the_rest():
    office = make.organisation()
    for name in ("办理教师资格", "教师资格认定", "教师资格", "教师资格证书补发"):
        make.published(office, name=name, keywords=())
    assert names("q=教师资格") == ["教师资格", "教师资格认定", "教师资格证书补发", "办理教师资格"]


@pytest.mark.parametrize("query", ["%", "_", "《》", "x" * 100, "火星", "'; drop table--"])
def test_what_is_not_there_is_not_found(city, query):
    assert get("/powers", data={"q": query})["items"] == []


def test_filters_narrow_and_combine(city):
    assert {"教师资格认定"} == set(names("region=321300&organisation=" + str(city[0].id)))
    assert set(names("organisation=" + str(city[3].id))) == {"高龄津贴申领", "老年人优待证办理"}
    assert names("type=public_service") == ["老年人优待证办理"]
    assert len(names("region=321300")) == len(names("")) > len(names("region=321322")) > 0
    assert names("region=321302") == []
    assert set(names("audience=organisation&region=321322")) == {"食品经营许可", "特种设备使用登记"}
    assert "个体工商户设立登记" in names("audience=person&region=321322")
    assert set(names("theme=elderly")) == {"高龄津贴申领", "老年人优待证办理"}
    assert names("type=licence&q=jszg&region=321322") == ["教师资格认定"]


def test_pages_are_stable_and_complete(city):
    wanted = {item["id"] for item in get("/powers?limit=100")["items"]}
    seen, path = [], "/powers?limit=2"
    for _ in range(20):
        page = get(path)
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        make.published(city[0], name="啊新事项")
        path = f"/powers?limit=2&cursor={page['next']}"
    assert len(seen) == len(set(seen))
    assert set(seen) == wanted


def test_the_guide_holds_everything_an_applicant_needs(city):
    (found,) = get("/powers?q=个体工商户")["items"]
    guide = get(f"/powers/{found['id']}")
    assert guide["project_type"] == "immediate"
    assert (guide["promised_limit"], guide["promised_unit"]) == (0, "wd")
    assert guide["promised_note"] == "材料齐全、符合法定形式的当场登记。"
    assert guide["legal_limit"] == 3
    assert guide["result"]["name"] == "营业执照"
    assert "市场监督管理局" in guide["where"]["place"]
    assert {basis["article"] for basis in guide["legal_bases"]} >= {"第十九条"}
    assert guide["form_schema"]["additionalProperties"] is False
    assert {material["code"] for material in guide["materials"]} >= {"id_card", "premises"}
    for part in ("conditions", "materials", "steps", "faqs", "legal_bases"):
        assert guide[part], part
    assert "行政复议" in guide["remedy_text"]
    assert guide["version"] == 1
    assert guide["theme_names"] == [{"code": "business_start", "name": "创业开办", "name_en": "Starting a business"}]


def test_the_etag_spares_what_has_not_changed():
    office = make.organisation()
    power_id = make.published(office)
    first = Client().get(f"/api/v1/powers/{power_id}")
    again = Client().get(f"/api/v1/powers/{power_id}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    services.suspend(actor=make.official("legal_officer", office), power_id=power_id, reason="系统升级")
    changed = Client().get(f"/api/v1/powers/{power_id}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert (changed.json()["state"], changed.json()["state_reason"]) == ("suspended", "系统升级")
    assert changed["ETag"] != first["ETag"]


def test_drafts_and_cancelled_items_are_unknown():
    office = make.organisation()
    draft_id, _ = make.draft(office)
    gone_id = make.published(office)
    services.cancel(actor=make.official("legal_officer", office), power_id=gone_id, reason="取消")
    for power_id in (draft_id, gone_id, "01900000-0000-7000-8000-000000000000"):
        problem = get(f"/powers/{power_id}", status=404)
        assert problem["code"] == "power_not_found"
    assert get("/powers")["items"] == []


def test_english_is_there_for_who_asks():
    problem = get("/powers/01900000-0000-7000-8000-000000000000", 404, headers={"Accept-Language": "en"})
    assert problem["title"] == "Item not found"


@pytest.mark.parametrize(
    "query",
    [
        "organisation=x",
        "region=32130",
        "region=ab",
        "audience=dog",
        "type=A-B",
        "limit=0",
        "limit=101",
        "region=",
        "q=" + "长" * 101,
    ],
)
def test_a_wrong_parameter_is_named(query):
    problem = get(f"/powers?{query}", status=400)
    assert problem["code"] == "validation_failed"
    assert problem["errors"][0]["pointer"] == "/query/" + query.split("=")[0]


def test_organisations_stand_in_the_order_of_the_tree_with_their_counts(city):
    bureau = city[2]
    window = make.organisation("沭阳县市场监督管理局窗口", parent_id=bureau.id, level="county", region_code="321322")
    items = get("/organisations?region=321322")["items"]
    assert [item["name"] for item in items] == ["沭阳县教育局", "沭阳县民政局", "沭阳县市场监督管理局", window.name]
    counts = {item["name"]: item["power_count"] for item in items}
    assert counts["沭阳县市场监督管理局"] == 3
    assert counts[window.name] == 0
    assert [item["id"] for item in get(f"/organisations?parent={bureau.id}")["items"]] == [str(window.id)]
    page = get("/organisations?region=321322&limit=3")
    assert [item["name"] for item in get(f"/organisations?region=321322&cursor={page['next']}")["items"]] == [
        window.name
    ]
    assert [item["name"] for item in get("/organisations?q=民政&level=county")["items"]] == ["沭阳县民政局"]


def test_lists_and_guides_take_a_fixed_number_of_queries(city):
    power_id = get("/powers")["items"][0]["id"]
    paths = {"list": "/powers?q=j&limit=100", "detail": f"/powers/{power_id}", "organisations": "/organisations"}
    for name, path in paths.items():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            get(path)
        assert len(caught) <= QUERIES[name], (name, [query["sql"][:120] for query in caught])


def test_the_search_has_its_trigram_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'power_version_search'")
        (definition,) = cursor.fetchone()
    assert "USING gin (search_text gin_trgm_ops)" in definition


def test_an_imported_item_admits_that_it_knows_no_limit():
    header = "department,name,implementing_code,type_name,organisation_code"
    raw = f"{header}\n县民政局,殡葬服务,G-000007-001,公共服务,083372204".encode()
    services.import_catalogue(actor=make.SYSTEM, raw=raw, file_name="x.csv", commit=True)
    (found,) = get("/powers?q=binzang")["items"]
    assert (found["promised_limit"], found["is_online"]) == (None, False)
    assert get(f"/powers/{found['id']}")["form_schema"] == {}
