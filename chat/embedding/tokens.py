"""What a frame on another origin shows instead of a cookie, which the browser may withhold.

A token is short-lived and travels in a header of the frame's requests. The key that is given
with it lasts, lies in the storage of the page that embeds the chat, and is worth new tokens of
the same owner; only to the origin that it was given to.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from chat.errors import ChatError

HEADER = "ChatKit-Token"
TOKEN_TIME = timedelta(minutes=10)
KEY_TIME = timedelta(days=400)
REFRESH_AFTER = timedelta(days=30)
"""The age at which a key is made anew."""


class TokenInvalid(ChatError):
    """This frame's token is not valid any more."""

    status, code = 401, "token.invalid"


class FrameTokens:
    """Makes tokens and keys, and reads them."""

    def __init__(self, secret: str) -> None:
        """Take the secret to sign with."""
        self._tokens = URLSafeTimedSerializer(secret, salt="chatkit_frame_token")
        self._keys = URLSafeTimedSerializer(secret, salt="chatkit_frame_key")

    def give(self, origin: str, key: str) -> dict[str, str | int]:
        """Return a token and a key for an origin, of the owner that an earlier key names.

        The key is the earlier one, unchanged, where that is ours and not old.

        Args:
            origin: where the page that asks is from.
            key: the earlier key; a new owner gets one that names no one, or another origin's.
        """
        owner = self._read(self._keys, key, origin, KEY_TIME) or new_owner()
        is_fresh = self._read(self._keys, key, origin, REFRESH_AFTER) is not None
        return {
            "token": self._tokens.dumps([owner, origin]),
            "key": key if is_fresh else self._keys.dumps([owner, origin]),
            "seconds": int(TOKEN_TIME.total_seconds()),
        }

    def owner(self, token: str) -> str:
        """Return the owner that a token names.

        Raises:
            TokenInvalid: it is not ours, or too old.
        """
        owner = self._read(self._tokens, token, None, TOKEN_TIME)
        if owner is None:
            raise TokenInvalid
        return owner

    @staticmethod
    def _read(
        signer: URLSafeTimedSerializer, signed: str, origin: str | None, time: timedelta
    ) -> str | None:
        try:
            read = signer.loads(signed, max_age=int(time.total_seconds()))
        except BadData:
            return None
        match read:
            case [str(owner), str(given_to)] if origin in (None, given_to):
                return owner
            case _:
                return None


def new_owner() -> str:
    """Return the id of an owner who is new."""
    return f"usr_{secrets.token_hex(16)}"
