import pytest

from chat.page.file_facts import file_kind, file_size


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/pdf", "PDF"),
        ("text/plain; charset=utf-8", "Text"),
        ("image/svg+xml", "SVG image"),
        ("audio/x-wav", "WAV audio"),
        ("application/vnd.unknown", "application/vnd.unknown"),
        ("", ""),
        ("nonsense", "nonsense"),
    ],
)
def test_a_type_has_a_name_for_people(media_type: str, kind: str) -> None:
    assert file_kind(media_type) == kind


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (None, ""),
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (12_345, "12 kB"),
        (999_600, "1.0 MB"),
        (1_234_567, "1.2 MB"),
        (5 * 10**15, "5000 TB"),
    ],
)
def test_a_size_has_a_unit(size: int | None, words: str) -> None:
    assert file_size(size) == words
