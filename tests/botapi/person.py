"""A person with Telegram on the phone: writes, taps, sends, and reads what the bot says."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.botapi.cloud import Cloud, Delivered, Json
from tests.botapi.methods import file_fields, photo_size

GROUP = -100_200_300


class Person:
    """One private chat with the bot. Everything said returns the update, so that a test can repeat it."""

    def __init__(self, cloud: Cloud, number: int, name: str) -> None:
        self.cloud = cloud
        self.number = number
        self.name = name
        self.user: Json = {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
        self.chat: Json = {"id": number, "type": "private", "first_name": name}
        self._read = 0

    def says(self, text: str) -> Json:
        """Write a text message."""
        return self._sends({"text": text, **command_entities(text)})

    def opens(self, payload: str = "") -> Json:
        """Open the bot by its link, t.me/bot?start=payload."""
        return self.says(f"/start {payload}".strip())

    def taps(self, label: str) -> Json:
        """Press the newest button that contains *label*."""
        for delivered in reversed(self.screen()):
            for button in delivered.buttons:
                if label in button["text"] and "callback_data" in button:
                    query = {
                        "id": str(time.monotonic_ns()),
                        "from": self.user,
                        "message": delivered.message,
                        "chat_instance": "1",
                        "data": button["callback_data"],
                    }
                    return self.cloud.push("callback_query", query)
        raise AssertionError(f"{self.name} sees no button {label!r} in {[d.labels for d in self.screen()]}")

    def sends_button_data(self, data: str) -> Json:
        """Press a button of an old message whose data the bot may no longer know."""
        query = {"id": "0", "from": self.user, "chat_instance": "1", "data": data}
        return self.cloud.push("callback_query", {**query, "message": self._message({"text": "旧消息"})})

    def sends_photo(self, data: bytes, caption: str = "") -> Json:
        """Send a photo in two sizes, as Telegram offers it; only the larger one is the true file."""
        small, large = self.cloud.keep_file(b"thumbnail"), self.cloud.keep_file(data)
        sizes = [photo_size(small, b"thumbnail", 90), photo_size(large, data)]
        return self._sends({"photo": sizes, **({"caption": caption} if caption else {})})

    def sends_document(self, data: bytes, name: str, mime_type: str) -> Json:
        """Send a file."""
        fields = file_fields(self.cloud.keep_file(data), data)
        return self._sends({"document": {**fields, "file_name": name, "mime_type": mime_type}})

    def sends_voice(self, data: bytes) -> Json:
        """Send a voice message."""
        fields = file_fields(self.cloud.keep_file(data), data)
        return self._sends({"voice": {**fields, "duration": 3, "mime_type": "audio/ogg"}})

    def sends_video(self, size: int = 5) -> Json:
        """Send a video of so many bytes."""
        fields = file_fields(self.cloud.keep_file(b"video"), b"video") | {"file_size": size}
        return self._sends({"video": {**fields, "width": 640, "height": 480, "duration": 5}})

    def forwards(self, text: str) -> Json:
        """Pass on what somebody else wrote."""
        origin = {"type": "hidden_user", "sender_user_name": "别人", "date": int(time.time())}
        return self._sends({"text": text, "forward_origin": origin})

    def sends_sticker(self) -> Json:
        """Send a sticker."""
        fields = file_fields(self.cloud.keep_file(b"sticker"), b"sticker")
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends({"sticker": {**fields, **look}})

    def sends_dice(self) -> Json:
        """Send something that no form needs."""
        return self._sends({"dice": {"emoji": "🎲", "value": 3}})

    def shares_location(self, latitude: float, longitude: float) -> Json:
        """Share a point on the map."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    def shares_contact(self, phone: str) -> Json:
        """Share one's own phone number."""
        contact = {"phone_number": phone, "first_name": self.name, "user_id": self.number}
        return self._sends({"contact": contact})

    def edits(self, text: str) -> Json:
        """Change an earlier message."""
        message = {**self._message({"text": text}), "edit_date": int(time.time())}
        return self.cloud.push("edited_message", message)

    def says_in_group(self, text: str) -> Json:
        """Write in a group that the bot was added to."""
        group: Json = {"id": GROUP, "type": "supergroup", "title": "村民群"}
        self.cloud.chats[GROUP] = group
        return self.cloud.push("message", {**self._message({"text": text}), "chat": group})

    def blocks(self) -> None:
        """Block the bot."""
        self.cloud.blocked.add(self.number)

    def unblocks(self) -> None:
        """Allow the bot to write again."""
        self.cloud.blocked.discard(self.number)

    def screen(self) -> list[Delivered]:
        """Return all messages of the bot in this chat, oldest first."""
        with self.cloud.changed:
            return [delivered for delivered in self.cloud.delivered if delivered.chat == self.number]

    def hears(self, substring: str, timeout: float = 60) -> Delivered:
        """Wait for a message that contains *substring* and comes after the last one waited for."""
        return self._waits(lambda message: substring in message.text, f"text {substring!r}", timeout)

    def sees_button(self, label: str, timeout: float = 60) -> Delivered:
        """Wait for a message with such a button, after the last one waited for."""
        return self._waits(
            lambda message: any(label in known for known in message.labels), f"button {label!r}", timeout
        )

    def sees_file(self, timeout: float = 60) -> bytes:
        """Wait for a message with a file and return its bytes."""
        data = self._waits(lambda message: message.file is not None, "file", timeout).file
        assert data is not None
        return data

    def count(self, substring: str) -> int:
        """Count the messages on the screen that contain *substring*."""
        return sum(substring in delivered.text for delivered in self.screen())

    def _waits(self, wanted: Callable[[Delivered], bool], what: str, timeout: float) -> Delivered:
        end = time.monotonic() + timeout
        with self.cloud.changed:
            while True:
                for delivered in self._unread():
                    if wanted(delivered):
                        self._read = delivered.number
                        return delivered
                if time.monotonic() >= end:
                    break
                self.cloud.changed.wait(end - time.monotonic())
        seen = "\n".join(f"- {d.text} {d.labels}" for d in self._unread())
        raise AssertionError(f"{self.name} waited {timeout:g} s for {what}; unread messages:\n{seen}")

    def _unread(self) -> list[Delivered]:
        return [delivered for delivered in self.screen() if delivered.number > self._read]

    def _sends(self, content: Json) -> Json:
        return self.cloud.push("message", self._message(content))

    def _message(self, content: Json) -> Json:
        self.cloud.chats[self.number] = self.chat
        head = {"message_id": next(self.cloud.message_ids), "date": int(time.time())}
        return {**head, "chat": self.chat, "from": self.user, **content}


def command_entities(text: str) -> Json:
    """Mark a leading /command as Telegram does."""
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
