"""Every estimate of a results file a second time, from its definition: numpy and scipy's special functions, slow and plain."""

import numpy as np
import scipy.special
import scipy.stats

RESAMPLES = 1999


def normal_quantile(confidence):
    return scipy.stats.norm.isf((1 - confidence) / 2)


def t_quantile(confidence, freedom):
    """Two-sided; scipy's own is good to nine digits, so Newton adds the others."""
    tail = (1 - confidence) / 2
    x = scipy.stats.t.isf(tail, freedom)
    for _ in range(3):
        x -= (tail - scipy.special.betainc(freedom / 2, 0.5, freedom / (freedom + x * x)) / 2) / scipy.stats.t.pdf(x, freedom)
    return x


def t_interval(values, confidence):
    if len(values) < 2:
        return np.nan, np.nan
    half = t_quantile(confidence, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values))
    return np.mean(values) - half, np.mean(values) + half


def wilson(successes, trials, confidence):
    """Roots p of (successes / trials - p)^2 = z^2 p (1 - p) / trials."""
    if trials == 0:
        return np.nan, np.nan
    z = normal_quantile(confidence)
    centre, half = successes + z * z / 2, z * np.sqrt(successes * (trials - successes) / trials + z * z / 4)
    lower = 0.0 if successes == 0 else (centre - half) / (trials + z * z)
    return lower, 1.0 if successes == trials else (centre + half) / (trials + z * z)


def order_statistic_interval(values, q, confidence):
    n = len(values)
    lower = int(scipy.stats.binom.ppf((1 - confidence) / 2, n, q))
    upper = int(scipy.stats.binom.ppf((1 + confidence) / 2, n, q)) + 1
    values = np.sort(values)
    return (values[lower - 1] if lower > 0 else 0.0), (values[upper - 1] if upper <= n else 1.0)


def worst_share_mean(values, q):
    """Mean of the worst (1 - q) share: the integral of the empirical quantile function from q to 1, over 1 - q."""
    edges = np.arange(len(values) + 1) / len(values)
    weights = np.clip(edges[1:] - np.maximum(edges[:-1], q), 0.0, None)
    return np.sum(np.sort(values) * weights) / (1 - q)


def dkw_band(values, threshold, confidence):
    half = np.sqrt(np.log(2 / (1 - confidence)) / (2 * len(values)))
    share = np.mean(values > threshold)
    return max(share - half, 0.0), min(share + half, 1.0)


def either_way(estimate, values, unknown, lowest=0.0):
    """An estimate with all unknown values the least and the greatest that there can be."""
    return tuple(estimate(np.append(values, np.full(unknown, extreme))) for extreme in (lowest, 1.0))


def mode_border(values):
    """Largest value of the lower mode, or None: of all ways to cut, that which explains most of the variance."""
    total = np.sum((values - values.mean()) ** 2)
    best, border = 0.0, None
    for candidate in np.unique(values)[:-1]:
        lower, upper = values[values <= candidate], values[values > candidate]
        explained = len(lower) * len(upper) / len(values) * (upper.mean() - lower.mean()) ** 2
        if explained > best * (1 + 1e-12):
            best, border = explained, candidate
    if border is None or best < 0.85 * total:
        return None
    lower, upper = values[values <= border], values[values > border]
    fewer = min(len(lower), len(upper))
    if fewer < 5 or fewer < 0.02 * len(values) or upper.mean() < max(0.01, 10 * lower.mean()):
        return None
    return border


def acceleration(influences):
    squares = np.sum(influences**2)
    return np.sum(influences**3) / (6 * squares**1.5) if squares > 0 else 0.0


def abc_mean_interval(values, confidence):
    d = values - values.mean()
    a, z, error = acceleration(d), normal_quantile(confidence), np.sqrt(np.sum(d**2)) / len(values)
    return tuple(values.mean() + error * w / (1 - a * w) ** 2 for w in (a - z, a + z))


def bca_interval(resampled, estimate, a, confidence):
    """Efron's interval from resamples and acceleration; resamples that equal the estimate count half."""
    count = len(resampled)
    share = (np.sum(resampled < estimate) + np.sum(resampled == estimate) / 2) / count
    bias = scipy.stats.norm.ppf(np.clip(share, 0.5 / count, 1 - 0.5 / count))
    z = normal_quantile(confidence)
    ranks = [scipy.stats.norm.cdf(bias + w / (1 - a * w)) * (count + 1) for w in (bias - z, bias + z)]
    ordered = np.sort(resampled)
    return ordered[int(np.clip(np.floor(ranks[0]), 1, count)) - 1], ordered[int(np.clip(np.ceil(ranks[1]), 1, count)) - 1]


def draws(count, rng):
    """How often each of `count` values is in each resample, shape (resamples, count)."""
    return rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)


def bca_mean_interval(values, confidence, rng):
    d = values - values.mean()
    resampled = draws(len(values), rng) @ d / len(values)
    resampled[np.abs(resampled) < 1e-13 * np.abs(d).max(initial=0.0)] = 0.0
    return values.mean() + np.array(bca_interval(resampled, 0.0, acceleration(d), confidence))


