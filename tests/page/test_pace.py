"""How far apart the messages of a stream are."""

import asyncio

import pytest

from chat.sse import GATHER, Pace


class Clock:
    """The time of a loop in which nothing takes any but sleep."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.now = 1000.0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The only clock there is."""
    clock = Clock()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: clock)
    monkeypatch.setattr(asyncio, "sleep", clock.sleep)
    return clock


async def times(clock: Clock, pace: Pace, count: int) -> list[float]:
    """Return when some messages go out, from now on."""
    start = clock.now
    told = []
    for _ in range(count):
        await pace.wait()
        told.append(round(clock.now - start, 6))
    return told


FEW = [GATHER, 2 * GATHER, 3 * GATHER]


async def test_the_first_few_go_out_at_once_and_the_others_apart(clock: Clock) -> None:
    assert await times(clock, Pace(0.5, at_once=3), 5) == [*FEW, 0.5 + GATHER, 1 + GATHER]


async def test_after_a_silence_the_first_few_go_out_at_once_again(clock: Clock) -> None:
    pace = Pace(0.5, at_once=3)
    await times(clock, pace, 5)
    clock.now += 60
    assert await times(clock, pace, 5) == [*FEW, 0.5 + GATHER, 1 + GATHER]


async def test_who_never_pauses_is_kept_at_the_pace(clock: Clock) -> None:
    pace = Pace(0.5, at_once=3)
    await times(clock, pace, 5)
    assert await times(clock, pace, 3) == [0.5, 1, 1.5]
