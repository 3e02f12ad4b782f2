"""Articles of acts that have an order in the law but no number of days."""

from __future__ import annotations

from collections.abc import Mapping

from backend.tenders.types import Law
from backend.tenders.types.acts import Act

BASES: Mapping[Law, Mapping[Act, str]] = {
    Law.TENDER: {
        Act.CALL: "招标投标法第十六条",
        Act.OPENING: "招标投标法第三十四条",
        Act.REPORT: "招标投标法实施条例第五十三条",
        Act.AWARD: "招标投标法实施条例第五十四条、第五十五条",
        Act.LETTER: "招标投标法第四十五条",
        Act.CONTRACT_NOTICE: "招标公告和公示信息发布管理办法",
    },
    Law.PROCUREMENT: {
        Act.CALL: "政府采购法实施条例第八条",
        Act.OPENING: "政府采购货物和服务招标投标管理办法（财政部令第87号）",
        Act.REPORT: "政府采购法实施条例第四十三条",
        Act.AWARD: "政府采购法实施条例第四十三条",
        Act.LETTER: "政府采购法第四十六条",
    },
}
INVITED_BASIS = "招标投标法第十七条"


def basis_of(law: Law, act: Act, *, invited: bool = False) -> str:
    """The article of an act; an invitation has its own."""
    if act is Act.CALL and invited and law is Law.TENDER:
        return INVITED_BASIS
    return BASES[law].get(act, "")
