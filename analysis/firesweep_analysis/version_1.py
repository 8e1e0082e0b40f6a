"""Results files of format 1 in the form of format 2, so that everything else knows of one form only.

Format 1 counts with unsigned numbers, has 0 where a run is not known, and does not tell fires that never started from
fires of size 0. All of it can be had from its runs.
"""

import numpy as np
import scipy.stats
import xarray as xr

from .intervals import dkw, student, wilson

RUN_COUNTS = ("burnt_cells", "burning_cells", "steps", "peak_burning_cells", "peak_step", "ignitions",
              "ignitions_failed", "empty_cells", "vegetation_cells")


def read_as_signed(raw):
    """Has xarray take the whole numbers of an undecoded dataset for signed ones, but for the seeds."""
    for name, variable in raw.variables.items():
        if variable.dtype.kind == "u" and variable.dtype.itemsize > 1 and name != "seed":
            variable.attrs["_Unsigned"] = "false"
    return raw


def as_version_2(data):
    """The root of a file of format 1 with what format 2 adds to it, and with NaN where a run is not known."""
    ok = (data.status == 1).compute()
    data = data.assign({name: data[name].where(ok) for name in RUN_COUNTS if name in data})
    runs = data.runs_ok.where(data.runs_ok > 0)
    started = (data.ignitions >= 1).sum("seed").assign_attrs(data.runs_ok.attrs)
    confidence = data.attrs["confidence"]
    data = data.assign(runs_started=started, runs_cut_off=(data.burning_cells > 0).sum("seed"), started=started / runs,
                       started_ci=wilson(started, data.runs_ok, confidence))
    estimates = of_sizes(data, confidence) | of_shares(data, confidence) | of_curves(data)
    return data.assign({f"{name}_given_start": value.assign_attrs(data[name].attrs)
                        for name, value in estimates.items() if name in data})


def without_wrong_shares(sensitivity, root):
    """The group "sensitivity" with NaN for shares of variance where scenarios are left out: format 1 took the variance
    over others than the shares, which could add up to more than all."""
    if int(sensitivity.attrs["scenarios"]) == root.runs_planned.size:
        return sensitivity
    shares = [name for name in sensitivity if "_share" in str(name)]
    return sensitivity.assign({name: sensitivity[name] * np.nan for name in shares})


def of_sizes(data, confidence):
    """What is estimated from the sizes of the fires that started."""
    sizes = data.burn_fraction.where(data.ignitions >= 1).compute()
    count = sizes.notnull().sum("seed")
    mean = sizes.mean("seed")
    deviation = np.sqrt((((sizes - mean) ** 2).sum("seed") / (count - 1)).where(count > 1))
    deviation = deviation.where((sizes.max("seed") > sizes.min("seed")) | (count < 2), 0.0)  # without rounding
    error = deviation / np.sqrt(count)
    found = {"burn_fraction_mean": mean, "burn_fraction_sd": deviation, "burn_fraction_se": error,
             "burn_fraction_mean_ci": student(mean, error, count, confidence)}
    of_quantiles = {"burn_fraction_quantile": (_quantile, ()), "burn_fraction_cvar": (_worst_share_mean, ()),
                    "burn_fraction_quantile_ci": (_order_statistics(confidence), ("bound",))}
    for name, (estimate, extra) in of_quantiles.items():
        found[name] = xr.apply_ufunc(
            lambda values, q, estimate=estimate, extra=extra: estimate(np.sort(values[~np.isnan(values)]), q)
            if not np.isnan(values).all() else np.full(2 if extra else (), np.nan),
            sizes, data["quantile"], input_core_dims=[["seed"], []], output_core_dims=[extra], vectorize=True)
    return found


def _quantile(ordered, q):
    return np.quantile(ordered, q)


def _worst_share_mean(ordered, q):
    edges = np.arange(ordered.size + 1) / ordered.size
    return np.sum(ordered * (edges[1:] - np.maximum(edges[:-1], q)).clip(0)) / (1 - q)


def _order_statistics(confidence):
    def interval(ordered, q):
        low, high = scipy.stats.binom.ppf([(1 - confidence) / 2, (1 + confidence) / 2], ordered.size, q).astype(int)
        return np.array([ordered[low - 1] if low > 0 else 0.0, ordered[high] if high < ordered.size else 1.0])

    return interval


def of_shares(data, confidence):
    """What is a share of the fires: those that never started are above no size."""
    fires = data.runs_started.where(data.runs_started > 0)
    over = (data.exceedance * data.runs_ok).round()
    share = over / fires
    found = {"exceedance": share, "exceedance_ci": wilson(over, data.runs_started, confidence),
             "exceedance_band": dkw(share, data.runs_started, confidence)}
    if "escape_probability" in data:  # the border between the kinds is that of all runs
        escaped = (data.escape_probability * data.runs_ok).round()
        contained = fires - escaped
        fewer = xr.where(contained < escaped, contained, escaped)
        two = (fewer >= 5) & (fewer >= 0.02 * fires)
        small = data.contained_size_mean * (data.runs_ok - escaped) / contained
        found |= {"escape_border": data.escape_border.where(two), "escape_probability": (escaped / fires).where(two),
                  "escape_size_mean": data.escape_size_mean.where(two), "contained_size_mean": small.where(two)}
    return found


def of_curves(data):
    """What is a mean over runs at each step: to it, those that never started added nothing."""
    found, runs, fires = {}, data.runs_ok, data.runs_started.where(data.runs_started > 0)
    for name in ("burning_cells", "burnt_fraction"):
        if f"{name}_mean" in data:
            mean, deviation = data[f"{name}_mean"].compute(), data[f"{name}_sd"].compute()
            squares = deviation.fillna(0) ** 2 * (runs - 1) + runs * mean**2
            shared = mean * runs / fires
            spread = ((squares - fires * shared**2).clip(0) / (fires - 1)).where(fires > 1)
            found |= {f"{name}_mean": shared, f"{name}_sd": np.sqrt(spread)}
    return found
