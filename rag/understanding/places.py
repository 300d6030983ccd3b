"""Names of places: their parts, what people call them for short, and which are plainly places."""

from __future__ import annotations

import re

PART = re.compile(r"[一-龥]{2,}?(?:自治区|自治州|自治县|地区|街道|省|市|盟|旗|县|区|镇|乡)")
PEOPLES = "满|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|羌|仡佬|土"
ENDING = re.compile(
    rf"(?:(?:{PEOPLES})族|各族)*(?:自治区|自治州|自治县|自治旗)$|(?:街道办事处|街道|地区|省|市|盟|旗|县|区|镇|乡)$"
)
LEVELS = (
    re.compile("(?:省|自治区)$"),
    re.compile("(?:市|自治州|地区|盟)$"),
    re.compile("(?:县|区|旗)$"),
    re.compile("(?:镇|乡|街道)$"),
)
SMALLEST = len(LEVELS)
"""The level of what has no ending of a place: below all others."""
STREET = "街"
SHORTEST_STEM = 2

KNOWN = frozenset(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
    海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛
    邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
    呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州
    营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗
    双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城
    扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南
    马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平
    龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台
    潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳
    许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州
    黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州
    韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳
    云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州
    成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳
    六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 日喀则 昌都 林芝
    山南 那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖
    平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
    """.split()  # noqa: SIM905  (a list of quoted words would be four times as long)
)
"""The provinces, and the cities just below them."""
ALSO_WORDS = frozenset(
    {"中山", "安康", "海东", "平凉", "大理", "白银", "来宾", "黄山", "中卫", "吉林", "山南"}
)
"""Names that are also something else (安康杯); they count as places only with their ending."""
WITH_ENDING = re.compile(
    rf"(?:{'|'.join(sorted(KNOWN, key=lambda name: (-len(name), name)))})"
    r"(?:省|市|自治区|地区)?(?:(?:(?![各全本每某哪个对的和与在市])[一-龥]){2,3}?(?:县|区|镇|乡|街道)(?!域))?"
)
FIRST_NAMED = re.compile(
    r"^(?:在|到|去|请问|关于)?((?:(?![各全本每某县市区乡镇街])[一-龥]){2,3}(?:县|区|市|镇|乡|街道))(?!委|政府|里|级|域)"
)
"""A name with its ending that opens a question."""


def parts(place: str) -> tuple[str, ...]:
    """The places a full name is made of, from the largest.

    >>> parts("新密市青屏街街道")
    ('新密市', '青屏街街道')
    """
    return tuple(PART.findall(place)) or (place,)


def level(place: str) -> int:
    """How far below the whole country a place stands, by its ending: 0 a province … 3 a township.

    >>> level("河南省"), level("驻马店市"), level("襄城县"), level("青屏街街道")
    (0, 1, 2, 3)
    """
    return next((at for at, ending in enumerate(LEVELS) if ending.search(place)), SMALLEST)


def stem(name: str) -> str:
    """A place's name without its ending, and without the peoples of an autonomous county.

    >>> stem("岫岩满族自治县"), stem("襄城县"), stem("青屏街街道")
    ('岫岩', '襄城', '青屏街')
    """
    bare = ENDING.sub("", name)
    return bare if len(bare) >= SHORTEST_STEM else name


def also_called(name: str) -> frozenset[str]:
    """What a place is called, for short and in full.

    >>> sorted(also_called("襄城县"))
    ['襄城', '襄城县']
    """
    bare = stem(name)
    names = {name, bare, bare + "县"} if "自治县" in name else {name, bare}
    if bare.endswith(STREET) and len(bare) > SHORTEST_STEM:
        names |= {bare.removesuffix(STREET), bare.removesuffix(STREET) + "街道", bare + "道"}
    elif name.endswith("街道"):
        names.add(bare + STREET)
    return frozenset(names)
