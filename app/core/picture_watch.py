"""What seems wrong with a camera's picture: one pure step, `judge(watch, sample, now_s, hour) → watch`.

Runs on the console's thread. No Qt, no I/O, no clock. Each stream has a watch of its own: a sub-stream's detail
says nothing of the main stream's. The rules are in `picture_rules.py`; what they compare with is learnt here:

- Bad samples must follow one another for a rule's time, and each vouches for two seconds at most: neither one bad
  sample nor a time without samples makes a finding.
- A picture is compared with what is usual at this hour, the hour before or the hour after, whichever it is most
  like: dusk does not keep the clock. Until one of them has two minutes of samples, nothing is compared.
- Only a picture under no suspicion is learnt. One that stays odd is accepted in the end (`_patience_samples`).
- A worse hint explains others: a black picture is not blurred, too, and a picture of something else not noisy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.hints import Finding, Hint
from app.core.picture import PictureSample
from app.core.picture_baseline import Baseline, EdgeMap, edge_map, learn, likeness
from app.core.picture_rules import BLACK, BLURRED, MOVED, NO_STREAKS, RULES, UNCHANGED, Streaks, advance

GAP_S = 15.0
"""After so long without a sample, or with time running backwards, what was suspected is void. It is longer than a
group of pictures of 10 s: of a direct surface only key frames are sampled."""
SAMPLE_WORTH_S = 2.0
"""How long one sample may vouch for; where samples are rarer, a finding takes as many of them, and so longer."""
LEAST_USUAL_LIKENESS = 0.6
"""A baseline that its own good pictures are less like cannot tell a moved camera: water, an unlit yard."""
LEAST_USUAL_SHARPNESS = 20.0
"""Grey levels squared: what noise of one grey level makes alone. A picture without detail cannot lose any."""
LEAST_USUAL_NOISE = 1.0
"""Grey levels. Three times the 0.2 of a denoised picture is nothing that anyone sees."""
TURNED_IS_USUAL_AFTER_SAMPLES = 3_600
"""An hour at 1 Hz: a camera that was turned for good is accepted."""
FAULT_IS_USUAL_AFTER_SAMPLES = 86_400
"""A day at 1 Hz: dirt and covers should be taken away first, but a hint that never ends is no longer read."""
HOURS = 24
_COMPARED = (Hint.MOVED, Hint.BLURRED, Hint.NOISY)
"""What is found by comparing, and ends when the picture counts as usual."""


@dataclass(frozen=True, slots=True)
class PictureWatch:
    """All that is known of a stream's picture; that of a new stream is `PictureWatch()`."""

    size_px: tuple[int, int] | None = None
    seen_s: float | None = None
    """When the last sample was taken."""
    hour: int = 0
    """Of the last sample."""
    baselines: tuple[Baseline | None, ...] = (None,) * HOURS
    usual: Baseline | None = None
    """What the last sample was compared with; None where there was nothing."""
    streaks: Streaks = NO_STREAKS
    odd_hint: Hint | None = None
    """By which the picture was last found not to be the usual one; None when it is."""
    odd_samples: int = 0
    """How many samples so; a lost stream does not start them anew."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What seems wrong now, worst first."""
        return tuple(
            Finding(rule.hint, streak.measured, rule.limit, streak.since_s)
            for rule, streak in zip(RULES, self.streaks, strict=True)
            if streak is not None and streak.is_found
        )


def judge(watch: PictureWatch, sample: PictureSample, now_s: float, hour: int) -> PictureWatch:
    """The watch after one more sample.

    Args:
        watch: as it was.
        sample: of the picture at `now_s`; about one a second.
        now_s: monotonic seconds.
        hour: of the local day, 0 to 23.
    """
    before = _still_valid(watch, sample, now_s, hour)
    passed_s = 0.0 if before.seen_s is None else min(now_s - before.seen_s, SAMPLE_WORTH_S)
    edges = edge_map(sample)
    usual = _usual(before, edges, hour)
    streaks = advance(before.streaks, _readings(sample, edges, usual), passed_s, now_s)
    size_px = sample.width_px, sample.height_px
    judged = replace(before, size_px=size_px, seen_s=now_s, hour=hour, usual=usual, streaks=streaks)
    return _learnt(judged, sample, edges)


