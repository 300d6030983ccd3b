"""Whether a sentence asks something of somebody, or only tells, defines or threatens."""

from __future__ import annotations

import re
from typing import Final

_NOT_ASKED: Final = re.compile(
    "所称|是指|制定本(?:法|条例|办法|规定|细则|方案|制度)|(?:施行|实施|执行|生效)之?日起|起(?:正式)?(?:施行|生效)|同时废止|负责解释|"
    "适用本(?:法|条例|办法|规定|细则)|本(?:法|条例|办法|规定|细则)(?:适用|所称|规定的)|处.{0,16}(?:罚款|拘留|徒刑)|追究刑事责任|责令(?:限期)?改正|"
    "特此(?:通知|公告)|联系(?:人|电话|方式)|电子邮箱|有效期"
)
"""Words of definitions, commencements, penalties and closing formulas."""
_MODAL: Final = re.compile("(?<!重)(?:要(?![求点素闻])|应当|必须|须|不得|严禁|务必|一律)|负责(?!人|同志|任)")
_MODAL_REACH: Final = 40
"""How far into a sentence its modal verb may stand, in characters (20–80)."""
_STRONG: Final = re.compile("开展|组织|落实|制定|建立|完善|推进|加强|强化|实施|整治|排查|完成|召开|健全")
_STRONG_REACH: Final = 12
"""How far into a sentence a verb that plans use for duties may stand behind other words (4–20)."""
_HOW: Final = (
    "(?:严格|认真|切实|持续|深入|全面|进一步|加快|积极|大力|着力|扎实|稳步|不断|充分|集中|因地制宜|依法|依规|定期|不定期|适时|常态化|及时|强力|"
    "有效|重点|广泛|主动|逐步|坚决|严厉|科学|合理|具体|分别|共同|亲自|努力|统一|力争|基本|普遍|逐级|分级|分类|全力|有序|优先|从严|从快|高标准|"
    "高质量|严肃|重新|继续|率先|按时|按期|按要求|按程序|超前|提前|分批|同步)*"
)
_DOES: Final = re.compile(
    f"{_HOW}(?:对|将|把|向|为|与|在|以|按|由|每|至少|"
    "加强|加大|加密|强化|建立|建成|建设|健全|完善|落实|开展|推[动进广行]|贯彻|制定|制作|优化|实[现行施]|坚持|细化|明确|成立|用好|做[好到]|组织|统筹|"
    "协调|督促|指导|引导|鼓励|支持|聚焦|结合|围绕|依托|针对|运用|利用|发挥|牵头|配合|会同|联合|综合|提[升高速]|打造|打击|打好|整[治改]|排查|检查|"
    "巡查|督[查导]|清[理退零查]|取缔|关闭|淘汰|改造|更新|安装|配[备齐]|配套|培[训育养]|宣[传讲贯]|普及|演练|评[估选定]|考核|通报|约谈|曝光|公[布开示]|"
    "报[送告请]|上报|备案|汇总|编[制辑印]|印发|出台|修[订编复改]|起草|研[究判发]|分析|总结|梳理|摸[清排]|厘清|理顺|掌握|核[查实对]|复[查核]|验收|"
    "审[查批核]|登记|录入|纳入|列入|接入|覆盖|形成|构建|搭建|创[建新]|探索|试点|深化|巩固|固化|扩大|拓[展宽]|增[加强设]|减[少轻]|压[实紧减缩]|控制|遏制|"
    "防[范止控治]|严[查防控格厉把禁]|管控|监[管测督控]|保[障持证护]|确保|维护|养护|疏[散导通]|处[置理]|处罚|查[处清办]|执行|执法|追究|问责|奖励|表彰|"
    "召开|举办|参[加与]|听取|研学|学习|传达|部署|安排|动员|调[度研整配]|谋划|规[范划]|设[立置]|划[定分]|选[树聘派拔]|聘[请用]|抽[查调]|共享|互通|"
    "联动|对接|衔接|跟踪|反馈|整合|盘活|收集|储备|补[齐充]|充实|壮大|发展|培植|扶持|引进|招[引商]|办[理结好]|申[报请]|争取|拨付|筹[集措]|发放|减免|"
    "降低|简化|取消|下放|开[通设发放]|启动|恢复|停止|暂停|禁止|限制|签订|履行|承担|兑现|完成|达到|抓[好实紧细]|突出|树[立牢]|厚植|弘扬|营造|挖掘|"
    "编排|张贴|发[布挥动]|播放|设|建|抓|查|管|治|守|用|做|定|补|改|送)"
)
"""How a sentence begins that asks: with a verb, or with what is to be treated."""


def asks(words: str, *, charged: bool) -> bool:
    """Whether the words, without reasons and subject, ask for something; `charged`: units answer for them.

    Example: `加强宣传` asks, `本办法自印发之日起施行` and `上海上线了专栏` do not.
    """
    if _NOT_ASKED.search(words):
        return False
    return charged or bool(
        _DOES.match(words) or _MODAL.search(words, 0, _MODAL_REACH) or _STRONG.search(words, 0, _STRONG_REACH)
    )
