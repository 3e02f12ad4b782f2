"""The city asked: what citizens and everybody see of it. The desk has its own list."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser import hotline
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller, citizen
from tests.browser.town import Town

LAMP = "幸福路和平小区东门的路灯坏了三天，晚上一片漆黑，老人孩子出门不安全，请尽快维修。"
LONG = (
    "投诉河滨路与人民大道交叉口东南角在建商业综合体项目夜间施工噪声扰民，自上月起几乎每天凌晨两点仍有混凝土浇筑，"
    "附近三个小区居民无法正常休息。"
)
BUS = "请问 2 路公交早班车能不能提前到六点？家住洋河新区，赶不上高铁站的早班车。"
SECRET = "举报某街道市容管理人员多次收受摊贩好处费，请核查处理。"
LETTER = "书记您好！乡镇小学冬天教室没有取暖设备，孩子们的手冻得写不了字，盼望尽快解决。"
PLACE = {"words": "幸福路和平小区东门", "area_code": "321322", "longitude": 118.8046, "latitude": 34.1112}
DONE = {
    LAMP: (hotline.ANSWER, hotline.LAW),
    BUS: (
        "2 路公交首班车自下月起提前至 6:00 发车，夏季、冬季时刻表一致，敬请留意站牌公告。",
        "《城市公共汽车和电车客运管理规定》第二十四条",
    ),
    LETTER: (
        "全市 46 所乡镇小学的取暖设备已列入本年度民生实事，您反映的学校已安装到位并投入使用。",
        "《中华人民共和国义务教育法》第十六条",
    ),
}


def _prepare(town: Town, desk: Devices) -> Prepared:
    visitor, asker = desk(), citizen(town, desk)
    phone = Caller.of(asker, town, "王小明").phone
    lamps = hotline.Net(town, visitor)
    nets = {
        LAMP: lamps,
        BUS: hotline.Net(town, visitor, "321300JT", lamps.dispatcher),
        LETTER: hotline.Net(town, visitor, "321300JY", lamps.dispatcher),
    }
    office = hotline.Post(town, visitor, "hotline_office", hotline.CENTRE)
    finished = [_finished(phone, net, words) for words, net in nets.items()]
    names = {"published": [office.publish(order_id) for order_id in finished][0]}  # noqa: RUF015 - all are published
    names["received"] = hotline.ask(phone, SECRET, request_type="report")
    names["handled"] = _with_unit(phone, lamps, LONG)
    names["answered"] = _with_unit(phone, lamps, LAMP, place=PLACE)
    _answer(lamps, names["answered"], LAMP)
    names["closed"] = _finished(phone, nets[BUS], BUS)
    return Prepared({"visitor": visitor, "citizen": asker}, names)


def _with_unit(phone: Phone, net: hotline.Net, words: str, **more: object) -> str:
    order_id = hotline.ask(phone, words, **more)
    net.dispatch(order_id)
    net.sign(order_id)
    return order_id


def _answer(net: hotline.Net, order_id: str, words: str) -> None:
    net.write(order_id, *DONE[words])
    net.send(order_id)


def _finished(phone: Phone, net: hotline.Net, words: str) -> str:
    order_id = _with_unit(phone, net, words, channel="mailbox" if words == LETTER else "app")
    _answer(net, order_id, words)
    hotline.judge(phone, order_id)
    return order_id


def _write(page: Page, _: Prepared) -> None:
    page.get_by_label("请说说是什么事").fill(LAMP)
    page.get_by_label("在什么地方").fill(PLACE["words"])


def _map(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="在地图上点").click()
    page.locator(".map").click(position={"x": 180, "y": 160})


def _urge(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="催一催").click()
    expect(page.get_by_label("想补充的话")).to_be_visible()


AREA = Area(
    "inquiry",
    "Asking the city",
    30,
    _prepare,
    (
        Screen("hub", "Asking the city, for a visitor", "/palm/inquiries", "有什么要问、要反映的？"),
        Screen("answered", "What others asked, with a search", "/palm/answered", "群众说：解决了"),
        Screen("none", "Nothing found, and what to do instead", "/palm/answered?q=没有这样的词", "没有找到"),
        Screen("one", "A question and its answer, nobody named", "/palm/answered/{published}", "单位说：已解决"),
        Screen(
            "figures", "The figures: what units say and what citizens say stand apart", "/palm/answered/statistics",
            "群众说解决了", whole=True,
        ),
        Screen("mailbox", "The leaders' mailbox with its own limits", "/palm/mailbox", "60 天", whole=True),
        Screen("progress", "An order by number and code, without signing in", "/palm/inquiries/progress", "查询码"),
        Screen(
            "mine", "My requests: who holds each, by when", "/inquiry/", "等您说一说办得怎么样", "citizen", whole=True
        ),
        Screen(
            "write", "Words first; kind and topic are suggested", "/palm/inquiries/new", "城市管理", "citizen", _write,
            whole=True,
        ),
        Screen("map", "The place on a map, here without pictures", None, "就是这里", "citizen", _map),
        Screen(
            "report", "A report is confidential whatever is chosen", "/palm/inquiries/new?type=report",
            "举报一律保密", "citizen", whole=True,
        ),
        Screen(
            "letter", "A letter to the leaders", "/palm/inquiries/new?channel=mailbox", "这是信访事项", "citizen",
            whole=True,
        ),
        Screen("protected", "A report, its caller kept secret", "/palm/inquiries/{received}", "已为您保密", "citizen"),
        Screen(
            "handled", "With the unit, whose clock runs", "/palm/inquiries/{handled}", "承办单位已签收", "citizen",
            whole=True,
        ),
        Screen("urge", "Asking again how it stands", None, "一天可以催三次", "citizen", _urge),
        Screen(
            "judge", "An answer, and three questions about it", "/palm/inquiries/{answered}", "问题解决了吗？",
            "citizen", whole=True,
        ),
        Screen(
            "closed", "Closed; it can be opened again within 72 hours", "/palm/inquiries/{closed}", "可以重新打开",
            "citizen", whole=True,
        ),
    ),
)  # fmt: skip