def _still_valid(watch: PictureWatch, sample: PictureSample, now_s: float, hour: int) -> PictureWatch:
    """What of a watch may be held against a new sample.

    Another size is another encoding, with a detail and a noise of its own. A wall clock that jumped between two
    samples leaves it unknown which hours the baselines were of (one hour more or less does no harm). A gap voids
    what was suspected.
    """
    if watch.seen_s is None or watch.size_px != (sample.width_px, sample.height_px):
        return PictureWatch()
    if not 0.0 <= now_s - watch.seen_s <= GAP_S:
        return replace(watch, seen_s=None, usual=None, streaks=NO_STREAKS)
    return watch if (hour - watch.hour) % HOURS in (0, 1, HOURS - 1) else PictureWatch()


def _usual(watch: PictureWatch, edges: EdgeMap, hour: int) -> Baseline | None:
    """The baseline that a sample is judged by: of this hour and its neighbours the one it is most like.

    Where none of them has learnt enough, the one used last: a cover that stays on into the next hour is one still.
    """
    near = (watch.baselines[each] for each in _hours_near(hour))
    ripe = [baseline for baseline in near if baseline is not None and baseline.is_ripe]
    if len(ripe) < 2:  # as in most hours: nothing to choose from
        return ripe[0] if ripe else watch.usual
    return max(ripe, key=lambda baseline: likeness(edges, baseline))


def _hours_near(hour: int) -> tuple[int, int, int]:
    return hour, (hour - 1) % HOURS, (hour + 1) % HOURS


def _readings(sample: PictureSample, edges: EdgeMap, usual: Baseline | None) -> dict[Hint, float | None]:
    """What each rule goes by, in its hint's unit; a hint of which the sample says nothing is absent or None."""
    seen = {Hint.BLACK: sample.dark_fraction, Hint.UNCHANGED: sample.change}
    if usual is None or BLACK.is_broken(sample.dark_fraction):
        return seen
    if usual.likeness >= LEAST_USUAL_LIKENESS:
        seen[Hint.MOVED] = alike = likeness(edges, usual)
        if MOVED.is_broken(alike):
            return seen
    if usual.sharpness >= LEAST_USUAL_SHARPNESS:
        seen[Hint.BLURRED] = sample.sharpness / usual.sharpness
    seen[Hint.NOISY] = sample.noise_sigma / max(usual.noise_sigma, LEAST_USUAL_NOISE)
    return seen


def _learnt(watch: PictureWatch, sample: PictureSample, edges: EdgeMap) -> PictureWatch:
    """The watch with a sample learnt, if nothing speaks against it; an unchanging picture may well be usual."""
    pairs = zip(RULES, watch.streaks, strict=True)
    is_suspect = any(streak is not None and rule is not UNCHANGED for rule, streak in pairs)
    if not is_suspect:
        return _with_learnt(watch, sample, edges)
    hint = next((finding.hint for finding in watch.findings if finding.hint in _COMPARED), None)
    return watch if hint is None or watch.usual is None else _with_odd(watch, sample, hint, watch.usual)


def _with_odd(watch: PictureWatch, sample: PictureSample, hint: Hint, usual: Baseline) -> PictureWatch:
    """With one more sample of a fault, or, when that has lasted for long enough, ready to learn it as usual."""
    samples = watch.odd_samples + 1 if hint is watch.odd_hint else 1
    if samples < _patience_samples(sample, hint, usual):
        return replace(watch, odd_hint=hint, odd_samples=samples)
    baselines = list(watch.baselines)
    for hour in _hours_near(watch.hour):
        baselines[hour] = None  # each of them called the picture odd; the hours beyond follow, one from the other
    return replace(_with_usual(watch, baselines), usual=None, streaks=NO_STREAKS)


def _with_learnt(watch: PictureWatch, sample: PictureSample, edges: EdgeMap) -> PictureWatch:
    baselines = list(watch.baselines)
    baselines[watch.hour] = learn(baselines[watch.hour], sample, edges)
    return _with_usual(watch, baselines)


def _with_usual(watch: PictureWatch, baselines: list[Baseline | None]) -> PictureWatch:
    return replace(watch, baselines=tuple(baselines), odd_hint=None, odd_samples=0)


def _patience_samples(sample: PictureSample, hint: Hint, usual: Baseline) -> int:
    """After how many odd samples the picture counts as usual.

    A camera that was turned sees something else. One that sees as good as nothing was covered: that must not
    become usual while somebody may still come to mend it.
    """
    has_detail = sample.sharpness >= BLURRED.limit * max(usual.sharpness, LEAST_USUAL_SHARPNESS)
    is_turned = hint is Hint.MOVED and has_detail
    return TURNED_IS_USUAL_AFTER_SAMPLES if is_turned else FAULT_IS_USUAL_AFTER_SAMPLES
