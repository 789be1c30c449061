"""How the points of a line are connected: ``curve(points, "monotone")``, all fifteen ways.

A curve is a list of segments: two points for a straight line, four for a cubic Bézier. All of
them stay what they are when the drawing is stretched along its axes.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence

Point = tuple[float, float]
Segment = tuple[Point, ...]

CLOSED = frozenset({"basisClosed", "linearClosed"})


def curve(points: Sequence[Point], kind: str = "linear") -> list[Segment]:
    """Connect points, from the left to the right.

    Args:
        points: where the line goes through, or what it is drawn to by a ``basis`` curve.
        kind: one of ChatKit's curve types; any other word is ``linear``.
    """
    if len(points) < 2:
        return []
    if len(points) == 2 and kind not in _BY_PAIR:
        kind = "linear"
    return _WHOLE[kind](points) if kind in _WHOLE else _pairs(points, _BY_PAIR.get(kind, _line))


def path(segments: Sequence[Segment], moved: bool = True) -> str:
    """Return segments as the ``d`` of an SVG path.

    Args:
        segments: each begins where the last one ends.
        moved: whether the path begins here; else it goes on with a line.
    """
    if not segments:
        return ""
    parts = [f"{'M' if moved else 'L'}{_at(segments[0][0])}"]
    for segment in segments:
        command = "L" if len(segment) == 2 else "C"
        parts.append(command + " ".join(_at(point) for point in segment[1:]))
    return "".join(parts)


def reversed_curve(segments: Sequence[Segment]) -> list[Segment]:
    """Return the same curve from its end to its begin."""
    return [tuple(reversed(segment)) for segment in reversed(segments)]


def _at(point: Point) -> str:
    return f"{round(point[0], 2):g},{round(point[1], 2):g}"


def _pairs(
    points: Sequence[Point], connect: Callable[[Point, Point], list[Segment]]
) -> list[Segment]:
    return [segment for start, end in itertools.pairwise(points) for segment in connect(start, end)]


def _line(start: Point, end: Point) -> list[Segment]:
    return [(start, end)]


def _polyline(*points: Point) -> list[Segment]:
    return list(itertools.pairwise(points))


def _step(start: Point, end: Point) -> list[Segment]:
    middle = (start[0] + end[0]) / 2
    return _polyline(start, (middle, start[1]), (middle, end[1]), end)


def _step_before(start: Point, end: Point) -> list[Segment]:
    return _polyline(start, (start[0], end[1]), end)


def _step_after(start: Point, end: Point) -> list[Segment]:
    return _polyline(start, (end[0], start[1]), end)


def _bump_x(start: Point, end: Point) -> list[Segment]:
    middle = (start[0] + end[0]) / 2
    return [(start, (middle, start[1]), (middle, end[1]), end)]


def _bump_y(start: Point, end: Point) -> list[Segment]:
    middle = (start[1] + end[1]) / 2
    return [(start, (start[0], middle), (end[0], middle), end)]


def _linear_closed(points: Sequence[Point]) -> list[Segment]:
    return _pairs([*points, points[0]], _line)


def _mix(*weighted: tuple[float, Point]) -> Point:
    total = sum(weight for weight, _ in weighted)
    x, y = (sum(weight * point[axis] for weight, point in weighted) / total for axis in (0, 1))
    return (x, y)


def _knot(before: Point, point: Point, after: Point) -> Point:
    """Return where a uniform B-spline passes a control point."""
    return _mix((1, before), (4, point), (1, after))


def _spans(points: Sequence[Point]) -> list[Segment]:
    """Return the B-spline between the second and the last but one of its control points."""
    return [
        (_knot(a, b, c), _mix((2, b), (1, c)), _mix((1, b), (2, c)), _knot(b, c, d))
        for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False)
    ]


def _basis(points: Sequence[Point]) -> list[Segment]:
    first, last = points[0], points[-1]
    inner = _spans([first, first, *points[1:-1], last, last])
    return [(first, inner[0][0]), *inner, (inner[-1][3], last)]


def _basis_open(points: Sequence[Point]) -> list[Segment]:
    return _spans(points) or _pairs(points, _line)


def _basis_closed(points: Sequence[Point]) -> list[Segment]:
    return _spans([*points, *points[:3]])


def _natural(points: Sequence[Point]) -> list[Segment]:
    handles = [_natural_handles([point[axis] for point in points]) for axis in (0, 1)]
    firsts, seconds = (
        [(x, y) for x, y in zip(handles[0][side], handles[1][side], strict=True)] for side in (0, 1)
    )
    return list(zip(points, firsts, seconds, points[1:], strict=False))


def _natural_handles(values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the handles of a cubic spline whose curvature is 0 at its ends, by elimination."""
    spans = len(values) - 1
    wanted = [
        values[0] + 2 * values[1],
        *(4 * values[n] + 2 * values[n + 1] for n in range(1, spans - 1)),
        8 * values[-2] + values[-1],
    ]
    diagonal = [2.0, *[4.0] * (spans - 2), 7.0]
    for n in range(1, spans):
        below = 2.0 if n == spans - 1 else 1.0
        factor = below / diagonal[n - 1]
        diagonal[n] -= factor
        wanted[n] -= factor * wanted[n - 1]
    first = [0.0] * spans
    first[-1] = wanted[-1] / diagonal[-1]
    for n in range(spans - 2, -1, -1):
        first[n] = (wanted[n] - first[n + 1]) / diagonal[n]
    second = [2 * values[n] - first[n] for n in range(1, spans)]
    return first, [*second, (values[-1] + first[-1]) / 2]


