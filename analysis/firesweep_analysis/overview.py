"""One page that says what a results file holds: how likely a fire of each size is, and where it burns."""

import matplotlib.pyplot as plt

from . import exceedance, maps, style
from .results import at, conditions, labels, main_axis


def overview(data, **choice):
    """Returns the page as a figure: exceedance curves along the main axis, and burn-probability maps of its last four
    values.

    `choice` picks values of the other axes; by default their first. Raises ValueError if the file has no maps.
    """
    if "burn_probability" not in data:
        raise ValueError("there are no maps in this file; the experiment needs outputs.maps: true")
    by = main_axis(data)
    chosen = at(data, by, **choice)
    figure, axes = plt.subplot_mosaic([["curves", "a", "b"], ["curves", "c", "d"]], figsize=(12, 5.6),
                                      width_ratios=[1.7, 1, 1])
    exceedance.plot(exceedance.curve(chosen.burn_fraction, confidence=data.attrs["confidence"]), axes=axes["curves"],
                    legend=False)
    axes["curves"].legend(ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.13), handlelength=3.2)
    axes["curves"].set_title("How likely is a larger fire?")
    worst = chosen.isel({by: slice(-4, None)})
    for place, (panel, label) in enumerate(zip("abcd", labels(worst[by]))):
        image = maps.plot_burn_probability(worst.burn_probability.isel({by: place}), axes[panel], colorbar=False)
        axes[panel].set_title(label)
    for panel in "abcd"[worst.sizes[by]:]:
        axes[panel].set_axis_off()
    maps.share_bar(figure, image, [axes[panel] for panel in "abcd"], "burn probability", extend="min")
    figure.suptitle(f"{data.attrs['name']}: {chosen.sizes['seed']} fires of each {style.words(by)}, "
                    f"{conditions(chosen)}, {chosen.sizes['x']} x {chosen.sizes['y']} cells", fontsize=11)
    return figure
