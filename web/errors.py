"""Error pages: what happened and what to do, in plain Chinese, never a traceback."""

from __future__ import annotations

from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.faults import new_reference, trace
from web.site import site_of

_log = structlog.get_logger()

_TOO_LARGE: Final = 413
_WORDS: Final = {
    400: ("没有看懂", "这一页发来的内容不完整。请回到首页再试一次；话太长时，请分几次发。"),
    403: ("没有发出去", "为了安全，这一次没有收下。请从首页重新打开，再发一次。"),
    404: ("没有找到这一页", "网址可能抄错了，或者这一页已经不在了。"),
    405: ("没有找到这一页", "请从首页进去。"),
    _TOO_LARGE: (
        "太大了，没有收下",
        "照片一次最多发 3 张；视频收不了，要紧的地方拍张照片。写的话也没有发出去：按“后退”回去，多半还在，再发一次。",
    ),
}
_FILE_TOO_LARGE: Final = ("文件太大了", "没有收下：这个文件太大。请拆小再交。")
_UNKNOWN: Final = ("没有办成", "请回到首页再试一次。")
_OURS: Final = ("出了点问题", "是我们这边的毛病，不是您操作错了。请过几分钟再试；着急的事，请直接找村委会。")


def wants_json(request: Request) -> bool:
    """Tell whether the page's script asks, rather than the browser itself."""
    return "application/json" in request.headers.get("accept", "")


async def refuse(request: Request, error: Exception) -> Response:
    """Answer an expected refusal with its page."""
    assert isinstance(error, HTTPException)
    title, remedy = _WORDS.get(error.status_code, _UNKNOWN)
    if error.status_code == _TOO_LARGE and request.url.path.startswith("/desk/knowledge"):
        title, remedy = _FILE_TOO_LARGE
    return _page(request, title, remedy, status=error.status_code)


async def fail(request: Request, error: Exception) -> Response:
    """Answer an unexpected failure with a reference number, and log where it happened under the same number."""
    reference = new_reference()
    _log.error("web.failed", reference=reference, route=_route(request), trace=trace(error))
    title, remedy = _OURS
    return _page(request, title, f"{remedy}（编号 {reference}）", status=500)


def _page(request: Request, title: str, remedy: str, *, status: int) -> Response:
    if wants_json(request):
        return JSONResponse({"problem": f"{title}。{remedy}"}, status_code=status)
    site = site_of(request)
    template = "desk/error.html" if request.url.path.startswith("/desk") else "error.html"
    return site.templates.page(request, template, {"title": title, "remedy": remedy}, status=status)


def _route(request: Request) -> str:
    """Return the pattern of the address, since the address itself may hold a name or number."""
    return str(getattr(request.scope.get("route"), "path", "unknown"))
