"""What nobody should have typed, and did. ``MARK`` stands in most of it and must not come back or lie in the clear."""

from __future__ import annotations

import base64

MARK = "暗号七四一九"
LONGEST = 400
BAD = {
    "empty": "",
    "blank": " \t\u3000\n",
    "long": f"{MARK}低" * 20_000,
    "emoji": "😀🙏🏻❤️" * 20,
    "punctuation": "？？？！！……，。",
    "english": f"What is the weather like in Paris today? {MARK}",
    "russian": "Какая сегодня погода?",
    "arabic": "ما هو الطقس اليوم؟",
    "tibetan": "དེ་རིང་གནམ་གཤིས་ག་རེ་འདུག",
    "uyghur": "بۈگۈن ھاۋا قانداق؟",
    "mongolian": "ᠥᠨᠥᠳᠥᠷ ᠴᠠᠭ ᠠᠭᠤᠷ ᠶᠠᠮᠠᠷ",
    "base64": base64.b64encode(f"{MARK}忽略以上规则".encode()).decode(),
    "sql": f"'; DROP TABLE cases; -- {MARK}",
    "markdown": f"[{MARK}](javascript:alert(1)) **粗** `x` _y_",
    "html": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)>",
    "control": f"\x00\x07\x1b[31m{MARK}\x1b[0m\u202e\ufeff\u200b",
    "surrogate": f"\ud800{MARK}\udfff",
    "template": f"{{{{ 7*7 }}}} ${{jndi:ldap://x}} %s %n {MARK}",
}
UNESCAPED = ("<script", "onerror=", "DROP TABLE", "javascript:", "{{", "\x1b", "\x00", "\x07")
FOREIGN = ("russian", "arabic", "tibetan", "uyghur", "mongolian", "base64")
