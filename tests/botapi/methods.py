"""The Bot API methods that the bot may call, with the refusals that the real server gives."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from tests.botapi.cloud import BOT, ApiError, Cloud, Delivered, Json

Upload = tuple[str, bytes]
Method = Callable[[Cloud, Json, dict[str, Upload]], Any]

MAX_TEXT, MAX_CAPTION, MAX_BUTTON_DATA, MAX_DOWNLOAD, MAX_DELETED = 4096, 1024, 64, 20 * 1024 * 1024, 100


def get_me(_cloud: Cloud, _params: Json, _files: dict[str, Upload]) -> Json:
    return BOT


def get_updates(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> list[Json]:
    if cloud.webhook:
        raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
    if "allowed_updates" in params:
        cloud.allowed = params["allowed_updates"] or None
    return cloud.wait_updates(
        offset=int(params.get("offset", 0)),
        limit=min(100, max(1, int(params.get("limit", 100)))),
        seconds=float(params.get("timeout", 0)),
    )


def set_webhook(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> bool:
    cloud.webhook = str(params["url"])
    return True


def delete_webhook(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> bool:
    cloud.webhook = ""
    if params.get("drop_pending_updates") in (True, "true", "True"):
        cloud.updates.clear()
    return True


def get_webhook_info(cloud: Cloud, _params: Json, _files: dict[str, Upload]) -> Json:
    return {
        "url": cloud.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(cloud.updates),
    }


def set_my_commands(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> bool:
    cloud.commands = params["commands"]
    return True


def send_message(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> Json:
    text = str(params.get("text", ""))
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_units(text) > MAX_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return show(cloud, "sendMessage", params, {"text": text})


def send_photo(cloud: Cloud, params: Json, files: dict[str, Upload]) -> Json:
    file = uploaded("photo", params, files)
    return show(cloud, "sendPhoto", params, {"photo": [photo_size(cloud.keep_file(file), file)]}, file)


def send_document(cloud: Cloud, params: Json, files: dict[str, Upload]) -> Json:
    file = uploaded("document", params, files)
    name = files["document"][0]
    return show(
        cloud,
        "sendDocument",
        params,
        {"document": {**file_fields(cloud.keep_file(file), file), "file_name": name}},
        file,
    )


def send_voice(cloud: Cloud, params: Json, files: dict[str, Upload]) -> Json:
    file = uploaded("voice", params, files)
    return show(
        cloud, "sendVoice", params, {"voice": {**file_fields(cloud.keep_file(file), file), "duration": 1}}, file
    )


def edit_message_text(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> Json:
    return edit(cloud, params, {"text": str(params["text"])})


def edit_message_reply_markup(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> Json:
    return edit(cloud, params, {})


def get_file(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> Json:
    file_id = str(params["file_id"])
    data = cloud.files.get(file_id)
    if data is None:
        raise ApiError(400, "Bad Request: invalid file_id")
    if len(data) > MAX_DOWNLOAD:
        raise ApiError(400, "Bad Request: file is too big")
    return {**file_fields(file_id, data), "file_path": f"uploads/{file_id}"}


def say_yes(_cloud: Cloud, _params: Json, _files: dict[str, Upload]) -> bool:
    return True


def delete_message(cloud: Cloud, params: Json, files: dict[str, Upload]) -> bool:
    """Delete one message of a private chat."""
    if (int(params["chat_id"]), int(params["message_id"])) in cloud.deleted:
        raise ApiError(400, "Bad Request: message to delete not found")
    return delete_messages(cloud, {**params, "message_ids": json.dumps([int(params["message_id"])])}, files)


def delete_messages(cloud: Cloud, params: Json, _files: dict[str, Upload]) -> bool:
    """Delete messages of a private chat, its person's too; what cannot be found is skipped."""
    wanted = json.loads(params["message_ids"])
    if not 1 <= len(wanted) <= MAX_DELETED:
        raise ApiError(400, "Bad Request: message identifiers are not specified")
    with cloud.changed:
        cloud.deleted.update((int(params["chat_id"]), int(number)) for number in wanted)
        cloud.delivered[:] = [one for one in cloud.delivered if (one.chat, one.number) not in cloud.deleted]
        cloud.changed.notify_all()
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendvoice": send_voice,
    "sendchataction": say_yes,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": say_yes,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "getfile": get_file,
}


def utf16_units(text: str) -> int:
    """Count as Telegram counts: an emoji outside the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def file_fields(file_id: str, data: bytes) -> Json:
    """Fields that every file object has."""
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(data)}


def photo_size(file_id: str, data: bytes, width: int = 1280) -> Json:
    """A PhotoSize object."""
    return {**file_fields(file_id, data), "width": width, "height": width * 3 // 4}


def uploaded(kind: str, params: Json, files: dict[str, Upload]) -> bytes:
    """Return the bytes of a multipart upload."""
    if kind not in files:
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if utf16_units(str(params.get("caption", ""))) > MAX_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    return files[kind][1]


def check_keyboard(markup: Json) -> None:
    """Refuse what Telegram refuses in an inline keyboard."""
    for button in (button for row in markup.get("inline_keyboard", []) for button in row):
        if not button.get("text"):
            raise ApiError(400, "Bad Request: inline keyboard button text is empty")
        if len(button.get("callback_data", "").encode()) > MAX_BUTTON_DATA:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        if not button.get("callback_data") and not button.get("url"):
            raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        host = button.get("url", "http://a.b").split("://")[-1].split("/")[0].split(":")[0]
        if "." not in host:
            raise ApiError(400, "Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")


def show(cloud: Cloud, method: str, params: Json, content: Json, file: bytes | None = None) -> Json:
    """Deliver a message of the bot, or refuse as Telegram does."""
    chat = int(params["chat_id"])
    if chat not in cloud.chats:
        raise ApiError(400, "Bad Request: chat not found")
    if chat in cloud.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    message: Json = {
        "message_id": next(cloud.message_ids),
        "date": int(time.time()),
        "chat": cloud.chats[chat],
        "from": BOT,
        **content,
    }
    if params.get("caption"):
        message["caption"] = str(params["caption"])
    if params.get("reply_markup"):
        check_keyboard(params["reply_markup"])
        message["reply_markup"] = params["reply_markup"]
    cloud.deliver(Delivered(method, message, file))
    return message


def edit(cloud: Cloud, params: Json, content: Json) -> Json:
    """Change a delivered message."""
    for delivered in cloud.delivered:
        message = delivered.message
        same = (delivered.chat, message["message_id"]) == (int(params["chat_id"]), int(params["message_id"]))
        if not same:
            continue
        changed = {key: value for key, value in message.items() if key != "reply_markup"} | content
        if params.get("reply_markup"):
            check_keyboard(params["reply_markup"])
            changed["reply_markup"] = params["reply_markup"]
        if changed == message:
            raise ApiError(400, "Bad Request: message is not modified")
        with cloud.changed:
            delivered.message = {**changed, "edit_date": int(time.time())}
            cloud.changed.notify_all()
        return delivered.message
    raise ApiError(400, "Bad Request: message to edit not found")