def within_monte_carlo_error(found, bootstrap, repetitions=40):
    """Whether an interval is as far from those of other random numbers as they are from each other."""
    others = np.array([bootstrap(np.random.default_rng(i)) for i in range(repetitions)])
    return (np.abs(found - others.mean(axis=0)) <= 5 * others.std(axis=0) + 1e-12).all()


def share_difference_interval(differences, confidence):
    """Bonett and Price's: a pair more that differs either way, then Wald's interval."""
    more = np.concatenate([differences, [1, -1]])
    half = normal_quantile(confidence) * more.std() / np.sqrt(len(more))
    return max(more.mean() - half, -1.0), min(more.mean() + half, 1.0)


class MainEffects:
    """Main effects and shares of the variance in a full design, shape (levels.., seeds), NaN unless ok."""

    def __init__(self, values, indicator=None):
        used = ~np.isnan(values).all(axis=-1)
        ok = ~np.isnan(values[used]).any(axis=0)
        self.scenarios, self.seeds = int(used.sum()), int(ok.sum())
        self.used = used
        self.values = values[..., ok]
        if indicator is not None:
            self.values = np.where(np.isnan(self.values), np.nan, self.values > indicator)
        self.is_share = indicator is not None
        flat = self.values[used]
        self.variance = flat.var()
        self.within = ((flat - flat.mean(axis=1, keepdims=True)) ** 2).mean() / self.variance if self.variance > 0 else np.nan

    def profile(self, axis):
        """Means over the combinations of the other axes where all levels are used, shape (levels, seeds)."""
        levels = self.values.shape[axis]
        used = np.moveaxis(self.used, axis, 0).reshape(levels, -1)
        values = np.moveaxis(self.values, axis, 0).reshape(levels, -1, self.seeds)
        return values[:, used.all(axis=0)].mean(axis=1)

    def effect_interval(self, axis, confidence):
        profile = self.profile(axis)
        means, levels = profile.mean(axis=1), len(profile)
        differences = profile[means.argmax()] - profile[means.argmin()]
        each = 1 - (1 - confidence) / (levels * (levels - 1) / 2)
        return (share_difference_interval if self.is_share else t_interval)(differences, each)

    def explained(self, axis):
        """What the levels of an axis that are used explain over all scenarios, shape (levels, seeds), and their weights."""
        at, flat = np.nonzero(self.used)[axis], self.values[self.used]
        levels = np.unique(at)
        return (np.array([flat[at == level].mean(axis=0) for level in levels]) - flat.mean(axis=0),
                np.array([(at == level).mean() for level in levels]))

    def plain_share(self, axis):
        d, weights = self.explained(axis)
        n, means = d.shape[1], d.mean(axis=1)
        if len(d) < 2 or n < 2 or not self.variance > 0:
            return np.nan
        noise = weights @ ((d - means[:, None]) ** 2).sum(axis=1) / (n * (n - 1))
        return np.clip((weights @ means**2 - noise) / self.variance, 0, 1)

    @property
    def reduction(self):
        """Of shares that add up to more than lies between scenarios."""
        total = np.nansum([self.plain_share(axis) for axis in range(self.used.ndim)])
        return min(1, (1 - self.within) / total) if total > 0 else 1

    def share(self, axis):
        return self.reduction * self.plain_share(axis)

    @property
    def chance(self):
        if self.seeds < 2 or not self.variance > 0:
            return np.nan
        shares = np.nansum([self.share(axis) for axis in range(self.used.ndim)])
        return min(self.within * self.seeds / (self.seeds - 1), 1 - shares)

    def share_interval(self, axis, confidence, rng):
        """By test inversion: which lengths of the vector of effects go with the length seen and the noise of resamples."""
        d, levels = self.explained(axis)
        d = np.sqrt(levels)[:, None] * d
        flat = self.values[self.used]
        weights = draws(d.shape[1], rng) / d.shape[1]

        def effects(weight):
            """Shape (.., levels), of the length atanh(correlation ratio), for weights of the seeds."""
            variance = weight @ (flat**2).mean(axis=0) - (weight @ flat.mean(axis=0)) ** 2
            g = weight @ d.T / np.sqrt(variance)[..., None]
            ratio = np.linalg.norm(g, axis=-1, keepdims=True)
            return g * np.divide(np.arctanh(np.minimum(ratio, 1 - 1e-12)), ratio, where=ratio > 0, out=np.zeros_like(ratio))

        seen = effects(np.full(d.shape[1], 1 / d.shape[1]))
        length = np.linalg.norm(seen)
        direction = seen / length if length > 0 else np.eye(len(d))[:2].T @ [-1, 1] / np.sqrt(2)
        noise = effects(weights) - seen
        along, size = noise @ direction, np.linalg.norm(noise, axis=1)
        across = np.linalg.norm(noise - np.outer(along, direction), axis=1)
        least = np.where(size >= length, 0, np.sqrt(np.maximum(length**2 - across**2, 0)) - along)
        tail = (1 - confidence) / 2
        lower = np.sort(least)[int(np.floor(tail * (RESAMPLES + 1))) - 1]
        upper = np.sort(length - along)[int(np.ceil((1 - tail) * (RESAMPLES + 1))) - 1]
        return self.reduction * np.tanh(np.maximum([lower, upper], 0)) ** 2
