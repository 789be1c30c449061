"""JSON from a file that need not fit into memory: one value after the other is read."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

CHUNK = 1 << 16
LONGEST_VALUE = 1 << 28
"""Characters that one value, a thread say, may have."""

_SPACE = " \t\n\r"
_AFTER_NUMBERS = set(f"{_SPACE},]}}")


class UnreadableFile(ValueError):
    """A file cannot be read as what it should be; the message is one clear sentence."""


class JSONText:
    """A place in a text of JSON values.

    Args:
        file: the text in UTF-8, with or without a byte order mark.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._values = json.JSONDecoder(parse_constant=_refuse_constant)
        self._text = ""
        self._at = 0
        self._lines = 1
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read(CHUNK):
                return ""

    def take(self, character: str) -> bool:
        """Go past a character if it is the next one, and return whether it was."""
        if self.peek() != character:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """Read the next value, whole.

        Raises:
            UnreadableFile: there is none, or it is longer than `LONGEST_VALUE`.
        """
        self.peek()
        while True:
            try:
                value, end = self._values.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                place = error.pos - self._at if isinstance(error, json.JSONDecodeError) else 0
                if self._read(max(len(self._text) - self._at, CHUNK)):
                    continue
                if isinstance(error, RecursionError):
                    raise UnreadableFile("its JSON is nested too deeply.") from None
                self._at += place
                self.refuse()
            # A number may go on where the text that was read so far ends.
            if self._text[end : end + 1] in _AFTER_NUMBERS or not isinstance(value, int | float):
                break
            if not self._read(CHUNK):
                break
        self._at = end
        return value

    def elements(self) -> Iterator[Any]:
        """Read an array element by element; the text stands at its opening bracket."""
        self._must_take("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            self._must_take(",")

    def names(self) -> Iterator[str]:
        """Read an object name by name; who iterates reads the value after each."""
        self._must_take("{")
        if self.take("}"):
            return
        while True:
            if self.peek() != '"':
                self.refuse()
            yield self.value()
            if self.take("}"):
                return
            self._must_take(",")

    def colon(self) -> None:
        """Go past the colon between a name and its value."""
        self._must_take(":")

    def refuse(self) -> NoReturn:
        """Say that the text is not JSON here.

        Raises:
            UnreadableFile: always.
        """
        line = self._lines + self._text.count("\n", 0, self._at)
        if not self._text[self._at :].strip():
            raise UnreadableFile(f"its JSON ends too early, in line {line}.")
        raise UnreadableFile(f"it is not valid JSON in line {line}.")

    def _must_take(self, character: str) -> None:
        if not self.take(character):
            self.refuse()

    def _read(self, count: int) -> bool:
        """Read at least so many bytes more, unless the file ends before; return if any came."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > LONGEST_VALUE:
            raise UnreadableFile("it holds one value that is too large.")
        data = self._file.read(count)
        self._ended = not data
        try:
            self._text += self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise UnreadableFile("it is not text in UTF-8.") from None
        return bool(data)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