def _monotone_x(points: Sequence[Point]) -> list[Segment]:
    slopes = _slopes(points)
    segments: list[Segment] = []
    for n, (start, end) in enumerate(itertools.pairwise(points)):
        third = (end[0] - start[0]) / 3
        leaving = (start[0] + third, start[1] + third * slopes[n])
        arriving = (end[0] - third, end[1] - third * slopes[n + 1])
        segments.append((start, leaving, arriving, end))
    return segments


def _monotone_y(points: Sequence[Point]) -> list[Segment]:
    turned = _monotone_x([(y, x) for x, y in points])
    return [tuple((x, y) for y, x in segment) for segment in turned]


def _slopes(points: Sequence[Point]) -> list[float]:
    """Return slopes that let a curve rise and fall only where its points do."""
    widths = [end[0] - start[0] for start, end in itertools.pairwise(points)]
    secants = [
        (end[1] - start[1]) / width if width else 0.0
        for start, end, width in zip(points, points[1:], widths, strict=False)
    ]
    inner = [_slope(*secants[n : n + 2], *widths[n : n + 2]) for n in range(len(secants) - 1)]
    first = (3 * secants[0] - inner[0]) / 2 if widths[0] else inner[0]
    last = (3 * secants[-1] - inner[-1]) / 2 if widths[-1] else inner[-1]
    return [first, *inner, last]


def _slope(before: float, after: float, width: float, next_width: float) -> float:
    if before * after <= 0 or not width + next_width:
        return 0.0
    mean = (before * next_width + after * width) / (width + next_width)
    least = min(abs(before), abs(after), abs(mean) / 2)
    return 2 * least if before > 0 else -2 * least


_BY_PAIR: Mapping[str, Callable[[Point, Point], list[Segment]]] = {
    "linear": _line,
    "step": _step,
    "stepBefore": _step_before,
    "stepAfter": _step_after,
    "bumpX": _bump_x,
    "bump": _bump_x,
    "bumpY": _bump_y,
}
_WHOLE: Mapping[str, Callable[[Sequence[Point]], list[Segment]]] = {
    "linearClosed": _linear_closed,
    "basis": _basis,
    "basisOpen": _basis_open,
    "basisClosed": _basis_closed,
    "natural": _natural,
    "monotoneX": _monotone_x,
    "monotone": _monotone_x,
    "monotoneY": _monotone_y,
}
CURVES = frozenset({*_BY_PAIR, *_WHOLE})
