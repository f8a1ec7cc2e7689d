"""The officers' console: sign in, see what waits, work a case, meet, post, print. No rule of a case stands here."""
