"""Bringing a file: read in the sandbox, looked at and put right, then taken in or left out."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.officers import load_officer
from ingest.files import MEGABYTE
from ingest.placing import Placer
from ingest.report import CleaningReport
from ingest.uploads import (
    Upload,
    UploadDecidedError,
    UploadState,
    documents_of,
    load_upload,
    load_uploads,
    open_upload,
    read_upload,
)
from ingest.uploads import drop as leave_out
from ingest.uploads import take_in as put_into_use
from knowledge.documents import load_edition, load_passages
from web.background import Show
from web.knowledge_desk.documents import particulars_of
from web.knowledge_desk.rights import number_of, refresh_index, show_page
from web.knowledge_desk.versions import NEITHER, chosen, declare, offered, undecided
from web.officers.door import Desk
from web.site import Site

_DECIDED = "这份文件刚才已经有人定了，或者还没有读完。请看现在的样子。"
_LISTED = 30
_PASSAGES_SHOWN = 6


def show_all(desk: Desk) -> Response:
    """GET /desk/knowledge/upload: the form, and what was brought lately."""
    return _list_page(desk)


def bring(desk: Desk) -> Response:
    """POST /desk/knowledge/upload: begin to read a file."""
    if not desk.form.files:
        return _list_page(desk, problem="请选一个文件再交。空文件不收。")
    if len(desk.form.files[0]) > desk.site.settings.ingest.max_megabytes * MEGABYTE:
        return _list_page(desk, problem=f"文件太大：上限 {desk.site.settings.ingest.max_megabytes} MB。请拆小再交。")
    with desk.writing():
        upload = open_upload(desk.store, (*desk.form.file_names, "")[0], officer=desk.officer.id, now=desk.now)
        answer = desk.done(f"/desk/knowledge/upload/{upload.number}", "收到了。读完先给您看，定了才用。")
    _begin_reading(desk.site, upload, desk.form.files[0])
    return answer


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/upload/{number}: what was read of it, to be decided."""
    return _page(desk, _upload(desk))


def progress(desk: Desk) -> Response:
    """GET /desk/knowledge/upload/{number}/news: still reading, or the page is due again."""
    upload = _upload(desk)
    reading = upload.state is UploadState.READING and _under_way(desk.site, upload)
    text = desk.site.templates.text("desk/knowledge_reading.html", {"upload": upload, "under_way": reading})
    return Response(text, media_type="text/html; charset=utf-8", headers={} if reading else {"HX-Refresh": "true"})


def take_in(desk: Desk) -> Response:
    """POST /desk/knowledge/upload/{number}/take."""
    upload = _upload(desk)
    held = documents_of(desk.store, upload)
    likely = offered(desk, held) if upload.state is UploadState.HELD else {}
    open_ = undecided(desk, held, likely)
    if open_:
        return _page(desk, upload, problem=f"请先定：《{open_[0].title}》是不是已有资料的新版本。", status=422)
    try:
        with desk.writing():
            documents = put_into_use(desk.store, upload.number, officer=desk.officer.id, now=desk.now)
            newer = chosen(desk, likely)
            for one, older in newer.items():
                declare(desk, one, older)
            replaced = f"，代替了 {len(newer)} 篇旧的（留作历史）" if newer else ""
            said = f"收进来了，{len(documents)} 篇{replaced}。索引在后台更新，更新完就照它答。"
            answer = desk.done(f"/desk/knowledge/upload/{upload.number}", said)
    except UploadDecidedError:
        return _page(desk, _upload(desk), problem=_DECIDED)
    refresh_index(desk.site)
    return answer


def drop(desk: Desk) -> Response:
    """POST /desk/knowledge/upload/{number}/drop."""
    upload = _upload(desk)
    try:
        with desk.writing():
            leave_out(desk.store, upload.number, officer=desk.officer.id, now=desk.now)
            return desk.done("/desk/knowledge/upload", "没有收，什么都没有变。要再收，请重新交一次。")
    except UploadDecidedError:
        return _page(desk, _upload(desk), problem=_DECIDED)


def _begin_reading(site: Site, upload: Upload, data: bytes) -> None:
    def work(show: Show) -> None:
        show(0, 1)
        placer = Placer(site.places.gazetteer)
        read_upload(site.open_store(), upload, data, site.settings.ingest, placer, now=site.clock())

    site.background.start(_key(upload), work)


def _list_page(desk: Desk, *, problem: str = "") -> Response:
    uploads = load_uploads(desk.store)[:_LISTED]
    context = {
        "uploads": uploads,
        "names": {one.officer: load_officer(desk.store, one.officer).name for one in uploads},
        "largest": desk.site.settings.ingest.max_megabytes,
        "problem": problem,
    }
    return show_page(desk, "knowledge_uploads.html", context, status=422 if problem else 200)


def _page(desk: Desk, upload: Upload, *, problem: str = "", status: int = 409) -> Response:
    retired = upload.state is not UploadState.TAKEN
    documents, held = [], documents_of(desk.store, upload)
    likely = offered(desk, held) if upload.state is UploadState.HELD else {}
    for document in held:
        edition = load_edition(desk.store, document.id)
        passages = load_passages(desk.store, document.id, retired=retired)
        documents.append(
            {
                "document": document,
                "particulars": particulars_of(desk, document),
                "report": CleaningReport.from_json(edition.cleaning_report if edition else "{}"),
                "passages": passages[:_PASSAGES_SHOWN],
                "more": len(passages) - _PASSAGES_SHOWN,
                "count": len(passages),
                "likely": likely.get(document.id, []),
                "chosen": desk.form.text(f"older-{document.id}"),
            }
        )
    context = {
        "upload": upload,
        "by": load_officer(desk.store, upload.officer).name,
        "under_way": _under_way(desk.site, upload),
        "documents": documents,
        "neither": NEITHER,
        "problem": problem,
    }
    return show_page(desk, "knowledge_upload.html", context, status=status if problem else 200)


def _upload(desk: Desk) -> Upload:
    try:
        return load_upload(desk.store, number_of(desk))
    except LookupError as error:
        raise HTTPException(404) from error


def _under_way(site: Site, upload: Upload) -> bool:
    job = site.background.job(_key(upload))
    return job is not None and job.under_way


def _key(upload: Upload) -> str:
    return f"upload:{upload.number}"
