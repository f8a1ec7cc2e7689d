"""The kinds of lines and insertions that web pages put around a document, as patterns on plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class LineRule:
    """A line that matches and is not longer than ``longest`` is furniture."""

    reason: str
    pattern: re.Pattern[str]
    longest: int


def _rule(reason: str, *alternatives: str, longest: int = 60) -> LineRule:
    return LineRule(reason, re.compile("|".join(alternatives), re.IGNORECASE), longest)


_FRAME: Final = r"[\s【】\[\]()（）|]*"
_BUTTON: Final = "大|中|小|打印(本[页文稿])?|关闭(窗口|本页)?|收藏|复制|下载|纠错|语音播报|朗读"
_PAY: Final = "点击|登录|注册|开通|购买|充值|付费|下载"
_MENU: Final = (
    r"首\s*页|登录|注册|退出|搜索|收藏|手机版|客户端|繁體|繁体|简体|无障碍|适老|长者|关怀版|政务(微信|微博|服务|公开|新媒体|抖音)|IPv6"
    r"|网上信访|信箱|热线|问答|我要|纠错|评论|关键[词字]|信息公开|政民互动|互动交流|办事服务|走进|网站|新闻|专题|数据"
)
_ITEM: Final = rf"[^，。；:：\s]{{0,8}}({_MENU})[^，。；:：\s]{{0,8}}"
_COUNT: Final = r"\s*[:：]?\s*[\[(（]?\s*\d*\s*[\])）]?\s*(次|人次|人)?"

LINES: Final = (
    _rule("导航", r"^(您|你)?(现在|目前|当前)?的?(所在|所处)?的?位置(是|为)?\s*[:：]", longest=200),
    _rule("导航", r"^(网站)?首\s*页(\s*[>»›→/|＞-]+\s*\S|$)", longest=200),
    _rule("导航", r"^[^，。；:：]{1,16}(\s*[>»›＞]+\s*[^，。；:：]{1,40}){2,}$", longest=200),
    _rule("导航", rf"^(?=.*({_MENU}))[^，。；:：|｜]{{2,14}}(\s*[|｜]\s*[^，。；:：|｜]{{2,14}})+$", longest=120),
    _rule("导航", rf"^{_ITEM}(\s+{_ITEM})+$"),
    _rule("导航", r"^(热门|热点|大家(都)?在)?搜索?(词|热词)?\s*[:：]", longest=80),
    _rule("导航", r"^欢迎(您|来到|访问|光临).{0,40}(网站?|平台|门户)", longest=80),
    _rule("导航", r"^(?!关于)[^，。；:：\s]{2,16}(门户网站|政府网站|[政服][府务]网|信息网)(\s+[^，。；:：\s]{2,14})*$"),
    _rule("导航", r"^今天是.{0,30}(星期|欢迎)|欢迎.{0,40}今天是", longest=80),
    _rule("导航", r"^(返回|回到)?(顶部|首页|列表|上一页|上级|主站)$", r"^(网站地图|加入收藏|设为首页)$"),
    _rule("导航", r"^(上|下)一[篇条页章]\s*[:：]?.{0,60}$", r"^没有(了|更多)$", longest=80),
    _rule("分享栏", r"^(一键)?(分享|转发|推荐)(给|到|至|本[页文])?(微信|微博|朋友圈|好友)?\s*[:：]?$", r"^分享到"),
    _rule(
        "分享栏",
        r"(微信|手机).{0,6}扫一扫",
        r"扫一扫.{0,12}(手机|微信|打开|分享|关注|查看)",
        r"(关注|打开).{0,6}二维码",
        longest=24,  # a sentence that tells how to report by 扫一扫 is content
    ),
    _rule("字号和打印", r"^[\s【\[(（]*(文?字[体号]|显示)\s*(大小)?\s*[:：].{0,30}$"),
    _rule("字号和打印", rf"^{_FRAME}(({_BUTTON}){_FRAME})+$"),
    _rule("计数", rf"^(本[文页])?(浏览|点击|阅读|访问|查看|人气|热度|评论)(次|人)?(数|量|率)?{_COUNT}$"),
    _rule(
        "页脚",
        r"^(适老(化)?(版|模式)|无障碍(阅读|浏览|版)?|长者(版|模式|助手))$",
        r"^(繁體?(版)?|简体(版)?|手机版|english)$",
    ),
    _rule("付费提示", rf"^({_PAY}|关注).{{0,12}}(后|即可|才能|会员).{{0,10}}(查看|阅读|下载|全文).{{0,10}}$"),
    _rule("付费提示", r"^(展开|点击|查看|阅读)(阅读|查看)?(全文|更多|剩余.{0,8})$"),
    _rule("备案", r"ICP\s*(备|证)", r"[公网]安备\s*\d", "网站标识码", r"备案(序|编)?号\s*[:：]", longest=300),
    _rule(
        "版权",
        "©|copyright|all rights reserved|powered by",
        "^版权(所有|声明)",
        "未经(授权|许可).{0,20}(复制|转载|镜像)",
        longest=300,
    ),
    _rule("免责声明", r"^(免责|特别)声明\s*[:：]", r"^(声明|提示)\s*[:：].*(网络|本站|本网|转载|侵权)", longest=300),
    _rule("目录", r"^目\s*[录錄]$", r"^.{2,80}?[.．…·]{6,}\s*\d{1,4}$", longest=120),
    _rule("空表格线", r"^[\s|｜│_=~*+·.\-—]*$", longest=400),
)  # fmt: skip

# The name of the column that a page stands in, above the document's own head.
COLUMN: Final = re.compile(
    r"(通知公告|公[示告]公[告示]|(部门|政策|规范性|法规|其他)文件|政策(法规|解读|文件库)|(政府)?信息公开|政务公开|法定主动公开内容"
    r"|(工作|新闻|部门|基层|图片)(动态|新闻)|政务动态|正文|详情|内容)"
)
SURE_FOOTER: Final = frozenset({"备案", "版权"})
# A footer's other lines say little by themselves: a notice too may end with 联系电话.
FOOTER_LABEL: Final = re.compile(
    r"(主办(单位)?|承办(单位)?|协办|维护(单位)?|地\s*址|邮\s*编|邮政编码|联系电话|E-?mail)\s*[:：]"
    r"|技术支持|网站地图|联系我们|关于我们|网站声明|隐私政策|建议使用",
    re.IGNORECASE,
)
FOOTER_START: Final = re.compile("主办|承办|网站")
ATTACHMENT: Final = re.compile(r"附件|\.(docx?|xlsx?|pdf|wps)")
RELATED: Final = re.compile(
    r"(相关|推荐|热门|最新|延伸|猜你喜欢|为您推荐|你可能(还)?(感)?喜欢)\s*的?"
    r"(文章|阅读|推荐|新闻|资讯|信息|内容|范文|文档|链接)\s*[:：]?$"
    r"|^(猜你喜欢|大家都在看|热点排行|点击排行)\s*[:：]?$"
)

_HIDDEN: Final = (
    r"(当前|以下|此处|剩余|本文)?(隐藏|付费|剩余|未完)的?(内容|部分|章节|文字)(，?(需要?|请))?"
    r".{0,6}?(查看|阅读|解锁|下载|显示)\s*"
)
INSERTED: Final = (
    ("付费提示", re.compile(_HIDDEN)),
    ("付费提示", re.compile(rf"[\[【(（]({_PAY}).{{0,10}}(查看|阅读|全文|下载)[\])】）]")),
    ("计数", re.compile(r"[\[【(（]?(浏览|点击|阅读)(次数|量|数)\s*[:：]\s*\d+\s*次?[\])】）]?")),
    ("字号和打印", re.compile(r"【\s*字[体号]\s*[:：][^】]{0,30}(】|$)|[\[(（【]\s*打印(本页)?\s*[\])）】]")),
)
# The sentence in which a sample site praises its collection.
BLURB: Final = re.compile(
    "小编.*(整理|带来|分享|推荐|准备|收集|搜集|参考|帮助)|(整理|带来|分享|收集|搜集).*(范文|模板|精选).*供.*(参考|借鉴)"
)
SENTENCE: Final = re.compile("[^。！？!?]+[。！？!?]?")
